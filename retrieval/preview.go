package retrieval

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"github.com/pullquote/pullquote/internal/access"
	"github.com/pullquote/pullquote/transcript"
	"github.com/pullquote/pullquote/transcript/model"
)

// Parser reads the file of a transcript; transcript.Parse is one.
type Parser func(ctx context.Context, data []byte, o transcript.Options) (*model.Transcript, error)

// ParseFile reads a file as it is read to be stored: under its normal name, of which a
// warning tells where it is another than was given.
func (parse Parser) ParseFile(ctx context.Context, data []byte, o transcript.Options) (t *model.Transcript, filename, warning string, err error) {
	o.Filename, warning = NormalFilename(o.Filename)
	if t, err = parse(ctx, data, o); err != nil {
		return nil, "", "", err
	}
	if warning != "" {
		t.Warnings = append(t.Warnings, warning)
	}
	return t, o.Filename, warning, nil
}

// Preview is what Add would store of a file.
type Preview struct {
	Transcript *model.Transcript
	Filename   string
	SHA256     string
	Present    *StoredTranscript // has this very file already; nil where none does
	Replaces   *StoredTranscript // of which the file would become a new version; nil for none
}

// Preview reads a file as Add does, and stores nothing.
func (l *Library) Preview(ctx context.Context, req AddRequest) (p Preview, err error) {
	if req.Collection == "" {
		req.Collection = access.Collection(ctx)
	}
	if err := CheckCollection(req.Collection); err != nil {
		return p, err
	}
	if err := l.mayReplace(ctx, req); err != nil {
		return p, err
	}
	sum := sha256.Sum256(req.Data)
	p.SHA256 = hex.EncodeToString(sum[:])
	if p.Transcript, p.Filename, _, err = l.parse.ParseFile(ctx, req.Data, req.Options); err != nil {
		return p, err
	}
	stored, found, err := l.store.Find(ctx, req.Collection, p.SHA256)
	if err != nil {
		return p, err
	}
	if found {
		p.Present = &stored
		return p, nil
	}
	d := PreparedTranscript{Collection: req.Collection, Filename: p.Filename, Transcript: p.Transcript, Replaces: req.Replaces}
	if err := l.succeed(ctx, &d); err != nil {
		return p, err
	}
	p.Transcript = d.Transcript
	if d.Replaces != "" {
		replaced, err := l.store.Get(ctx, d.Replaces)
		if err != nil {
			return p, err
		}
		p.Replaces = &replaced
	}
	return p, nil
}
