package postgres_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/embeddings/embeddingstest"
	"github.com/pullquote/pullquote/internal/postgres"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/retrieval/retrievaltest"
	"github.com/pullquote/pullquote/transcript"
)

// apart is the built-in embedder with the vectors of sentences.
func apart() embeddingstest.Apart { return embeddingstest.Apart{Embedder: embeddings.NewBuiltin()} }

// renamed is the same as another model.
type renamed struct{ embeddingstest.Apart }

func (r renamed) Model() embeddings.Model {
	return embeddings.Model{Name: "another", Dimensions: r.Apart.Model().Dimensions}
}

// spokenRecord is a record with sentences, some of them in a long turn.
type spokenRecord struct {
	*testing.T
	store *postgres.Store
	ids   []string
}

func newSpokenRecord(t *testing.T, e embeddings.Embedder) *spokenRecord {
	t.Helper()
	store, _ := openStore(t)
	r := &spokenRecord{T: t, store: store}
	long := fmt.Sprintf(`{"turns":[{"speaker":"Ida Morrow","text":%q},{"speaker":"Jon Bastable","text":"Yes. No."}]}`,
		strings.Repeat("The eye of Varn was lit again. Who lit it? Mr. Öz did – twice. ", 60))
	for _, file := range []string{retrievaltest.Lighthouse, long} {
		library := retrieval.NewLibrary(store, e)
		stored, _, err := library.Add(t.Context(), retrieval.AddRequest{Data: []byte(file), Collection: "news", Options: transcript.Options{}})
		if err != nil {
			t.Fatal(err)
		}
		if err := library.EmbedPending(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		r.ids = append(r.ids, stored.ID)
	}
	return r
}

func (r *spokenRecord) count(query string, args ...any) (n int) {
	r.Helper()
	if err := r.store.Pool().QueryRow(r.Context(), query, args...).Scan(&n); err != nil {
		r.Fatal(err)
	}
	return n
}

func (r *spokenRecord) passages() int { return r.count(`SELECT count(*) FROM passages`) }

func (r *spokenRecord) reindex(e embeddings.Embedder, keep bool) retrieval.Reindexed {
	r.Helper()
	_, sentences := e.(embeddings.SpanEmbedder)
	session, err := r.store.Reindex(r.Context(), e.Model(), sentences)
	if err != nil {
		r.Fatal(err)
	}
	defer session.Close(context.WithoutCancel(r.Context()))
	done, err := (&retrieval.Reindexer{Store: session, Embedder: e, Keep: keep}).Run(r.Context())
	if err != nil {
		r.Fatal(err)
	}
	return done
}

// sentences are those of all turns by the model that serves, as an ingest would have them.
func (r *spokenRecord) sentences() (found int) {
	r.Helper()
	scope, err := r.store.Scope(r.Context(), retrieval.Filter{Collection: "news"}, nil)
	if err != nil {
		r.Fatal(err)
	}
	for _, id := range r.ids {
		turns, err := r.store.Turns(r.Context(), id)
		if err != nil {
			r.Fatal(err)
		}
		for _, turn := range turns {
			passages, err := r.store.SentenceVectors(r.Context(), scope, []retrieval.TurnKey{{TranscriptID: id, Turn: turn.Index}})
			if err != nil {
				r.Fatal(err)
			}
			want := turn.Sentences()
			for _, p := range passages {
				for _, v := range p.Sentences {
					if found++; len(want) == 0 || v.Span != want[0] {
						r.Fatalf("turn %d has a vector of %v", turn.Index, v.Span)
					}
					want = want[1:]
				}
			}
		}
	}
	return found
}

const sentencesInAll = 1 + 2 + 1 + 2 + 3*60 + 2

// TestReindexFillsInSentences is a record from before sentences had vectors. That of a
// passage is made anew with them, as of the words alone.
func TestReindexFillsInSentences(t *testing.T) {
	t.Parallel()
	r := newSpokenRecord(t, embeddings.NewBuiltin())
	if done := r.reindex(embeddings.NewBuiltin(), false); done.Embedded != 0 {
		t.Errorf("without sentences %d passages were embedded", done.Embedded)
	}
	e := apart()
	if done := r.reindex(e, false); done.Embedded != r.passages() || done.Removed != 0 {
		t.Errorf("of %d passages, %+v", r.passages(), done)
	}
	if n := r.sentences(); n != sentencesInAll {
		t.Errorf("there are vectors of %d sentences, want %d", n, sentencesInAll)
	}
	if done := r.reindex(e, false); done.Embedded != 0 {
		t.Errorf("again %d passages were embedded", done.Embedded)
	}
	embedded, err := r.store.Embedded(t.Context(), r.ids[0], e.Model())
	if err != nil || len(embedded) != 4 {
		t.Fatalf("there are %d passages (%v)", len(embedded), err)
	}
	want, err := e.Embed(t.Context(), embeddings.Document, []string{embedded[3].Text})
	if err != nil {
		t.Fatal(err)
	}
	if cosine := dot(embedded[3].Vector, want[0]); cosine < 0.999 {
		t.Errorf("the vector of %q has a cosine of %v to that of its words", embedded[3].Text, cosine)
	}
}

// TestReindexOfSentences changes from one model that gives vectors of sentences to
// another.
func TestReindexOfSentences(t *testing.T) {
	t.Parallel()
	r := newSpokenRecord(t, apart())
	rows := func() int { return r.count(`SELECT count(*) FROM sentence_vectors`) }
	other := renamed{apart()}
	if done := r.reindex(other, true); done.Embedded != r.passages() || rows() != 2*r.passages() {
		t.Errorf("of %d passages, %+v with %d rows of sentences", r.passages(), done, rows())
	}
	if n := r.sentences(); n != sentencesInAll {
		t.Errorf("there are vectors of %d sentences, want %d", n, sentencesInAll)
	}
	if done := r.reindex(other, false); done.Embedded != 0 || done.Removed != r.passages() || rows() != r.passages() {
		t.Errorf("of %d passages, %+v with %d rows of sentences", r.passages(), done, rows())
	}
	for _, id := range r.ids {
		if err := r.store.Delete(t.Context(), id); err != nil {
			t.Fatal(err)
		}
	}
	if rows() != 0 {
		t.Errorf("%d rows of sentences are left of what was deleted", rows())
	}
}

// TestReindexReadsTurnsOverPages reads the passages of a long turn over pages that end
// within it.
func TestReindexReadsTurnsOverPages(t *testing.T) {
	t.Parallel()
	r := newSpokenRecord(t, embeddings.NewBuiltin())
	session, err := r.store.Reindex(t.Context(), apart().Model(), true)
	if err != nil {
		t.Fatal(err)
	}
	defer session.Close(context.WithoutCancel(t.Context()))
	sentences := 0
	for {
		page, err := session.Next(t.Context(), 3)
		if err != nil {
			t.Fatal(err)
		}
		if len(page) == 0 {
			break
		}
		for _, p := range page {
			text, err := r.store.Text(t.Context(), p.TranscriptID)
			if err != nil {
				t.Fatal(err)
			}
			if words := string([]rune(text)[p.Start:p.End]); p.Text != words || p.Speaker == "" {
				t.Errorf("passage %d by %q is %q, want %q", p.Ordinal, p.Speaker, p.Text, words)
			}
			sentences += len(p.Parts)
		}
	}
	if sentences != sentencesInAll {
		t.Errorf("the passages have %d sentences, want %d", sentences, sentencesInAll)
	}
}

// TestSentencesAreFoundByTheirKey asks for the plan of a table that has no statistics yet:
// it must not read the whole collection.
func TestSentencesAreFoundByTheirKey(t *testing.T) {
	t.Parallel()
	r := madeUp(t, 200)
	scope, err := r.Scope(t.Context(), retrieval.Filter{Collection: r.last.Collection}, nil)
	if err != nil {
		t.Fatal(err)
	}
	keys := make([]retrieval.TurnKey, 100)
	for i := range keys {
		keys[i] = retrieval.TurnKey{TranscriptID: "01900000-0000-7000-8000-00000000000b", Turn: i}
	}
	r.trace.record(func() { _, err = r.SentenceVectors(t.Context(), scope, keys) })
	if err != nil {
		t.Fatal(err)
	}
	sent := r.trace.statements[len(r.trace.statements)-1]
	rows, err := r.Pool().Query(t.Context(), "EXPLAIN "+sent.sql, sent.args...)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := pgx.CollectRows(rows, pgx.RowTo[string])
	looksUp := func(line string) bool {
		return strings.Contains(line, "Index Cond:") && strings.Contains(line, "(turn = ")
	}
	if err != nil || !slices.ContainsFunc(plan, looksUp) {
		t.Errorf("the plan is\n%s\n%v", strings.Join(plan, "\n"), err)
	}
}

func dot(a, b []float32) (sum float64) {
	for i := range a {
		sum += float64(a[i]) * float64(b[i])
	}
	return sum
}
