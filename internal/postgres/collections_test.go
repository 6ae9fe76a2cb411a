package postgres_test

import (
	"fmt"
	"log/slog"
	"testing"

	"golang.org/x/sync/errgroup"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/postgres"
	"github.com/pullquote/pullquote/internal/postgres/postgrestest"
	"github.com/pullquote/pullquote/retrieval"
)

// While a collection is deleted, others add to it and rename it: each transcript goes with the
// deletion or stays whole, and the statistics agree with what is left.
func TestCollectionDeletedWhileInUse(t *testing.T) {
	t.Parallel()
	store, err := postgres.Open(t.Context(), postgrestest.Migrated(t), embeddings.NewBuiltin().Model(), slog.New(slog.NewTextHandler(t.Output(), nil)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(store.Close)
	library := retrieval.NewLibrary(store, embeddings.NewBuiltin())
	group, ctx := errgroup.WithContext(t.Context())
	for worker := range 3 {
		group.Go(func() error {
			for i := range 15 {
				file := fmt.Sprintf(`{"turns":[{"speaker":"Ida Morrow","role":"statement","text":"The tide came in %d times."}]}`, 100*worker+i)
				if _, _, err := library.Add(ctx, retrieval.AddRequest{Data: []byte(file), Collection: "tides"}); err != nil {
					return fmt.Errorf("add: %w", err)
				}
			}
			return nil
		})
	}
	group.Go(func() error {
		for range 10 {
			for _, names := range [][2]string{{"tides", "ebbs"}, {"ebbs", "tides"}} {
				_, err := store.RenameCollection(ctx, names[0], names[1])
				if code := fault.CodeOf(err); err != nil && code != fault.NotFound && code != fault.Conflict {
					return fmt.Errorf("rename: %w", err)
				}
			}
			if _, err := store.DeleteCollection(ctx, "tides"); err != nil && fault.CodeOf(err) != fault.NotFound && fault.CodeOf(err) != fault.Conflict {
				return fmt.Errorf("delete: %w", err)
			}
		}
		return nil
	})
	if err := group.Wait(); err != nil {
		t.Fatal(err)
	}
	var wrong int
	err = store.Pool().QueryRow(t.Context(), `
		SELECT (SELECT count(*) FROM passage_counts c WHERE passages <> (SELECT count(*) FROM passages p WHERE p.collection_id = c.collection_id))
			+ (SELECT count(*) FROM transcripts t WHERE NOT EXISTS (SELECT FROM turns u WHERE u.collection_id = t.collection_id AND u.transcript_id = t.id))
			+ (SELECT count(*) FROM (
				SELECT f.collection_id, f.lexeme FROM lexeme_frequencies f
				LEFT JOIN (SELECT collection_id, lexeme, count(*) AS n FROM passages, unnest(lexemes) AS lexeme GROUP BY 1, 2) AS counted USING (collection_id, lexeme)
				WHERE f.passages <> coalesce(n, 0)) AS miscounted)
			+ (SELECT count(*) FROM transcripts t WHERE NOT EXISTS (SELECT FROM originals o WHERE o.collection_id = t.collection_id AND o.sha256 = t.sha256))`).Scan(&wrong)
	if err != nil || wrong > 0 {
		t.Errorf("%d rows disagree with the rest: %v", wrong, err)
	}
}
