package main

import (
	"context"
	"log/slog"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/tmc/langchaingo/schema"
	"github.com/tmc/langchaingo/vectorstores/pgvector"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/bench"
	"github.com/pullquote/pullquote/internal/postgres"
	"github.com/pullquote/pullquote/retrieval"
)

// store is one of the two.
type store interface {
	add(ctx context.Context, d retrieval.PreparedTranscript) error
	// settle does what is to be done after a load.
	settle(ctx context.Context) error
	// nearest are the texts of the passages nearest to a question.
	nearest(ctx context.Context, q bench.Question, limit int) ([]string, error)
}

type pullquote struct{ store *postgres.Store }

func newPullquote(ctx context.Context, url string, m embeddings.Model) (pullquote, error) {
	s, err := postgres.Open(ctx, url, m, slog.New(slog.DiscardHandler))
	return pullquote{s}, err
}

func (p pullquote) add(ctx context.Context, d retrieval.PreparedTranscript) error {
	_, _, err := p.store.Save(ctx, d)
	return err
}

func (p pullquote) settle(ctx context.Context) error { return p.store.Settle(ctx) }

func (p pullquote) nearest(ctx context.Context, q bench.Question, limit int) ([]string, error) {
	scope, err := p.store.Scope(ctx, retrieval.Filter{Collection: bench.Collection}, nil)
	if err != nil {
		return nil, err
	}
	found, err := p.store.Semantic(ctx, scope, retrieval.Vector{Model: scope.Model, Values: q.Vector}, limit)
	if err != nil {
		return nil, err
	}
	keys := make([]retrieval.TurnKey, len(found))
	for i, c := range found {
		keys[i] = c.TurnKey
	}
	hits, err := p.store.Hits(ctx, scope, keys)
	texts := make([]string, len(hits))
	for i, h := range hits {
		texts[i] = h.Text
	}
	return texts, err
}

// langchain is langchaingo's store with its HNSW index, of the parameters of ours.
type langchain struct {
	pool  *pgxpool.Pool
	store pgvector.Store
	known *vectors
}

func newLangchain(ctx context.Context, url string) (*langchain, error) {
	pool, err := pgxpool.New(ctx, url)
	if err != nil {
		return nil, err
	}
	l := &langchain{pool: pool, known: &vectors{}}
	l.store, err = pgvector.New(ctx, pgvector.WithConn(pool), pgvector.WithEmbedder(l.known),
		pgvector.WithVectorDimensions(bench.DefaultDimensions), pgvector.WithHNSWIndex(16, 64, "vector_cosine_ops"))
	return l, err
}

func (l *langchain) close() { l.pool.Close() }

func (l *langchain) add(ctx context.Context, d retrieval.PreparedTranscript) error {
	documents := make([]schema.Document, len(d.Passages))
	for i, p := range d.Passages {
		documents[i] = schema.Document{PageContent: p.Text, Metadata: map[string]any{
			"transcript": d.SHA256, "turn": p.Turn, "speaker": p.Speaker, "date": d.Transcript.Date,
		}}
	}
	l.known.documents = d.Vectors
	_, err := l.store.AddDocuments(ctx, documents)
	return err
}

func (l *langchain) settle(ctx context.Context) error {
	_, err := l.pool.Exec(ctx, `VACUUM (ANALYZE) langchain_pg_embedding`)
	return err
}

func (l *langchain) nearest(ctx context.Context, q bench.Question, limit int) ([]string, error) {
	l.known.query = q.Vector
	found, err := l.store.SimilaritySearch(ctx, q.Text, limit)
	texts := make([]string, len(found))
	for i, d := range found {
		texts[i] = d.PageContent
	}
	return texts, err
}

// vectors is an embedder that is told the next vectors beforehand.
type vectors struct {
	documents [][]float32
	query     []float32
}

func (v *vectors) EmbedDocuments(context.Context, []string) ([][]float32, error) {
	return v.documents, nil
}

func (v *vectors) EmbedQuery(context.Context, string) ([]float32, error) { return v.query, nil }
