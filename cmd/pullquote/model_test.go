package main

import (
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/eval"
	"github.com/pullquote/pullquote/internal/llm"
	"github.com/pullquote/pullquote/internal/llm/llmtest"
	"github.com/pullquote/pullquote/transcript"
)

// withModel is the program with a model that a server scripts. A server that is
// silent is waited for shortly, one that is busy hardly.
func withModel(t *testing.T, s *services, server *llmtest.Server, patience time.Duration) *services {
	t.Helper()
	model, err := llm.New(llm.Config{
		BaseURL: server.URL, Model: "scripted", FirstPause: time.Millisecond, HTTPClient: server.Client(),
		Timeouts: llm.Timeouts{FirstToken: patience, BetweenTokens: patience},
	})
	if err != nil {
		t.Fatal(err)
	}
	other := *s
	other.answers = answer.NewService(s.searcher, s.store, model, "http://localhost", slog.New(slog.DiscardHandler))
	return &other
}

// TestHonestModel asks a model that points at the right sentences about
// transcripts that others wrote, in prose and in plans: all that it points at is quoted,
// exactly and with the right names, and nothing is withheld.
func TestHonestModel(t *testing.T) {
	t.Parallel()
	shared := sharedFolder(t)
	seeds := ingestFolder(t, filepath.Join(shared, "seeds"))
	for name, script := range map[string]llmtest.Script{"prose": llmtest.Honest(), "plans": llmtest.Planning()} {
		t.Run(name, func(t *testing.T) {
			askHonestModel(t, withModel(t, seeds, llmtest.New(t, llmtest.Shredded(1, script)), 0), shared)
		})
	}
}

func askHonestModel(t *testing.T, s *services, shared string) {
	scores, answers := askGold(t, s, filepath.Join(shared, "gold", "seed-questions.jsonl"))
	byModel, citations := 0, 0
	for _, a := range answers {
		if a.Notice != "" || len(a.Withheld) > 0 {
			t.Errorf("%s: an honest model is not trusted: %q, withheld %v", a.Question, a.Notice, a.Withheld)
		}
		if a.Mode == answer.ModeLLM {
			byModel++
		}
		citations += len(a.Citations)
	}
	t.Logf("%d of %d answers are the model's, with %d citations: %v", byModel, len(answers), citations, scores)
	if byModel < len(answers)*3/4 {
		t.Errorf("the model wrote only %d of %d answers", byModel, len(answers))
	}
}

// TestBrokenModel has a model's server break in every way: there is an answer
// all the same, and it says how it was made.
func TestBrokenModel(t *testing.T) {
	t.Parallel()
	samples := ingestFolder(t, filepath.Join("..", "..", "samples"))
	const question = "How many surges high enough to close the gate have there been since 1990?"
	for _, fault := range llmtest.Faults(llmtest.Honest()) {
		t.Run(fault.Name, func(t *testing.T) {
			t.Parallel()
			patience := time.Duration(0) // as users have it
			if strings.HasPrefix(fault.Name, "silence") {
				patience = 50 * time.Millisecond
			}
			s := withModel(t, samples, llmtest.New(t, fault.Script), patience)
			a := ask(t, s, eval.Case{Question: question})
			if err := verify(a, func(c answer.Citation) *transcript.Transcript {
				return stored(t, s, map[string]*transcript.Transcript{}, c.TranscriptID)
			}); err != nil {
				t.Error(err)
			}
			wantMode, wantNotice := answer.ModeExtractive, "so this one is made of the record's sentences alone."
			if fault.Passes {
				wantMode, wantNotice = answer.ModeLLM, ""
			}
			if a.Mode != wantMode || !strings.HasSuffix(a.Notice, wantNotice) || wantNotice == "" && a.Notice != "" {
				t.Errorf("mode %s, notice %q", a.Mode, a.Notice)
			}
			if !a.Answerable || !strings.Contains(a.Text, "We have had eleven surges of that height since 1990.") {
				t.Errorf("the answer is %q", a.Text)
			}
		})
	}
}
