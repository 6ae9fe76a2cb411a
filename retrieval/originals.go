package retrieval

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/transcript"
)

// Originals keeps the files of transcripts as they came, each once in a collection, until
// the last transcript of it goes. Save stores the file of a transcript with it.
type Originals interface {
	// Original is the file of a transcript, packed as it was stored; "not_found" where
	// there is none, or no such transcript.
	Original(ctx context.Context, id string) (packed []byte, err error)
	// KeepOriginal stores the file of a transcript that has none.
	KeepOriginal(ctx context.Context, id string, packed []byte, reading Reading) error
}

// Original is a file as it came.
type Original struct {
	Filename    string
	ContentType string // as it was sent; empty where nobody said
	Data        []byte
}

// Reading is what a file was read with besides its bytes and its name. Who reads it again
// needs it.
type Reading struct {
	ContentType string `json:"content_type,omitempty"`
	Format      string `json:"format,omitempty"`
	Title       string `json:"title,omitempty"`
	Date        string `json:"date,omitempty"`
	Place       string `json:"place,omitempty"`
	Media       string `json:"media,omitempty"`
	Warning     string `json:"warning,omitempty"` // of the name with which it came
}

func readingOf(o transcript.Options) Reading {
	return Reading{ContentType: o.ContentType, Format: o.Format, Title: o.Title, Date: o.Date, Place: o.Place, Media: o.Media}
}

func (r Reading) options(filename string) transcript.Options {
	return transcript.Options{Filename: filename, ContentType: r.ContentType, Format: r.Format, Title: r.Title, Date: r.Date, Place: r.Place, Media: r.Media}
}

// Original is the file of a transcript, of whichever version.
func (l *Library) Original(ctx context.Context, id string) (Original, error) {
	stored, err := l.store.Get(ctx, id)
	if err != nil {
		return Original{}, err
	}
	data, err := l.original(ctx, stored)
	return Original{string(stored.Filename), stored.Reading.ContentType, data}, err
}

// original is the file of a transcript, unpacked.
func (l *Library) original(ctx context.Context, stored StoredTranscript) ([]byte, error) {
	if stored.SHA256 == UntoldSHA256 {
		return nil, fault.New(fault.Forbidden, "turns of the transcript %s may not be shown to you, nor may its file, which has them", stored.ID)
	}
	if !stored.HasOriginal {
		return nil, fault.New(fault.NotFound,
			"the file of the transcript %s was not kept: it was stored by an earlier version of Pullquote; add the same file again to have it kept", stored.ID)
	}
	packed, err := l.store.Original(ctx, stored.ID)
	if err != nil {
		return nil, err
	}
	return unpack(packed)
}

// keepOriginal keeps the file of a transcript from before files were kept.
func (l *Library) keepOriginal(ctx context.Context, stored *StoredTranscript, req AddRequest) error {
	if stored.HasOriginal {
		return nil
	}
	packed, err := pack(req.Data)
	if err != nil {
		return err
	}
	stored.HasOriginal = true
	return l.store.KeepOriginal(ctx, stored.ID, packed, readingOf(req.Options))
}

// pack compresses a file. Most are text, of which the fastest level leaves a third; those
// that are compressed already cost little time.
func pack(data []byte) ([]byte, error) {
	var packed bytes.Buffer
	w, err := gzip.NewWriterLevel(&packed, gzip.BestSpeed)
	if err != nil {
		return nil, fmt.Errorf("compress the file: %w", err)
	}
	if _, err := w.Write(data); err != nil {
		return nil, fmt.Errorf("compress the file: %w", err)
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("compress the file: %w", err)
	}
	return packed.Bytes(), nil
}

func unpack(packed []byte) ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("uncompress the file: %w", err)
	}
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("uncompress the file: %w", err)
	}
	return data, nil
}
