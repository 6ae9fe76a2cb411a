package postgres

import (
	"context"
	"encoding/hex"
	"fmt"
	"iter"
	"time"

	"github.com/jackc/pgx/v5/pgtype"

	"github.com/pullquote/pullquote/retrieval"
)

// A chunk is complete with this many passages, or bytes of files. The first one is
// smaller, because nothing is copied while its rows are made.
const (
	firstPassages = 2_000
	chunkPassages = 8_000
	chunkBytes    = 32 << 20
)

// chunk is a number of transcripts that are written together.
type chunk struct {
	entries []*incoming
	rows    *encoding // of those that prepare found no fault with
}

// incoming is a transcript on its way into the record.
type incoming struct {
	prepared retrieval.PreparedTranscript
	id       string
	sha256   []byte
	key      pgtype.UUID // the id, for COPY
	date     pgtype.Date // of the event, for COPY
	speakers []retrieval.SpeakerOf
	created  bool  // false where the collection has the file already, or with err
	err      error // why it is left out
}

// created are the entries that were entered into the record.
func (c *chunk) created() []*incoming {
	var created []*incoming
	for _, e := range c.entries {
		if e.created {
			created = append(created, e)
		}
	}
	return created
}

func passagesOf(entries []*incoming) int {
	passages := 0
	for _, e := range entries {
		passages += len(e.prepared.Passages)
	}
	return passages
}

// chunks divides transcripts into chunks. The rows of a chunk are made while the one
// before is written, which takes about as long. A caller that does not take all chunks
// cancels the context and drains the channel.
func (w *writer) chunks(ctx context.Context, prepared iter.Seq[retrieval.PreparedTranscript]) <-chan *chunk {
	ahead := make(chan *chunk)
	go func() {
		defer close(ahead)
		var gathered []retrieval.PreparedTranscript
		passages, bytes, enough := 0, 0, firstPassages
		send := func() bool {
			c := w.newChunk(ctx, gathered)
			gathered, passages, bytes, enough = nil, 0, 0, min(2*enough, chunkPassages)
			select {
			case ahead <- c:
				return true
			case <-ctx.Done():
				c.rows.stop()
				return false
			}
		}
		for d := range prepared {
			gathered = append(gathered, d)
			passages += len(d.Passages)
			bytes += len(d.Original)
			if (passages >= enough || bytes >= chunkBytes) && !send() {
				return
			}
		}
		if len(gathered) > 0 {
			send()
		}
	}()
	return ahead
}

// newChunk makes a chunk and begins to make its rows. The caller calls rows.stop.
func (w *writer) newChunk(ctx context.Context, transcripts []retrieval.PreparedTranscript) *chunk {
	c := new(chunk)
	var prepared []*incoming
	for _, d := range transcripts {
		e := &incoming{prepared: d, id: newID()}
		c.entries = append(c.entries, e)
		if e.err = e.prepare(w.model); e.err == nil {
			prepared = append(prepared, e)
		}
	}
	c.rows = w.encoder.encode(ctx, prepared)
	return c
}

// prepare checks what Postgres would not check, and reads ids and dates in the form
// that COPY takes.
func (e *incoming) prepare(m vectorModel) (err error) {
	if e.sha256, err = hex.DecodeString(e.prepared.SHA256); err != nil {
		return err
	}
	if err := e.key.Scan(e.id); err != nil {
		return err
	}
	if date := e.prepared.Transcript.Date; date != "" {
		e.date.Valid = true
		if e.date.Time, err = time.Parse(time.DateOnly, string(date)); err != nil {
			return err
		}
	}
	if err := checkDimensions(e.prepared, m); err != nil {
		return err
	}
	e.speakers = retrieval.SpeakersOf(e.prepared.Transcript.Turns)
	return nil
}

// checkDimensions checks the vectors that there are.
func checkDimensions(d retrieval.PreparedTranscript, m vectorModel) error {
	for _, v := range d.Vectors {
		if v == nil {
			continue
		}
		if err := m.check(v); err != nil {
			return err
		}
	}
	if d.Sentences != nil && len(d.Sentences) != len(d.Passages) {
		return fmt.Errorf("there are sentences of %d passages, and %d passages", len(d.Sentences), len(d.Passages))
	}
	for _, sentences := range d.Sentences {
		for _, v := range sentences {
			if len(v.Values) != m.Dimensions {
				return fmt.Errorf("the vector of a sentence has %d dimensions, and those of %s have %d", len(v.Values), m.Name, m.Dimensions)
			}
		}
	}
	return nil
}

// release frees the memory of what has been written.
func (e *incoming) release() {
	d := &e.prepared
	d.Transcript, d.Passages, d.Vectors, d.Sentences, d.Original = nil, nil, nil, nil, nil
}
