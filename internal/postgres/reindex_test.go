package postgres_test

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"sync"
	"testing"

	"github.com/pullquote/pullquote/embeddings/embeddingstest"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
)

func TestReindex(t *testing.T) {
	t.Parallel()
	c := newChange(t)
	for _, headline := range []string{"North", "South"} {
		c.add(headline, 30)
	}
	passages := c.count(`SELECT count(*) FROM passages`)

	// Before, and while it goes on, the old vectors serve.
	c.search("When was the lamp lit?")
	if n := c.new.Total(); n != 1 {
		t.Errorf("the new model embedded %d texts before it was to", n) // the question, when nobody knew
	}
	session := c.begin()
	var mu sync.Mutex
	var asked bool
	r := retrieval.Reindexer{Store: session, Embedder: c.to, Progress: func(int) {
		mu.Lock()
		defer mu.Unlock()
		if !asked {
			asked = true
			c.search("When was the lamp lit?")
			c.add("East", 5) // which is embedded by both
		}
	}}
	estimate, err := r.Estimate(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if estimate.Sampled+estimate.Passages != passages || estimate.Requests != 1 && estimate.Passages > 0 {
		t.Errorf("of %d passages the estimate is %+v", passages, estimate)
	}
	done, err := r.Run(t.Context())
	session.Close(t.Context())
	if err != nil {
		t.Fatal(err)
	}

	all := c.count(`SELECT count(*) FROM passages`)
	if done.Embedded != all || done.Removed != all || all <= passages {
		t.Errorf("done is %+v of %d passages", done, all)
	}
	if old, now := c.vectors(c.from.Model()), c.vectors(c.to.Model()); old != 0 || now != all {
		t.Errorf("there are %d old vectors and %d new ones", old, now)
	}
	if n := c.count(`SELECT count(*) FROM pg_indexes WHERE indexname LIKE 'embeddings_hnsw_%'`); n != 1 {
		t.Errorf("there are %d indexes of vectors", n)
	}
	if m, err := c.store.Serving(t.Context()); err != nil || m != c.to.Model() {
		t.Errorf("%+v serves, %v", m, err)
	}
	c.old.Forget()
	c.search("When was the lamp lit?")
	if n := c.old.Total(); n != 0 {
		t.Errorf("the old model is still asked")
	}

	// To repeat it does nothing.
	c.new.Forget()
	if done, err := c.reindex(); err != nil || done != (retrieval.Reindexed{}) || c.new.Total() != 0 {
		t.Errorf("done again: %+v, %v, %d texts", done, err, c.new.Total())
	}
}

// TestReindexEmbedsWhatIngestDid holds the texts that a reindex puts together from
// the store to those that were embedded when the transcript came.
func TestReindexEmbedsWhatIngestDid(t *testing.T) {
	t.Parallel()
	c := newChange(t)
	c.add("North", 3)
	if _, err := c.reindex(); err != nil {
		t.Fatal(err)
	}
	if was, is := c.old.Embedded(), c.new.Embedded(); len(is) < 5 || !maps.Equal(was, is) {
		t.Errorf("ingest embedded\n%v\nreindex\n%v", slices.Sorted(maps.Keys(was)), slices.Sorted(maps.Keys(is)))
	}
}

// TestReindexGoesOn breaks a reindex off and repeats it.
func TestReindexGoesOn(t *testing.T) {
	t.Parallel()
	c := newChange(t)
	c.add("North", 60)
	c.new.Most = 4
	c.new.Before(func(request int) http.Handler {
		if request > 5 {
			return embeddingstest.Status(http.StatusPaymentRequired)
		}
		return nil
	})
	if _, err := c.reindex(); fault.CodeOf(err) != fault.Unavailable {
		t.Fatalf("the error is %v", err)
	}
	kept := c.vectors(c.to.Model())
	if kept == 0 || kept != c.new.Total() {
		t.Errorf("%d vectors are kept of %d", kept, c.new.Total())
	}
	c.search("When was the lamp lit?")

	c.new.Before(nil)
	c.new.Forget()
	done, err := c.reindex()
	if all := c.count(`SELECT count(*) FROM passages`); err != nil || done.Embedded != all-kept || c.new.Total() != all-kept {
		t.Errorf("done is %+v with %d texts, %v; want %d of %d", done, c.new.Total(), err, all-kept, all)
	}
}

func TestReindexKeeps(t *testing.T) {
	t.Parallel()
	c := newChange(t)
	c.add("North", 3)
	session := c.begin()
	r := retrieval.Reindexer{Store: session, Embedder: c.to, Keep: true}
	_, err := r.Run(t.Context())
	session.Close(t.Context())
	if err != nil || c.vectors(c.from.Model()) == 0 {
		t.Fatalf("the old vectors are gone, %v", err)
	}
	c.to, c.from = c.from, c.to
	c.old.Forget()
	done, err := c.reindex()
	if err != nil || done.Embedded != 0 || done.Removed == 0 || c.old.Total() != 0 {
		t.Errorf("changed back: %+v with %d texts, %v", done, c.old.Total(), err)
	}
}

func TestReindexIsDoneByOne(t *testing.T) {
	t.Parallel()
	c := newChange(t)
	session := c.begin()
	if _, err := c.store.Reindex(t.Context(), c.to.Model(), false); fault.CodeOf(err) != fault.Conflict {
		t.Errorf("a second one: %v", err)
	}
	session.Close(t.Context())
	c.begin().Close(t.Context())
}

// TestReindexOfWhatIsDeleted deletes a transcript between the reading of its
// passages and the storing of their vectors.
func TestReindexOfWhatIsDeleted(t *testing.T) {
	t.Parallel()
	c := newChange(t)
	c.add("North", 3)
	gone := c.add("South", 3)
	c.new.Before(func(request int) http.Handler {
		if request == 1 {
			if err := c.store.Delete(context.WithoutCancel(t.Context()), gone.ID); err != nil {
				t.Error(err)
			}
		}
		return nil
	})
	if _, err := c.reindex(); err != nil {
		t.Fatal(err)
	}
	if vectors, passages := c.vectors(c.to.Model()), c.count(`SELECT count(*) FROM passages`); vectors != passages {
		t.Errorf("%d vectors of %d passages", vectors, passages)
	}
}

// TestReindexMendsItsIndex finds the index that a killed reindex has left invalid.
func TestReindexMendsItsIndex(t *testing.T) {
	t.Parallel()
	c := newChange(t)
	c.add("North", 3)
	session := c.begin()
	if err := session.Index(t.Context()); err != nil {
		t.Fatal(err)
	}
	session.Close(t.Context())
	const invalid = `FROM pg_index WHERE NOT indisvalid`
	if _, err := c.conn.Exec(t.Context(), `
		UPDATE pg_index SET indisvalid = false
		WHERE indexrelid = (SELECT max(indexrelid) FROM pg_index WHERE indexrelid::regclass::text LIKE 'embeddings_hnsw_%')`); err != nil {
		t.Fatal(err)
	}
	if n := c.count(`SELECT count(*) ` + invalid); n != 1 {
		t.Fatalf("%d indexes are invalid", n)
	}
	if _, err := c.reindex(); err != nil {
		t.Fatal(err)
	}
	if n := c.count(`SELECT count(*) ` + invalid); n != 0 {
		t.Errorf("%d indexes are still invalid", n)
	}
}
