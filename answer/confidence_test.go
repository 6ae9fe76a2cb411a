package answer_test

import (
	"log/slog"
	"slices"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/embeddings/embeddingstest"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/retrieval/retrievaltest"
	"github.com/pullquote/pullquote/transcript"
)

// named is an embedder under another name, so that it is taken for a model.
type named struct{ embeddings.SpanEmbedder }

func (n named) Model() embeddings.Model {
	m := n.SpanEmbedder.Model()
	m.Name = "model-of-tests"
	return m
}

// weighedService answers from the archive's record by weighed sentences, from a probability on
// that it answers.
func weighedService(t *testing.T, probability float64) (*answer.Service, *retrievaltest.Memory) {
	t.Helper()
	evidence := answer.DefaultEvidence()
	evidence.Decision.Support, evidence.Decision.AlmostSupport = 2, 2 // no answer by words
	evidence.Decision.Record = probability
	return weighedServiceBy(t, evidence)
}

func weighedServiceBy(t *testing.T, evidence answer.Evidence) (*answer.Service, *retrievaltest.Memory) {
	t.Helper()
	log := slog.New(slog.DiscardHandler)
	embedder := named{embeddingstest.Apart{Embedder: embeddings.NewBuiltin()}}
	record := new(retrievaltest.Memory)
	library := retrieval.NewLibrary(record, embedder)
	for _, file := range readArchive(t).Files {
		if !strings.HasPrefix(file.Name, "transcripts/") {
			continue
		}
		_, _, err := library.Add(t.Context(), retrieval.AddRequest{
			Data: file.Data, Collection: retrieval.DefaultCollection, Options: transcript.Options{Filename: "file.json"},
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := library.EmbedPending(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	searcher := retrieval.NewSearcher(record, embedder, log)
	return answer.NewService(searcher, new(answers), nil, "", log, answer.WithEvidence(evidence)), record
}

// Whatever its confidence, an answer quotes the record, and tells how confident it is.
func TestWeighedAnswers(t *testing.T) {
	always, record := weighedService(t, 0)
	never, _ := weighedService(t, 1)
	answered := 0
	for _, question := range []string{
		"What does Ole Brandt say about the toll?", "How long is the bridge?", "Who asked about the ferry?", "Why was it closed?",
		"Did Ole Brandt say that the toll is stolen?",
	} {
		a, err := always.Answer(t.Context(), answer.Request{Question: question}, nil)
		if err != nil {
			t.Fatal(err)
		}
		checkAnswer(t, record, a)
		if !a.Answerable {
			continue
		}
		answered++
		if a.Confidence == nil || *a.Confidence < 0 || *a.Confidence > 1 || len(a.Features) != len(answer.FeatureNames) {
			t.Errorf("%q: confidence %v of %d features", question, a.Confidence, len(a.Features))
		}
		if a, err = never.Answer(t.Context(), answer.Request{Question: question}, nil); err != nil || a.Answerable || len(a.Citations) > 0 || a.Confidence == nil {
			t.Errorf("%q is answered beyond any probability: %q, %v", question, a.Text, err)
		}
	}
	if answered == 0 {
		t.Error("no question was answered")
	}
}

// TestWeighedOwnWords asks for somebody's words on nothing in particular, on a topic in their
// very words, and beside another's: no probability is needed for that.
func TestWeighedOwnWords(t *testing.T) {
	evidence := answer.DefaultEvidence()
	evidence.Decision.Record = 1
	service, record := weighedServiceBy(t, evidence)
	for _, question := range []string{
		"What did Ole Brandt say?", "did ole brandt speak", "What does Ole Brandt say about the toll?", "compare ole brandt and ilse zaremba on the toll",
	} {
		a, err := service.Answer(t.Context(), answer.Request{Question: question}, nil)
		if err != nil {
			t.Fatal(err)
		}
		checkAnswer(t, record, a)
		if !a.Answerable || slices.ContainsFunc(a.Citations, func(c answer.Citation) bool { return c.Speaker != "Ole Brandt" }) {
			t.Errorf("%q is answered with %q", question, a.Text)
		}
	}
	if a, err := service.Answer(t.Context(), answer.Request{Question: "What does Ole Brandt say about the weather of Holm?"}, nil); err != nil || a.Answerable {
		t.Errorf("a topic of other words is answered with %q, %v", a.Text, err)
	}
}
