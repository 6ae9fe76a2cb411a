package retrievaltest

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/embeddings/embeddingstest"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript"
)

// picky is a SpanEmbedder that counts how often it has embedded each text, and refuses
// some.
type picky struct {
	embeddingstest.Apart
	refuses func(text string) bool
	mu      sync.Mutex
	times   map[string]int
}

func newPicky(refuses func(text string) bool) *picky {
	return &picky{Apart: embeddingstest.Apart{Embedder: embeddings.NewBuiltin()}, refuses: refuses, times: map[string]int{}}
}

func (p *picky) refused(texts []string) error {
	if p.refuses != nil && slices.ContainsFunc(texts, p.refuses) {
		return fault.New(fault.Invalid, "the text is not taken")
	}
	return nil
}

func (p *picky) Embed(ctx context.Context, kind embeddings.Kind, texts []string) ([][]float32, error) {
	if err := p.refused(texts); err != nil {
		return nil, err
	}
	return p.Apart.Embed(ctx, kind, texts)
}

func (p *picky) EmbedSpans(ctx context.Context, kind embeddings.Kind, texts []string, spans [][]embeddings.Span) ([][]float32, [][][]float32, error) {
	if err := p.refused(texts); err != nil {
		return nil, nil, err
	}
	p.mu.Lock()
	for _, text := range texts {
		p.times[text]++
	}
	p.mu.Unlock()
	return p.Apart.EmbedSpans(ctx, kind, texts, spans)
}

// lamps is a file with so many statements about lamps of a place.
func lamps(place string, n int) string {
	turns := make([]string, n)
	for i := range turns {
		turns[i] = fmt.Sprintf(`{"speaker":"Jon Bastable","text":"Lamp %d of %s was lit."}`, i, place)
	}
	return fmt.Sprintf(`{"title":"Lamps of %s","turns":[%s]}`, place, strings.Join(turns, ","))
}

func addPending(t *testing.T, library *retrieval.Library, name, file string) retrieval.StoredTranscript {
	t.Helper()
	stored, _, err := library.Add(t.Context(), retrieval.AddRequest{Data: []byte(file), Collection: "news", Options: transcript.Options{Filename: name}})
	if err != nil {
		t.Fatal(err)
	}
	return stored
}

// wantPending checks how many passages of a transcript, and of the record, wait.
func wantPending(t *testing.T, r Store, id string, pending, unembeddable, inAll int) {
	t.Helper()
	stored, err := r.Get(t.Context(), id)
	if err != nil || stored.Pending != pending || stored.Unembeddable != unembeddable {
		t.Errorf("%d passages wait and %d cannot be embedded, want %d and %d (%v)", stored.Pending, stored.Unembeddable, pending, unembeddable, err)
	}
	if waiting, err := r.Waiting(t.Context()); err != nil || waiting != inAll {
		t.Errorf("%d passages wait in all, want %d (%v)", waiting, inAll, err)
	}
}

// wantWaiting checks how many transcripts of a scope wait.
func wantWaiting(t *testing.T, r Store, filter retrieval.Filter, want int) {
	t.Helper()
	filter.Collection = "news"
	if n, err := r.WaitingTranscripts(t.Context(), scope(t, r, filter, nil)); err != nil || n != want {
		t.Errorf("with %+v %d transcripts wait, want %d (%v)", filter, n, want, err)
	}
}

func testPending(t *testing.T, r Store) {
	embedder := newPicky(nil)
	library := retrieval.NewLibrary(r, embedder)
	stored := addPending(t, library, "lighthouse.json", Lighthouse)
	if stored.Pending != 4 || len(embedder.times) > 0 {
		t.Errorf("when it is stored %d passages wait, and %d texts are embedded", stored.Pending, len(embedder.times))
	}
	hits := search(t, r, "What does the buoy cost?", retrieval.Filter{Collection: "news"})
	if len(hits) == 0 || hits[0].LexicalRank == nil || hits[0].SemanticRank != nil {
		t.Errorf("before it is embedded a search finds %+v", hits)
	}
	wantWaiting(t, r, retrieval.Filter{}, 1)
	wantWaiting(t, r, retrieval.Filter{Speaker: "Jon Bastable", To: "2026-02-03"}, 1)
	wantWaiting(t, r, retrieval.Filter{From: "2026-02-04"}, 0)
	var told []int
	if err := library.EmbedPending(t.Context(), func(embedded int) { told = append(told, embedded) }); err != nil || !slices.Equal(told, []int{4}) {
		t.Errorf("told is of %v passages (%v)", told, err)
	}
	wantPending(t, r, stored.ID, 0, 0, 0)
	wantWaiting(t, r, retrieval.Filter{}, 0)
	if hits := search(t, r, "What does the buoy cost?", retrieval.Filter{Collection: "news"}); len(hits) == 0 || hits[0].SemanticRank == nil {
		t.Errorf("a search finds %+v", hits)
	}
	allSentences(t, r, "news", stored.ID)
}

func testUnembeddable(t *testing.T, r Store) {
	embedder := newPicky(func(text string) bool { return strings.Contains(text, "Lamp 7 ") || strings.Contains(text, "Lamp 23 ") })
	library := retrieval.NewLibrary(r, embedder)
	stored := addPending(t, library, "lamps.json", lamps("Varn", 40))
	embedAll(t, library)
	wantPending(t, r, stored.ID, 0, 2, 0)
	for turn := range 40 {
		if has, want := len(sentencesOf(t, r, "news", stored.ID, turn)) > 0, turn != 7 && turn != 23; has != want {
			t.Errorf("turn %d has vectors: %t", turn, has)
		}
	}
	hits := search(t, r, "Was lamp 23 lit?", retrieval.Filter{Collection: "news"})
	if len(hits) == 0 || hits[0].Turn != 23 {
		t.Errorf("by its words a search finds %+v", hits)
	}
}

func testEmbedderInTrouble(t *testing.T, r Store) {
	trouble := true
	embedder := newPicky(func(string) bool { return trouble })
	library := retrieval.NewLibrary(r, embedder)
	stored := addPending(t, library, "lamps.json", lamps("Varn", 40))
	if err := library.EmbedPending(t.Context(), nil); fault.CodeOf(err) != fault.Unavailable {
		t.Errorf("an embedder that takes no text at all: %v", err)
	}
	wantPending(t, r, stored.ID, 40, 0, 40)
	trouble = false
	embedAll(t, library)
	wantPending(t, r, stored.ID, 0, 0, 0)
}

func testEmbeddedOnce(t *testing.T, r Store) {
	embedder := newPicky(nil)
	for i := range 12 {
		addPending(t, retrieval.NewLibrary(r, embedder), fmt.Sprintf("lamps-%d.json", i), lamps(fmt.Sprintf("Varn %d", i), 30))
	}
	var group sync.WaitGroup
	for range 3 { // processes
		group.Go(func() {
			if err := retrieval.NewLibrary(r, embedder).EmbedPending(t.Context(), nil); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if len(embedder.times) != 12*30 {
		t.Errorf("%d texts were embedded", len(embedder.times))
	}
	for text, times := range embedder.times {
		if times > 1 {
			t.Errorf("embedded %d times: %q", times, text)
		}
	}
}

func testPendingGone(t *testing.T, r Store) {
	embedder := newPicky(nil)
	library := retrieval.NewLibrary(r, embedder)
	first := addPending(t, library, "lighthouse.json", Lighthouse)
	second := addPending(t, library, "lighthouse.json", corrected)
	wantPending(t, r, first.ID, 0, 0, 4)
	wantPending(t, r, second.ID, 4, 0, 4)
	if err := r.Delete(t.Context(), second.ID); err != nil {
		t.Fatal(err)
	}
	if waiting, err := r.Waiting(t.Context()); err != nil || waiting != 0 {
		t.Errorf("%d passages wait (%v)", waiting, err)
	}
	embedAll(t, library)
	if len(embedder.times) > 0 {
		t.Errorf("%d texts were embedded", len(embedder.times))
	}
}

func testKeepEmbedding(t *testing.T, r Store) {
	var trouble atomic.Bool
	library := retrieval.NewLibrary(r, newPicky(func(string) bool { return trouble.Load() }))
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		library.KeepEmbedding(ctx, slog.New(slog.DiscardHandler))
	}()
	embedded := func(id string) {
		t.Helper()
		for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(5 * time.Millisecond) {
			stored, err := r.Get(t.Context(), id)
			if err == nil && stored.Pending == 0 {
				return
			}
			if err != nil || time.Now().After(deadline) {
				t.Fatalf("%d passages wait (%v)", stored.Pending, err)
			}
		}
	}
	embedded(addPending(t, library, "lamps.json", lamps("Varn", 300)).ID)
	trouble.Store(true)
	stored := addPending(t, library, "lighthouse.json", Lighthouse)
	time.Sleep(50 * time.Millisecond)
	wantPending(t, r, stored.ID, 4, 0, 4)
	trouble.Store(false)
	embedded(stored.ID)
	stop()
	<-stopped
}
