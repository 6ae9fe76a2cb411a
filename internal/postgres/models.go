package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/pgvector/pgvector-go"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
)

// ErrNoModel says that nothing can be stored yet: no model serves, and the dimensions
// of the configured one are not known.
var ErrNoModel = errors.New("no embedding model is known")

// vectorModel is an embedding model with its id in the database.
type vectorModel struct {
	embeddings.Model
	id int16
}

// check checks a vector: without an index its column takes any number of dimensions.
func (m vectorModel) check(vector []float32) error {
	if len(vector) != m.Dimensions {
		return fmt.Errorf("a vector has %d dimensions, and those of %s have %d", len(vector), m.Name, m.Dimensions)
	}
	return nil
}

// modelsLock is the key of an advisory lock. Who changes which model serves, or removes one,
// holds it exclusively; who stores vectors shares it.
const modelsLock = `hashtext('pullquote.embedding_models')`

// servingModel is the model whose vectors are searched; found is false if there is
// none yet.
func servingModel(ctx context.Context, db querier) (m vectorModel, found bool, err error) {
	err = db.QueryRow(ctx, `SELECT id, name, dimensions FROM embedding_models WHERE serving`).Scan(&m.id, &m.Name, &m.Dimensions)
	if errors.Is(err, pgx.ErrNoRows) {
		return m, false, nil
	}
	return m, err == nil, err
}

// Serving implements retrieval.Store.
func (s *Store) Serving(ctx context.Context) (embeddings.Model, error) {
	m, _, err := servingModel(ctx, s.pool)
	return m.Model, Translate(err)
}

// prepare makes the configured model the one that serves, if the record has no vectors.
// If it has some, their model goes on serving until a reindex is complete.
func (s *Store) prepare(ctx context.Context, configured embeddings.Model) error {
	if prepared, err := preparedFor(ctx, s.pool, configured); err != nil || prepared {
		return Translate(err)
	}
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock(`+modelsLock+`)`); err != nil {
			return err
		}
		prepared, err := preparedFor(ctx, tx, configured) // another process may have, in the meantime
		switch {
		case err != nil || prepared:
			return err
		case configured.Dimensions == 0:
			return fault.Wrap(ErrNoModel, fault.Unavailable, "the dimensions of %s are not known; set PULLQUOTE_EMBEDDING_DIMENSIONS, or have its server answer", configured.Name)
		}
		m, err := registerModel(ctx, tx, configured)
		if err != nil {
			return err
		}
		return setServing(ctx, tx, m)
	})
	return Translate(err)
}

// preparedFor reports whether nothing is to be prepared: the configured model serves,
// or another does that has vectors, or is about to have some.
func preparedFor(ctx context.Context, db querier, configured embeddings.Model) (bool, error) {
	serving, found, err := servingModel(ctx, db)
	if err != nil || !found || serving.Model == configured {
		return found, err
	}
	var used bool
	err = db.QueryRow(ctx, `SELECT EXISTS (SELECT true FROM embeddings WHERE model_id = $1) OR EXISTS (SELECT true FROM transcripts WHERE pending)`, serving.id).Scan(&used)
	return used, err
}

// registerModel finds or makes the row of a model.
func registerModel(ctx context.Context, tx pgx.Tx, m embeddings.Model) (vectorModel, error) {
	registered := vectorModel{Model: m}
	_, err := tx.Exec(ctx, `
		INSERT INTO embedding_models (name, dimensions)
		SELECT $1::text, $2::int
		WHERE NOT EXISTS (SELECT FROM embedding_models WHERE name = $1 AND dimensions = $2)`, m.Name, m.Dimensions)
	if err != nil {
		return registered, err
	}
	err = tx.QueryRow(ctx, `SELECT id FROM embedding_models WHERE name = $1 AND dimensions = $2`, m.Name, m.Dimensions).Scan(&registered.id)
	return registered, err
}

// setServing makes a model the one that serves. In one statement, two could have the
// mark for a moment, which the unique index forbids.
func setServing(ctx context.Context, tx pgx.Tx, m vectorModel) error {
	if _, err := tx.Exec(ctx, `UPDATE embedding_models SET serving = false WHERE serving AND id <> $1`, m.id); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `UPDATE embedding_models SET serving = true WHERE id = $1 AND NOT serving`, m.id)
	return err
}

// indexName is the name of a model's HNSW index in a table of vectors.
func indexName(table string, m vectorModel) string { return fmt.Sprintf("%s_hnsw_%d", table, m.id) }

// indexStatement makes the HNSW index of a model's vectors. No migration can make it,
// as the dimensions are part of its expression. The id and the dimensions are numbers,
// so they may stand in the text.
func indexStatement(table string, m vectorModel) string {
	return fmt.Sprintf(`
		CREATE INDEX CONCURRENTLY IF NOT EXISTS %s ON %s
		USING hnsw ((embedding::halfvec(%d)) halfvec_cosine_ops)
		WITH (m = 16, ef_construction = 64)
		WHERE model_id = %d`, indexName(table, m), table, m.Dimensions, m.id)
}

// Embedded implements retrieval.Store. The words of a passage are cut out of its turn.
func (s *Store) Embedded(ctx context.Context, id string, m embeddings.Model) ([]retrieval.EmbeddedPassage, error) {
	if err := validID(id); err != nil {
		return nil, err
	}
	rows, err := s.pool.Query(ctx, `
		SELECT p.passage, p.turn, p.start_char, p.end_char, substr(t.text, p.start_char - t.start_char + 1, p.end_char - p.start_char),
			coalesce(t.speaker, ''), coalesce(q.text, ''), e.embedding, v.sentences
		FROM transcripts d
		JOIN passages p ON p.collection_id = d.collection_id AND p.transcript_id = d.id
		JOIN turns t ON t.collection_id = p.collection_id AND t.transcript_id = p.transcript_id AND t.turn = p.turn
		LEFT JOIN turns q ON q.collection_id = t.collection_id AND q.transcript_id = t.transcript_id AND q.turn = t.answers
		JOIN embeddings e ON e.collection_id = p.collection_id AND e.transcript_id = p.transcript_id AND e.passage = p.passage
		JOIN embedding_models m ON m.id = e.model_id
		LEFT JOIN sentence_vectors v ON v.collection_id = p.collection_id AND v.transcript_id = p.transcript_id
			AND v.turn = p.turn AND v.passage = p.passage AND v.model_id = m.id
		WHERE d.id = @id AND `+grantedRow("d.")+` AND m.name = @model AND m.dimensions = @dimensions
		ORDER BY p.passage`, s.granted(ctx, pgx.StrictNamedArgs{"id": id, "model": m.Name, "dimensions": m.Dimensions}))
	if err != nil {
		return nil, Translate(err)
	}
	passages, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (p retrieval.EmbeddedPassage, err error) {
		var vector pgvector.HalfVector
		sentences := sentenceVectors{dimensions: m.Dimensions}
		err = row.Scan(&p.Ordinal, &p.Turn, &p.Start, &p.End, &p.Text, &p.Speaker, &p.Question, &vector, &sentences)
		p.Embedding = retrieval.Embedding{Vector: vector.Slice(), Sentences: sentences.list}
		return p, err
	})
	return passages, Translate(err)
}

// embeddingColumns are embeddings as the arrays of their columns.
func embeddingColumns(embedded []retrieval.Embedding) (vectors []pgvector.HalfVector, sentences [][]byte) {
	vectors, sentences = make([]pgvector.HalfVector, len(embedded)), make([][]byte, len(embedded))
	for i, e := range embedded {
		vectors[i], sentences[i] = pgvector.NewHalfVector(e.Vector), sentenceColumn(e.Sentences)
	}
	return vectors, sentences
}

// claimModel checks that the model of transcripts is the one that serves, and keeps it
// so until the end of the transaction.
func claimModel(ctx context.Context, tx pgx.Tx, m embeddings.Model) (vectorModel, error) {
	if _, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock_shared(`+modelsLock+`)`); err != nil {
		return vectorModel{}, err
	}
	serving, _, err := servingModel(ctx, tx)
	if err == nil && serving.Model != m {
		err = fault.Wrap(retrieval.ErrModelChanged, fault.Conflict, "the record is embedded by %s now and no longer by %s; try again", serving.Name, m.Name)
	}
	return serving, err
}
