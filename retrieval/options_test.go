package retrieval_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/embeddings/embeddingstest"
	"github.com/pullquote/pullquote/internal/llm"
	"github.com/pullquote/pullquote/internal/llm/llmtest"
	"github.com/pullquote/pullquote/internal/rerank"
	"github.com/pullquote/pullquote/internal/rerank/reranktest"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/retrieval/retrievaltest"
	"github.com/pullquote/pullquote/transcript"
)

// searched is what a search finds in the lighthouse and the orchard.
func searched(t *testing.T, embedder embeddings.Embedder, question string, limit int, options ...retrieval.Option) retrieval.Result {
	t.Helper()
	record := new(retrievaltest.Memory)
	retrievaltest.Add(t, record, retrieval.DefaultCollection, retrievaltest.Lighthouse)
	retrievaltest.Add(t, record, retrieval.DefaultCollection, retrievaltest.Orchard)
	s := retrieval.NewSearcher(record, embedder, slog.New(slog.NewTextHandler(t.Output(), nil)), options...)
	result, err := s.Search(t.Context(), retrieval.Query{Text: question, Limit: limit})
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func texts(hits []retrieval.Hit) []string {
	var texts []string
	for _, h := range hits {
		texts = append(texts, h.Text)
	}
	return texts
}

func TestReranker(t *testing.T) {
	const question = "How was the harbour?" // the server counts every word
	plain := searched(t, embeddings.NewBuiltin(), question, 10)
	if strings.Contains(plain.Hits[0].Text, "full of ice") {
		t.Fatal("there is nothing to order anew")
	}
	for _, test := range []struct {
		name     string
		breaks   func(*reranktest.Server)
		budget   time.Duration
		limit    int
		first    string // a part of the best turn; empty: the search's own
		degraded string
	}{
		{"orders anew", func(*reranktest.Server) {}, time.Minute, 10, "full of ice", ""},
		{"and then cuts", func(*reranktest.Server) {}, time.Minute, 1, "full of ice", ""},
		{"fails", func(s *reranktest.Server) { s.Instead(reranktest.Body(500, "")) }, time.Minute, 10, "", "answered with status 500), so the turns are in the search's own order"},
		{"fails and is cut", func(s *reranktest.Server) { s.Instead(reranktest.Body(500, "")) }, time.Minute, 1, "", "answered with status 500"},
		{"is silent", func(s *reranktest.Server) { s.Instead(reranktest.Silent()) }, time.Millisecond, 10, "", "did not answer in time"},
	} {
		t.Run(test.name, func(t *testing.T) {
			server := reranktest.New(t, reranktest.TEI)
			test.breaks(server)
			client, err := rerank.New(rerank.Config{URL: server.URL})
			if err != nil {
				t.Fatal(err)
			}
			got := searched(t, embeddings.NewBuiltin(), question, test.limit, retrieval.WithReranker(client, test.budget))
			if len(got.Hits) != min(test.limit, len(plain.Hits)) {
				t.Fatalf("%d hits, without a reranker %d", len(got.Hits), len(plain.Hits))
			}
			if !strings.Contains(got.Degraded, test.degraded) || (got.Degraded == "") != (test.degraded == "") {
				t.Errorf("degraded is %q, want %q", got.Degraded, test.degraded)
			}
			if test.first == "" {
				if want := texts(plain.Hits)[:len(got.Hits)]; !slices.Equal(texts(got.Hits), want) {
					t.Errorf("the order is %q, want %q", texts(got.Hits), want)
				}
			} else if !strings.Contains(got.Hits[0].Text, test.first) {
				t.Errorf("the best is %q", got.Hits[0].Text)
			}
			if !slices.IsSortedFunc(got.Hits, func(a, b retrieval.Hit) int { return -compare(a.Score, b.Score) }) {
				t.Error("the scores do not fall")
			}
		})
	}
}

// readTexts keeps what a reranker is given, and likes the last text best.
type readTexts struct{ texts []string }

func (r *readTexts) Rerank(_ context.Context, _ string, texts []string) ([]float64, error) {
	r.texts = texts
	scores := make([]float64, len(texts))
	for i := range scores {
		scores[i] = float64(i)
	}
	return scores, nil
}

// A reranker reads of a long turn the sentences with most evidence, and its scores are
// kept with the hits.
func TestRerankerReadsTheBestOfATurn(t *testing.T) {
	filler := strings.Repeat("The tide comes and the tide goes, as it did before anybody wrote it down. ", 20)
	const said = "The foghorn was sold to a museum in the year of the flood."
	data, err := json.Marshal(map[string]any{"turns": []map[string]string{
		{"speaker": "Odile Marchetti", "role": "statement", "text": filler + said + " " + filler},
		{"speaker": "Imre Castellan", "role": "statement", "text": "We heard no foghorn."},
	}})
	if err != nil {
		t.Fatal(err)
	}
	record, reranker := new(retrievaltest.Memory), new(readTexts)
	library := retrieval.NewLibrary(record, embeddings.NewBuiltin())
	if _, _, err := library.Add(t.Context(), retrieval.AddRequest{Data: data, Options: transcript.Options{Filename: "foghorn.json"}}); err != nil {
		t.Fatal(err)
	}
	searcher := retrieval.NewSearcher(record, embeddings.NewBuiltin(), slog.New(slog.DiscardHandler), retrieval.WithReranker(reranker, time.Minute))
	result, err := searcher.Search(t.Context(), retrieval.Query{Text: "What happened to the foghorn in the flood?"})
	if err != nil {
		t.Fatal(err)
	}
	read := slices.IndexFunc(reranker.texts, func(text string) bool { return strings.Contains(text, said) })
	if read < 0 || len(reranker.texts[read]) > 600 || !strings.HasPrefix(reranker.texts[read], "Odile Marchetti\n") {
		t.Errorf("the reranker reads %q", reranker.texts)
	}
	for i, h := range result.Hits {
		if score := h.Evidence.RerankScore; score == nil || *score != float64(len(result.Hits)-1-i) {
			t.Errorf("hit %d has the score %v", i, score)
		}
	}
}

func compare(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// TestExpander looks for what the record says in other words than the question.
func TestExpander(t *testing.T) {
	const question = "What warns ships meanwhile?"
	const answer = "a buoy marks the reef"
	for _, test := range []struct {
		name  string
		reply llmtest.Script
		found bool
	}{
		{"supposes", llmtest.Literal("There may be a buoy that marks a reef."), true},
		{"supposes nothing of it", llmtest.Literal("Perhaps bells."), false},
		{"fails", llmtest.Always(llmtest.Refuse(401, "invalid_api_key", "no")), false},
	} {
		t.Run(test.name, func(t *testing.T) {
			server := llmtest.New(t, test.reply)
			client, err := llm.New(llm.Config{BaseURL: server.URL, Model: "scripted"})
			if err != nil {
				t.Fatal(err)
			}
			got := searched(t, embeddings.NewBuiltin(), question, 10, retrieval.WithExpander(client, time.Minute))
			found := slices.ContainsFunc(got.Hits, func(h retrieval.Hit) bool { return h.LexicalRank != nil && strings.Contains(h.Text, answer) })
			if found != test.found {
				t.Errorf("found by its words: %v, want %v: %q", found, test.found, texts(got.Hits))
			}
			for _, term := range got.Terms {
				if term.Word == "buoy" || term.Word == "reef" {
					t.Errorf("%q is taken for a word of the question", term.Word)
				}
			}
		})
	}
}

// TestAnotherModel searches a record that is embedded by another model than the
// configured one.
func TestAnotherModel(t *testing.T) {
	server := embeddingstest.NewServer(t)
	configured, err := embeddings.NewOpenAI(embeddings.OpenAIConfig{BaseURL: server.URL, Model: "letters"})
	if err != nil {
		t.Fatal(err)
	}
	embedders := func(e embeddings.Embedder, err error) retrieval.Option {
		return retrieval.WithEmbedders(func(m embeddings.Model) (embeddings.Embedder, error) {
			if m.Name != embeddings.NewBuiltin().Model().Name {
				t.Errorf("asked for %+v", m)
			}
			return e, err
		})
	}
	failing := embeddingstest.NewServer(t)
	failing.Before(func(int) http.Handler { return embeddingstest.Status(http.StatusUnauthorized) })
	refused, err := embeddings.NewOpenAI(embeddings.OpenAIConfig{BaseURL: failing.URL, Model: "former"})
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name     string
		options  []retrieval.Option
		degraded string // empty: found by vectors
	}{
		{"that is there", []retrieval.Option{embedders(embeddings.NewBuiltin(), nil)}, ""},
		{"that nobody has", nil, "no longer by letters), so this search went by words alone"},
		{"that the server has not", []retrieval.Option{embedders(nil, fmt.Errorf("no such model"))}, "so this search went by words alone"},
		{"that is refused", []retrieval.Option{embedders(refused, nil)}, "the record is embedded by builtin-"},
		{"of which the server gives another", []retrieval.Option{embedders(configured, nil)}, "which cannot be asked any more), so"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := searched(t, configured, "When is the new lamp expected?", 10, test.options...)
			semantic := slices.ContainsFunc(got.Hits, func(h retrieval.Hit) bool { return h.SemanticRank != nil })
			if !strings.Contains(got.Degraded, test.degraded) || semantic != (test.degraded == "") || len(got.Hits) == 0 {
				t.Errorf("degraded is %q, by vectors %v, %d hits", got.Degraded, semantic, len(got.Hits))
			}
		})
	}
}
