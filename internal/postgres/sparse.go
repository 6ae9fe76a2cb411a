package postgres

import (
	"context"
	"encoding/binary"
	"fmt"
	"math"
	"sort"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	pgvector "github.com/pgvector/pgvector-go/pgx"

	"github.com/pullquote/pullquote/retrieval"
)

// registerTypes lets a connection know the types of pgvector.
func registerTypes(ctx context.Context, conn *pgx.Conn) error {
	if err := pgvector.RegisterTypes(ctx, conn); err != nil {
		return err
	}
	if sparse, ok := conn.TypeMap().TypeForName("sparsevec"); ok {
		conn.TypeMap().RegisterType(&pgtype.Type{Name: sparse.Name, OID: sparse.OID, Codec: sparseCodec{}})
	}
	return nil
}

// sparseCodec is pgvector's, but for the weights of a passage: those are written as
// they are, and read of them are those of a question's terms only. A search reads
// hundreds, and a load writes millions.
type sparseCodec struct{ pgvector.SparseVectorCodec }

// passageWeights are written to a sparsevec, in order of lexeme.
type passageWeights []retrieval.LexemeWeight

// termWeights are read from a sparsevec: what it has of each term. They are nil
// where it is null.
type termWeights struct {
	terms   []retrieval.WeightedLexeme
	weights []float32
}

// PlanEncode implements pgtype.Codec.
func (c sparseCodec) PlanEncode(m *pgtype.Map, oid uint32, format int16, value any) pgtype.EncodePlan {
	if _, ok := value.(passageWeights); ok && format == pgtype.BinaryFormatCode {
		return encodeWeights{}
	}
	return c.SparseVectorCodec.PlanEncode(m, oid, format, value)
}

// PlanScan implements pgtype.Codec.
func (c sparseCodec) PlanScan(m *pgtype.Map, oid uint32, format int16, target any) pgtype.ScanPlan {
	if _, ok := target.(*termWeights); ok && format == pgtype.BinaryFormatCode {
		return scanWeights{}
	}
	return c.SparseVectorCodec.PlanScan(m, oid, format, target)
}

type encodeWeights struct{}

// Encode implements pgtype.EncodePlan: the dimension, the number of entries, zero,
// the indices, the values.
func (encodeWeights) Encode(value any, buf []byte) ([]byte, error) {
	weights := value.(passageWeights)
	buf = binary.BigEndian.AppendUint32(buf, retrieval.LexemeDimensions)
	buf = binary.BigEndian.AppendUint32(buf, uint32(len(weights)))
	buf = binary.BigEndian.AppendUint32(buf, 0)
	for _, w := range weights {
		buf = binary.BigEndian.AppendUint32(buf, uint32(w.Lexeme))
	}
	for _, w := range weights {
		buf = binary.BigEndian.AppendUint32(buf, math.Float32bits(w.Weight))
	}
	return buf, nil
}

type scanWeights struct{}

// Scan implements pgtype.ScanPlan.
func (scanWeights) Scan(src []byte, target any) error {
	const head, size = 12, 4 // bytes before the indices, and of an index or a value
	t := target.(*termWeights)
	if t.weights = nil; src == nil {
		return nil
	}
	n := (len(src) - head) / (2 * size)
	if n < 0 || int(binary.BigEndian.Uint32(src[size:])) != n {
		return fmt.Errorf("a sparsevec of %d bytes is none", len(src))
	}
	indices, values := src[head:head+n*size], src[head+n*size:]
	t.weights = make([]float32, len(t.terms))
	for i, term := range t.terms {
		at := sort.Search(n, func(k int) bool { return binary.BigEndian.Uint32(indices[k*size:]) >= uint32(term.Lexeme) })
		if at < n && binary.BigEndian.Uint32(indices[at*size:]) == uint32(term.Lexeme) {
			t.weights[i] = math.Float32frombits(binary.BigEndian.Uint32(values[at*size:]))
		}
	}
	return nil
}
