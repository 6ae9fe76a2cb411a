package postgres

import (
	"context"
	"sync"

	"github.com/jackc/pgx/v5/pgtype"

	"github.com/pullquote/pullquote/retrieval"
)

// encoding is the rows of transcripts while they are made.
type encoding struct {
	encoder
	entries                                []*incoming
	turns, passages, embeddings, sentences *copyRows
	counted                                counts // of the lexemes, complete once all passages are read
	cancel                                 context.CancelFunc
	done                                   chan struct{}
}

// encoder makes the rows of transcripts, in the binary form of COPY.
type encoder struct {
	collection pgtype.UUID
	model      int16      // id
	weighers   *sync.Pool // of *retrieval.Weigher
}

// encode makes rows in the background until it is stopped.
func (e encoder) encode(ctx context.Context, entries []*incoming) *encoding {
	ctx, cancel := context.WithCancel(ctx)
	x := &encoding{
		encoder: e, entries: entries,
		turns: newCopyRows(), passages: newCopyRows(), embeddings: newCopyRows(), sentences: newCopyRows(),
		counted: counts{}, cancel: cancel, done: make(chan struct{}),
	}
	go func() {
		defer close(x.done)
		x.turns.make(ctx, x.writeTurns)
		x.passages.make(ctx, x.writePassages)
		x.embeddings.make(ctx, x.writeEmbeddings)
		x.sentences.make(ctx, x.writeSentences)
	}()
	return x
}

// stop ends the making of rows, and waits until the transcripts are not read any more.
func (x *encoding) stop() {
	x.cancel()
	<-x.done
}

func (x *encoding) writeTurns(w *rowWriter) {
	for _, e := range x.entries {
		for _, t := range e.prepared.Transcript.Turns {
			if !w.row(16) {
				return
			}
			w.uuid(x.collection)
			w.uuid(e.key)
			w.integer(t.Index)
			w.optional(t.Label)
			w.optional(t.Speaker)
			w.optional(t.Affiliation)
			w.text(string(t.Role))
			w.optionalInteger(t.Answers)
			w.integer(t.Start)
			w.integer(t.End)
			w.optionalBigint(t.StartMS)
			w.optionalBigint(t.EndMS)
			w.text(t.Text)
			w.optional(t.Doubt)
			w.optional(t.Continues)
			w.optionalBytes(packedCues(t.Cues))
		}
	}
}

// writePassages writes the rows of the lexical index, and counts their lexemes.
func (x *encoding) writePassages(w *rowWriter) {
	weigher := x.weighers.Get().(*retrieval.Weigher)
	defer x.weighers.Put(weigher)
	for _, e := range x.entries {
		for _, p := range e.prepared.Passages {
			if !w.row(11) {
				return
			}
			weights := weigher.Weigh(p)
			x.counted.add(weights)
			x.writePlace(w, e, p)
			w.integer(p.Start)
			w.integer(p.End)
			writeFiltered(w, e, p)
			w.lexemes(weights)
			w.weights(weights)
		}
	}
}

func (x *encoding) writeEmbeddings(w *rowWriter) {
	for _, e := range x.entries {
		for i, v := range e.prepared.Vectors {
			if v == nil {
				continue
			}
			if !w.row(9) {
				return
			}
			p := e.prepared.Passages[i]
			w.smallint(x.model)
			x.writePlace(w, e, p)
			writeFiltered(w, e, p)
			w.vector(v)
		}
	}
}

func (x *encoding) writeSentences(w *rowWriter) {
	for _, e := range x.entries {
		for i, sentences := range e.prepared.Sentences {
			if e.prepared.Vectors[i] == nil {
				continue
			}
			if !w.row(6) {
				return
			}
			w.smallint(x.model)
			x.writePlace(w, e, e.prepared.Passages[i])
			w.sentences(sentences)
		}
	}
}

// writePlace writes the columns that say where a passage is: collection, transcript,
// passage, turn.
func (x *encoding) writePlace(w *rowWriter, e *incoming, p retrieval.Passage) {
	w.uuid(x.collection)
	w.uuid(e.key)
	w.integer(p.Ordinal)
	w.integer(p.Turn)
}

// writeFiltered writes the columns that a search filters by: speaker, role, date.
func writeFiltered(w *rowWriter, e *incoming, p retrieval.Passage) {
	turn := e.prepared.Transcript.Turns[p.Turn]
	w.optional(turn.Speaker)
	w.text(string(turn.Role))
	w.date(e.date)
}
