package postgres

import (
	"context"
	"encoding/hex"
	"iter"
	"time"

	"github.com/jackc/pgx/v5/pgtype"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
)

// chunkPassages is how many passages are enough to be copied at a time.
const chunkPassages = 4_000

// chunk is a number of documents that are written together.
type chunk struct {
	entries []*incoming
	rows    <-chan lexicalRow // of all passages, in their order
	cancel  context.CancelFunc
}

// incoming is a document on its way into the record.
type incoming struct {
	document retrieval.Document
	id       string
	sha256   []byte
	key      pgtype.UUID // the id and the date of the event in the driver's own types, which COPY writes fast
	date     pgtype.Date
	speakers []retrieval.SpeakerOf
	created  bool  // else it is there already, or
	err      error // was left out for this
}

// chunks divides documents, and reads their words while the chunk before is written:
// that takes about as long. Who does not take all of them cancels the context and
// waits for the end of the channel.
func chunks(ctx context.Context, documents iter.Seq[retrieval.Document]) <-chan *chunk {
	ahead := make(chan *chunk)
	go func() {
		defer close(ahead)
		idle := make(weighers, 2) // of the chunk that is written and the next
		var gathered []retrieval.Document
		passages := 0
		send := func() bool {
			select {
			case ahead <- newChunk(ctx, idle, gathered):
				gathered, passages = nil, 0
				return true
			case <-ctx.Done():
				return false
			}
		}
		for d := range documents {
			gathered = append(gathered, d)
			if passages += len(d.Passages); passages >= chunkPassages && !send() {
				return
			}
		}
		if len(gathered) > 0 {
			send()
		}
	}()
	return ahead
}

func newChunk(ctx context.Context, idle weighers, documents []retrieval.Document) *chunk {
	ctx, cancel := context.WithCancel(ctx)
	c := &chunk{cancel: cancel}
	var passages []retrieval.Passage
	for _, d := range documents {
		c.entries = append(c.entries, &incoming{document: d, id: newID()})
		passages = append(passages, d.Passages...)
	}
	c.rows = idle.rows(ctx, passages)
	return c
}

// prepare checks what Postgres would not, and reads what it wants in a form of its own.
func (e *incoming) prepare(m model) (err error) {
	if e.sha256, err = hex.DecodeString(e.document.SHA256); err != nil {
		return err
	}
	if err := e.key.Scan(e.id); err != nil {
		return err
	}
	if date := e.document.Transcript.Date; date != "" {
		e.date.Valid = true
		if e.date.Time, err = time.Parse(time.DateOnly, string(date)); err != nil {
			return err
		}
	}
	for _, v := range e.document.Vectors { // as long as there is no index, Postgres takes any
		if len(v) != m.Dimensions {
			return fault.New(fault.Internal, "a vector has %d dimensions, and those of %s have %d", len(v), m.Name, m.Dimensions)
		}
	}
	e.speakers = retrieval.SpeakersOf(e.document.Transcript.Turns)
	return nil
}

// release lets go of what has been written.
func (e *incoming) release() {
	e.document.Transcript, e.document.Passages, e.document.Vectors = nil, nil, nil
}
