package postgres

import (
	"context"
	"encoding/binary"
	"io"
	"math"

	"github.com/jackc/pgx/v5/pgtype"
	"github.com/x448/float16"

	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
)

const (
	copyBlock   = 64 << 10 // bytes of a block, about
	blocksAhead = 256      // blocks of one table that may wait to be copied
)

// copyRows is the rows of a table in the binary form of COPY. They are read while
// others are still made. The driver could make them too, but only as the server takes
// them; so the server never waits: when it comes to the next table or the next chunk,
// the rows of that are ready.
type copyRows struct {
	blocks chan []byte
	rest   []byte // of the block that is being read
	err    error  // why rows are missing; to be read once blocks is closed
}

func newCopyRows() *copyRows { return &copyRows{blocks: make(chan []byte, blocksAhead)} }

// Read implements io.Reader. It ends with an error if not all rows could be made, and
// then COPY stores none of them.
func (r *copyRows) Read(p []byte) (int, error) {
	if len(r.rest) == 0 {
		block, more := <-r.blocks
		switch {
		case !more && r.err != nil:
			return 0, r.err
		case !more:
			return 0, io.EOF
		}
		r.rest = block
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

// make has rows write all rows, unless the context ends before. It is called once.
func (r *copyRows) make(ctx context.Context, rows func(*rowWriter)) {
	defer close(r.blocks)
	w := &rowWriter{ctx: ctx, blocks: r.blocks}
	w.block = append(w.block, "PGCOPY\n\xff\r\n\x00\x00\x00\x00\x00\x00\x00\x00\x00"...) // no flags, no extension
	rows(w)
	w.int16(-1) // the end
	w.flush()
	r.err = w.err
}

// rowWriter writes rows field by field, in the order of the columns.
type rowWriter struct {
	ctx    context.Context
	blocks chan<- []byte
	block  []byte
	err    error
}

// row begins a row of so many columns, and reports whether rows are still wanted.
func (w *rowWriter) row(columns int16) bool {
	if len(w.block) >= copyBlock {
		w.flush()
	}
	w.int16(columns)
	return w.err == nil
}

func (w *rowWriter) flush() {
	if w.err != nil {
		return
	}
	select {
	case w.blocks <- w.block:
		w.block = make([]byte, 0, copyBlock+copyBlock/8)
	case <-w.ctx.Done():
		w.err = w.ctx.Err()
	}
}

func (w *rowWriter) int16(n int16) { w.block = binary.BigEndian.AppendUint16(w.block, uint16(n)) }
func (w *rowWriter) int32(n int)   { w.block = binary.BigEndian.AppendUint32(w.block, uint32(n)) }

func (w *rowWriter) null() { w.int32(-1) }

func (w *rowWriter) smallint(n int16) {
	w.int32(2)
	w.int16(n)
}

func (w *rowWriter) integer(n int) {
	w.int32(4)
	w.int32(n)
}

func (w *rowWriter) text(s string) {
	w.int32(len(s))
	w.block = append(w.block, s...)
}

func (w *rowWriter) optionalBytes(b []byte) {
	if b == nil {
		w.null()
		return
	}
	w.int32(len(b))
	w.block = append(w.block, b...)
}

func (w *rowWriter) uuid(id pgtype.UUID) {
	w.int32(len(id.Bytes))
	w.block = append(w.block, id.Bytes[:]...)
}

func (w *rowWriter) optional(s model.Optional) {
	if s == "" {
		w.null()
		return
	}
	w.text(string(s))
}

func (w *rowWriter) optionalInteger(n *int) {
	if n == nil {
		w.null()
		return
	}
	w.integer(*n)
}

func (w *rowWriter) optionalBigint(n *int64) {
	if n == nil {
		w.null()
		return
	}
	w.int32(8)
	w.block = binary.BigEndian.AppendUint64(w.block, uint64(*n))
}

func (w *rowWriter) date(d pgtype.Date) {
	if !d.Valid {
		w.null()
		return
	}
	const year2000, day = 946_684_800, 24 * 60 * 60 // in seconds: a date is its days since 2000-01-01
	w.integer(int((d.Time.Unix() - year2000) / day))
}

func (w *rowWriter) vector(v []float32) {
	w.int32(4 + 2*len(v))
	w.int16(int16(len(v)))
	w.int16(0)
	for _, x := range v {
		w.int16(int16(float16.Fromfloat32(x).Bits()))
	}
}

func (w *rowWriter) sentences(sentences []retrieval.SentenceVector) {
	length := 0
	for _, s := range sentences {
		length += sentenceHead + len(s.Values)
	}
	w.int32(length)
	w.block = appendSentences(w.block, sentences)
}

// lexemes writes the lexemes as an int[], the heavy ones once more at its end.
func (w *rowWriter) lexemes(weights []retrieval.LexemeWeight) {
	const head, element = 20, 8 // bytes
	heavy := 0
	for _, x := range weights {
		if x.Weight >= retrieval.HeavyWeight {
			heavy++
		}
	}
	length := len(weights) + heavy
	w.int32(head + element*length)
	for _, n := range [...]int{1, 0, pgtype.Int4OID, length, 1} { // dimensions, has nulls, element type, length, lower bound
		w.int32(n)
	}
	for _, x := range weights {
		w.integer(int(x.Lexeme))
	}
	for _, x := range weights {
		if x.Weight >= retrieval.HeavyWeight {
			w.integer(int(x.Lexeme.Heavy()))
		}
	}
}

// weights writes a sparsevec: its dimension, the number of its entries, a zero that is
// not used, the indices, the values.
func (w *rowWriter) weights(weights []retrieval.LexemeWeight) {
	const head, entry = 12, 8
	w.int32(head + entry*len(weights))
	w.int32(retrieval.LexemeDimensions)
	w.int32(len(weights))
	w.int32(0)
	for _, x := range weights {
		w.int32(int(x.Lexeme))
	}
	for _, x := range weights {
		w.block = binary.BigEndian.AppendUint32(w.block, math.Float32bits(x.Weight))
	}
}
