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

// sparseCodec is pgvector's, but that of a passage's weights those of a question's
// terms only are read: a search reads hundreds.
type sparseCodec struct{ pgvector.SparseVectorCodec }

// termWeights are read from a sparsevec: what it has of each term. They are nil
// where it is null.
type termWeights struct {
	weights   []float32
	ascending []placedLexeme // the terms, as a sparsevec has them
	unused    []float32      // for the rows to come
}

// placedLexeme is that of a term, and where among the terms it stands.
type placedLexeme struct {
	lexeme uint32
	place  int
}

func newTermWeights(terms []retrieval.WeightedLexeme) termWeights {
	ascending := make([]placedLexeme, len(terms))
	for i, term := range terms {
		ascending[i] = placedLexeme{uint32(term.Lexeme), i}
	}
	slices.SortFunc(ascending, func(a, b placedLexeme) int { return cmp.Compare(a.lexeme, b.lexeme) })
	return termWeights{ascending: ascending}
}

// rowsAhead are the rows that room is made for at once.
const rowsAhead = 64

// PlanScan implements pgtype.Codec.
func (c sparseCodec) PlanScan(m *pgtype.Map, oid uint32, format int16, target any) pgtype.ScanPlan {
	if _, ok := target.(*termWeights); ok && format == pgtype.BinaryFormatCode {
		return scanWeights{}
	}
	return c.SparseVectorCodec.PlanScan(m, oid, format, target)
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
	terms := len(t.ascending)
	if len(t.unused) < terms {
		t.unused = make([]float32, rowsAhead*terms)
	}
	t.weights, t.unused = t.unused[:terms:terms], t.unused[terms:]
	at := 0
	for _, term := range t.ascending {
		for at < len(indices) && binary.BigEndian.Uint32(indices[at:]) < term.lexeme {
			at += size
		}
		if at < len(indices) && binary.BigEndian.Uint32(indices[at:]) == term.lexeme {
			t.weights[term.place] = math.Float32frombits(binary.BigEndian.Uint32(values[at:]))
		}
	}
	return nil
}
