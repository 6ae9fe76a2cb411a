package answer_test

import (
	"log/slog"
	"reflect"
	"testing"
	"time"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/eval"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
)

// Every field of Evidence can be set by its name, and has a default.
func TestDefaultEvidence(t *testing.T) {
	checkFields(t, "answer", reflect.ValueOf(answer.DefaultEvidence()))
}

func checkFields(t *testing.T, path string, v reflect.Value) {
	t.Helper()
	if v.Kind() == reflect.Struct {
		for i := range v.NumField() {
			field := v.Type().Field(i)
			if !field.IsExported() {
				t.Errorf("%s.%s cannot be set", path, field.Name)
			}
			checkFields(t, path+"."+field.Name, v.Field(i))
		}
		return
	}
	if k := v.Kind(); k != reflect.Float64 && k != reflect.Int && v.Type() != reflect.TypeFor[time.Duration]() {
		t.Errorf("%s is a %s", path, v.Type())
	}
	if v.IsZero() {
		t.Errorf("%s has no default", path)
	}
}

// A Service and a Verifier decide by the evidence that they are given.
func TestWithEvidence(t *testing.T) {
	_, record := newService(t, readArchive(t))
	log := slog.New(slog.DiscardHandler)
	evidence := answer.DefaultEvidence()
	evidence.Decision.Support, evidence.Decision.AlmostSupport = 2, 2
	evidence.Verification.MaxRunes = 3

	service := answer.NewService(retrieval.NewSearcher(record, embeddings.NewBuiltin(), log), new(answers), nil, "", log, answer.WithEvidence(evidence))
	got, err := service.Answer(t.Context(), answer.Request{Question: "What does Ole Brandt say about the toll?"}, nil)
	if err != nil || got.Answerable {
		t.Errorf("with a support that no sentence has, the answer is %q, %v", got.Text, err)
	}
	verifier := answer.NewVerifier(record, "", log, answer.WithEvidence(evidence))
	if _, err := verifier.Verify(t.Context(), answer.DraftQuote{Text: "toll"}, retrieval.Filter{}); err == nil {
		t.Error("a quotation longer than may be is checked")
	}
}

// Whatever a number of Evidence is, a question ends in an answer or in an error.
func TestAnyEvidenceAnswers(t *testing.T) {
	_, record := newService(t, readArchive(t))
	log := slog.New(slog.DiscardHandler)
	searcher := retrieval.NewSearcher(record, embeddings.NewBuiltin(), log)
	settings := func(e *answer.Evidence) eval.Settings { return eval.Settings{{Name: "answer", Values: e}} }
	defaults := answer.DefaultEvidence()
	for _, s := range settings(&defaults).All() {
		for _, value := range []string{"0", "1", "1000000", "0s"} {
			evidence := answer.DefaultEvidence()
			if err := settings(&evidence).Set(s.Name + "=" + value); err != nil {
				continue
			}
			service := answer.NewService(searcher, new(answers), nil, "", log, answer.WithEvidence(evidence))
			got, err := service.Answer(t.Context(), answer.Request{Question: "What does Ole Brandt say about the toll?"}, nil)
			if (got == nil) == (err == nil) {
				t.Errorf("%s=%s: the answer is %v, %v", s.Name, value, got, err)
			}
			verifier := answer.NewVerifier(record, "", log, answer.WithEvidence(evidence))
			if _, err := verifier.VerifyAll(t.Context(), []answer.DraftQuote{{Text: "the toll is what it costs to keep the road"}}, retrieval.Filter{}); err != nil && fault.CodeOf(err) == fault.Internal {
				t.Errorf("%s=%s: %v", s.Name, value, err)
			}
		}
	}
}
