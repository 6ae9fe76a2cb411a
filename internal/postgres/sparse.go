package postgres

import (
	"cmp"
	"context"
	"encoding/binary"
	"fmt"
	"math"
	"slices"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	pgvector "github.com/pgvector/pgvector-go/pgx"

	"github.com/pullquote/pullquote/retrieval"
)

// registerTypes registers the types of pgvector on a connection.
func registerTypes(ctx context.Context, conn *pgx.Conn) error {
	if err := pgvector.RegisterTypes(ctx, conn); err != nil {
		return err
	}
	if sparse, ok := conn.TypeMap().TypeForName("sparsevec"); ok {
		conn.TypeMap().RegisterType(&pgtype.Type{Name: sparse.Name, OID: sparse.OID, Codec: sparseCodec{}})
	}
	return nil
}

// sparseCodec is the codec of pgvector for sparsevec. In addition it scans into
// termWeights: a search reads the vectors of hundreds of passages, and of each only
// the weights of the question's terms.
type sparseCodec struct{ pgvector.SparseVectorCodec }

// termWeights scans a sparsevec: the weight of each term in it.
type termWeights struct {
	weights []float32    // in the order of the terms; nil where the sparsevec is null
	terms   []termLexeme // in ascending order of their lexemes, as in a sparsevec
	unused  []float32    // memory for the rows to come
}

// termLexeme is the lexeme of a term.
type termLexeme struct {
	lexeme uint32
	term   int // position among the terms
}

func newTermWeights(terms []retrieval.WeightedLexeme) termWeights {
	ascending := make([]termLexeme, len(terms))
	for i, term := range terms {
		ascending[i] = termLexeme{uint32(term.Lexeme), i}
	}
	slices.SortFunc(ascending, func(a, b termLexeme) int { return cmp.Compare(a.lexeme, b.lexeme) })
	return termWeights{terms: ascending}
}

// rowsAhead is for how many rows memory is allocated at once.
const rowsAhead = 64

// PlanScan implements pgtype.Codec.
func (c sparseCodec) PlanScan(m *pgtype.Map, oid uint32, format int16, target any) pgtype.ScanPlan {
	if _, ok := target.(*termWeights); ok && format == pgtype.BinaryFormatCode {
		return scanWeights{}
	}
	return c.SparseVectorCodec.PlanScan(m, oid, format, target)
}

// scanWeights merges two ascending lists, the terms and the entries of a sparsevec.
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
		return fmt.Errorf("a sparsevec of %d bytes has not the length that it states", len(src))
	}
	indices, values := src[head:head+n*size], src[head+n*size:]
	terms := len(t.terms)
	if len(t.unused) < terms {
		t.unused = make([]float32, rowsAhead*terms)
	}
	t.weights, t.unused = t.unused[:terms:terms], t.unused[terms:]
	at := 0
	for _, term := range t.terms {
		for at < len(indices) && binary.BigEndian.Uint32(indices[at:]) < term.lexeme {
			at += size
		}
		if at < len(indices) && binary.BigEndian.Uint32(indices[at:]) == term.lexeme {
			t.weights[term.term] = math.Float32frombits(binary.BigEndian.Uint32(values[at:]))
		}
	}
	return nil
}
