package retrieval_test

import (
	"log/slog"
	"slices"
	"testing"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/retrieval/retrievaltest"
)

// A turn that is left out is not found, by words or by meaning, and no hit tells it as its
// question.
func TestSearchWithout(t *testing.T) {
	record := new(retrievaltest.Memory)
	retrievaltest.Add(t, record, retrieval.DefaultCollection, retrievaltest.Lighthouse)
	s := retrieval.NewSearcher(record, embeddings.NewBuiltin(), slog.New(slog.NewTextHandler(t.Output(), nil)))
	search := func(without ...retrieval.TurnKey) []retrieval.Hit {
		t.Helper()
		result, err := s.Search(t.Context(), retrieval.Query{Text: "How was the harbour?", Limit: 10, Without: without})
		if err != nil {
			t.Fatal(err)
		}
		return result.Hits
	}
	all := search()
	answer := slices.IndexFunc(all, func(h retrieval.Hit) bool { return h.Question != nil })
	if answer < 0 {
		t.Fatal("no hit answers a question")
	}
	asked, _ := all[answer].QuestionKey()
	for _, h := range search(asked) {
		key := retrieval.TurnKey{TranscriptID: h.TranscriptID, Turn: h.Turn}
		if question, ok := h.QuestionKey(); key == asked || ok && question == asked {
			t.Errorf("turn %d is found without turn %d: %q", h.Turn, asked.Turn, h.Text)
		}
	}
	first := retrieval.TurnKey{TranscriptID: all[0].TranscriptID, Turn: all[0].Turn}
	if got := search(first); len(got) == 0 || got[0].Turn == all[0].Turn {
		t.Errorf("without turn %d, %d turns are found, the first again", first.Turn, len(got))
	}
}
