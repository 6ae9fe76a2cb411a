package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/embeddings/embeddingstest"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/postgres"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/retrieval/retrievaltest"
)

// served is an embedder of a server of its own.
func served(t testing.TB, name string) (*embeddings.OpenAI, *embeddingstest.Server) {
	t.Helper()
	server := embeddingstest.NewServer(t)
	e, err := embeddings.NewOpenAI(embeddings.OpenAIConfig{BaseURL: server.URL, Model: name})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := e.Resolve(t.Context()); err != nil {
		t.Fatal(err)
	}
	server.Forget()
	return e, server
}

// change is a record that changes its model from one to another.
type change struct {
	*testing.T
	store    *postgres.Store
	conn     *pgx.Conn
	from, to *embeddings.OpenAI
	old, new *embeddingstest.Server
	library  *retrieval.Library // embeds by whichever model serves
}

func newChange(t *testing.T) *change {
	t.Helper()
	store, url := openStore(t)
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.Background()) })
	c := &change{T: t, store: store, conn: conn}
	c.from, c.old = served(t, "from")
	c.to, c.new = served(t, "to")
	again, err := postgres.Open(t.Context(), url, c.from.Model(), slog.New(slog.DiscardHandler)) // nothing is embedded yet
	if err != nil {
		t.Fatal(err)
	}
	again.Close()
	c.library = retrieval.NewLibrary(store, c.to).With(c.embedderOf)
	return c
}

func (c *change) embedderOf(m embeddings.Model) (embeddings.Embedder, error) {
	if m == c.from.Model() {
		return c.from, nil
	}
	return c.to, nil
}

// add adds the lighthouse's transcript under another headline, with so many more
// statements.
func (c *change) add(headline string, statements int) retrieval.StoredTranscript {
	c.Helper()
	b := strings.Builder{}
	b.WriteString(strings.Replace(strings.TrimSuffix(retrievaltest.Lighthouse, "]}"), "of Varn", "of "+headline, 1))
	for i := range statements {
		fmt.Fprintf(&b, `,
		{"speaker":"Jon Bastable","role":"statement","text":"Lamp %d of %s was lit at %d."}`, i, headline, i)
	}
	b.WriteString("]}")
	r, _, err := c.library.Add(c.Context(), retrieval.AddRequest{Data: []byte(b.String())})
	if err != nil {
		c.Fatal(err)
	}
	if err := c.library.EmbedPending(c.Context(), nil); err != nil {
		c.Fatal(err)
	}
	return r
}

func (c *change) begin() *postgres.Reindexing {
	c.Helper()
	session, err := c.store.Reindex(c.Context(), c.to.Model(), false)
	if err != nil {
		c.Fatal(err)
	}
	return session
}

func (c *change) reindex() (retrieval.Reindexed, error) {
	c.Helper()
	session := c.begin()
	defer session.Close(c.Context())
	r := retrieval.Reindexer{Store: session, Embedder: c.to}
	return r.Run(c.Context())
}

func (c *change) count(query string, args ...any) (n int) {
	c.Helper()
	if err := c.conn.QueryRow(c.Context(), query, args...).Scan(&n); err != nil {
		c.Fatal(err)
	}
	return n
}

func (c *change) vectors(m embeddings.Model) int {
	c.Helper()
	return c.count(`SELECT count(*) FROM embeddings e JOIN embedding_models m ON m.id = e.model_id WHERE m.name = $1`, m.Name)
}

// search is the semantic half of a search, which must be there.
func (c *change) search(question string) retrieval.Result {
	c.Helper()
	searcher := retrieval.NewSearcher(c.store, c.to, slog.New(slog.DiscardHandler), retrieval.WithEmbedders(c.embedderOf))
	result, err := searcher.Search(c.Context(), retrieval.Query{Text: question})
	if err != nil {
		c.Fatal(err)
	}
	semantic := func(h retrieval.Hit) bool { return h.SemanticRank != nil }
	if result.Degraded != "" || !slices.ContainsFunc(result.Hits, semantic) {
		c.Errorf("the search went by words alone (%q)", result.Degraded)
	}
	return result
}

// TestSaveAfterTheModelChanged is a transcript that is being embedded as the model
// changes, and one that was embedded before and comes after.
func TestSaveAfterTheModelChanged(t *testing.T) {
	t.Parallel()
	c := newChange(t)
	c.add("North", 3)
	var once sync.Once
	c.old.Before(func(int) http.Handler {
		once.Do(func() {
			if _, err := c.reindex(); err != nil {
				t.Error(err)
			}
		})
		return nil
	})
	c.add("South", 3)
	if vectors, passages := c.vectors(c.to.Model()), c.count(`SELECT count(*) FROM passages`); vectors != passages {
		t.Errorf("%d vectors of %d passages", vectors, passages)
	}
	d := lighthouse(t)
	if _, _, err := c.store.Save(t.Context(), d); !errors.Is(err, retrieval.ErrModelChanged) || fault.CodeOf(err) != fault.Conflict {
		t.Errorf("a document of another model: %v", err)
	}
}

// TestEmbeddingGoesOn breaks the embedding of a large file off and repeats it.
func TestEmbeddingGoesOn(t *testing.T) {
	t.Parallel()
	c := newChange(t)
	const statements = 600
	var text strings.Builder
	for i := range statements {
		fmt.Fprintf(&text, "MS. FLOOD: Lamp %d was lit at %d.\n\nMR. REED: Lamp %d was not.\n\n", i, i, i)
	}
	stored, _, err := c.library.Add(t.Context(), retrieval.AddRequest{Data: []byte(text.String())})
	if err != nil {
		t.Fatal(err)
	}
	c.old.Most = 50
	c.old.Before(func(request int) http.Handler {
		if request > 10 {
			return embeddingstest.Status(http.StatusPaymentRequired)
		}
		return nil
	})
	if err := c.library.EmbedPending(t.Context(), nil); fault.CodeOf(err) != fault.Unavailable {
		t.Fatalf("the error is %v", err)
	}
	kept := c.vectors(c.from.Model())
	if kept == 0 || kept != c.old.Total() {
		t.Errorf("%d vectors are kept of %d", kept, c.old.Total())
	}
	if now, err := c.store.Get(t.Context(), stored.ID); err != nil || now.Pending != stored.Pending-kept {
		t.Errorf("%d passages wait of %d (%v)", now.Pending, stored.Pending, err)
	}
	c.old.Before(nil)
	if err := c.library.EmbedPending(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	for text, times := range c.old.Embedded() {
		if times > 1 {
			t.Errorf("embedded %d times: %s", times, text)
		}
	}
	if vectors, passages := c.vectors(c.from.Model()), c.count(`SELECT count(*) FROM passages`); vectors != passages || passages < 2*statements {
		t.Errorf("%d vectors of %d passages", vectors, passages)
	}
	if n := c.count(`SELECT count(*) FROM transcripts WHERE pending`); n != 0 {
		t.Errorf("%d transcripts still wait", n)
	}
}
