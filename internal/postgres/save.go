package postgres

import (
	"context"
	"iter"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/retrieval"
)

// Save implements retrieval.Store.
func (s *Store) Save(ctx context.Context, d retrieval.PreparedTranscript) (retrieval.StoredTranscript, bool, error) {
	outcomes, err := s.SaveAll(ctx, d.Collection, d.Model, slices.Values([]retrieval.PreparedTranscript{d}))
	if err != nil {
		return retrieval.StoredTranscript{}, false, err
	}
	return outcomes[0].Stored, outcomes[0].Created, outcomes[0].Err
}

// SaveAll implements retrieval.Store. All transcripts are stored in one transaction.
// Its last steps lock the collection, under which the collection's
// statistics and speakers are changed; concurrent ingests wait for each other there,
// and so only after the bulk is written.
func (s *Store) SaveAll(ctx context.Context, collection string, m embeddings.Model, prepared iter.Seq[retrieval.PreparedTranscript]) ([]retrieval.Outcome, error) {
	leave, err := s.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	id, err := s.collection(ctx, collection)
	if err != nil {
		return nil, err
	}
	w := &writer{store: s, collection: id, encoder: encoder{weighers: s.weighers}, counted: counts{}}
	if err := w.encoder.collection.Scan(id); err != nil {
		return nil, err
	}
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) (err error) {
		w.tx = tx
		// The same statements are sent many times here, and foreign keys are checked for
		// each row: generic plans save the planning.
		if _, err := tx.Exec(ctx, `SET LOCAL plan_cache_mode = auto`); err != nil {
			return err
		}
		if w.model, err = claimModel(ctx, tx, m); err != nil {
			return err
		}
		w.encoder.model = w.model.id
		if err := w.write(ctx, prepared); err != nil {
			return err
		}
		return w.finish(ctx)
	})
	if err != nil {
		return nil, Translate(err)
	}
	return s.outcomes(ctx, id, w.entries)
}

// enter waits for one of the places of transactions that store. They have half of the
// connections; the others are left to searches, and to what is read and cached while
// the transcripts of a transaction are embedded.
func (s *Store) enter(ctx context.Context) (leave func(), err error) {
	select {
	case s.writing <- struct{}{}:
		return func() { <-s.writing }, nil
	case <-ctx.Done():
		return nil, Translate(ctx.Err())
	}
}

// outcomes reads the records of the entries: those that were stored, and those that
// the collection had already.
func (s *Store) outcomes(ctx context.Context, collection string, entries []*incoming) ([]retrieval.Outcome, error) {
	sums := make([][]byte, len(entries))
	for i, e := range entries {
		sums[i] = e.sha256
	}
	rows, err := s.pool.Query(ctx, `
		SELECT `+storedColumns+`
		FROM `+wholeTranscripts+` t JOIN collections c ON c.id = t.collection_id
		WHERE t.collection_id = @collection_id AND t.sha256 = ANY (@sums) AND NOT t.superseded`, pgx.StrictNamedArgs{"collection_id": collection, "sums": sums})
	if err != nil {
		return nil, Translate(err)
	}
	stored, err := pgx.CollectRows(rows, scanStored)
	if err != nil {
		return nil, Translate(err)
	}
	bySum := map[string]retrieval.StoredTranscript{}
	for _, r := range stored {
		bySum[r.SHA256] = r
	}
	outcomes := make([]retrieval.Outcome, len(entries))
	for i, e := range entries {
		outcomes[i] = retrieval.Outcome{Stored: bySum[e.prepared.SHA256], Created: e.created, Err: Translate(e.err)}
	}
	return outcomes, nil
}

// writer writes transcripts in one transaction.
type writer struct {
	store      *Store
	tx         pgx.Tx
	collection string
	model      vectorModel
	encoder    encoder
	entries    []*incoming // all so far, also those that were not written
	passages   int         // in what was written
	counted    counts      // of the lexemes in those
	shared     []original  // the files of what was written that were there already
}

// write writes the transcripts chunk by chunk.
func (w *writer) write(ctx context.Context, prepared iter.Seq[retrieval.PreparedTranscript]) error {
	ctx, cancel := context.WithCancel(ctx)
	ahead := w.chunks(ctx, prepared)
	defer func() {
		cancel()
		for c := range ahead { // until it is closed: then no transcript is asked for any more
			c.rows.stop()
		}
	}()
	for c := range ahead {
		if err := w.chunk(ctx, c); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// chunk writes a chunk. If that fails, its transcripts are written one by one, and those
// that fail again are left out, with their error.
func (w *writer) chunk(ctx context.Context, c *chunk) error {
	err := w.attempt(ctx, c)
	switch {
	case err != nil && (ctx.Err() != nil || w.tx.Conn().IsClosed()):
		return err
	case err != nil && len(c.entries) > 1:
		for _, e := range c.entries {
			if err := w.chunk(ctx, w.newChunk(ctx, []retrieval.PreparedTranscript{e.prepared})); err != nil {
				return err
			}
		}
		return nil
	case err != nil:
		c.entries[0].created, c.entries[0].err = false, err
	}
	for _, e := range c.entries {
		e.release()
	}
	w.entries = append(w.entries, c.entries...)
	return nil
}

// attempt writes all of a chunk or, by a savepoint, nothing of it.
func (w *writer) attempt(ctx context.Context, c *chunk) error {
	defer func() { c.rows.stop() }()
	b := &batch{chunk: c, collection: w.collection, model: w.model}
	err := pgx.BeginFunc(ctx, w.tx, func(tx pgx.Tx) error {
		b.tx = tx
		for _, step := range []func(context.Context) error{b.transcripts, b.copy, b.originals} {
			if err := step(ctx); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	w.counted.merge(c.rows.counted)
	w.passages += passagesOf(c.created())
	w.shared = append(w.shared, b.shared...)
	return nil
}

// finish takes the steps that lock the collection.
func (w *writer) finish(ctx context.Context) error {
	if !slices.ContainsFunc(w.entries, func(e *incoming) bool { return e.created }) {
		return nil
	}
	for _, step := range []func(context.Context) error{w.statistics, w.speakers, w.supersede, w.embargo, w.originals} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// statistics adds to the counts of passages and lexemes. The update of the
// collection's row is first: it is the lock under which the frequencies are changed.
func (w *writer) statistics(ctx context.Context) error {
	_, err := w.tx.Exec(ctx, `UPDATE passage_counts SET passages = passages + $2 WHERE collection_id = $1`, w.collection, w.passages)
	if err != nil {
		return err
	}
	lexemes, passages := w.counted.sorted()
	_, err = w.tx.Exec(ctx, `
		INSERT INTO lexeme_frequencies AS f (collection_id, lexeme, passages)
		SELECT $1, n.lexeme, n.passages FROM unnest($2::int[], $3::int[]) AS n (lexeme, passages)
		ON CONFLICT (collection_id, lexeme) DO UPDATE SET passages = f.passages + excluded.passages`, w.collection, lexemes, passages)
	return err
}
