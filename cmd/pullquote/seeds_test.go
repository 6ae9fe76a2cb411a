package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/eval"
	"github.com/pullquote/pullquote/internal/postgres/postgrestest"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript"
)

// TestSeeds asks questions of transcripts that others wrote.
func TestSeeds(t *testing.T) {
	t.Parallel()
	shared := sharedFolder(t)
	scores, _ := askGold(t, ingestFolder(t, filepath.Join(shared, "seeds")), filepath.Join(shared, "gold", "seed-questions.jsonl"))
	scores.atLeast(t, map[string]int{
		"answerable": 9, "unanswerable": 3, "declined": 1, "asked": 1, "misattribution": 1, "narration": 1, "followup": 1, "cross": 1,
	})
}

// sharedFolder holds transcripts that others wrote, where there are some.
func sharedFolder(t *testing.T) string {
	t.Helper()
	shared := filepath.Join("..", "..", "..", "shared")
	if _, err := os.Stat(shared); errors.Is(err, fs.ErrNotExist) {
		t.Skip("there is no folder of shared transcripts")
	}
	return shared
}

// TestSamples asks questions of our own transcripts. The figures are what was
// reached so far: they may rise, and never fall. No unanswerable question may be
// answered.
func TestSamples(t *testing.T) {
	t.Parallel()
	samples := filepath.Join("..", "..", "samples")
	scores, _ := askGold(t, ingestFolder(t, samples), filepath.Join(samples, "questions.jsonl"))
	scores.atLeast(t, map[string]int{
		"answerable": 6, "unanswerable": scores["unanswerable"].asked,
		"declined": 2, "asked": 1, "misattribution": 2, "narration": 2, "followup": 1, "cross": 1,
	})
}

// TestNearMisses asks for what stands close to the record and is not in it, and for
// what is: nobody should have to trust a program that declines everything.
func TestNearMisses(t *testing.T) {
	t.Parallel()
	samples := filepath.Join("..", "..", "samples")
	scores, _ := askGold(t, ingestFolder(t, samples), filepath.Join(samples, "abstention.jsonl"))
	scores.atLeast(t, map[string]int{"answerable": 16, "unanswerable": 10})
}

// scores counts, for each kind of question, how many came out well.
type scores map[string]score

type score struct{ good, asked int }

func (s scores) atLeast(t *testing.T, want map[string]int) {
	t.Helper()
	for _, kind := range slices.Sorted(maps.Keys(s)) {
		t.Logf("%-14s %2d of %2d", kind, s[kind].good, s[kind].asked)
		if s[kind].good < want[kind] {
			t.Errorf("%d %s questions came out well, want %d", s[kind].good, kind, want[kind])
		}
	}
	if len(s) != len(want) {
		t.Errorf("there are %d kinds of questions, want %d", len(s), len(want))
	}
}

// askGold asks the questions and counts those that came out well. What breaks the promise fails the test, however many did well.
func askGold(t *testing.T, s *services, questions string) (scores, []*answer.Answer) {
	t.Helper()
	var answers []*answer.Answer
	transcripts := map[string]*transcript.Transcript{}
	counts := scores{}
	for _, g := range readGold(t, questions) {
		a := ask(t, s, g)
		answers = append(answers, a)
		err := verify(a, func(c answer.Citation) *transcript.Transcript { return stored(t, s, transcripts, c.TranscriptID) })
		if err != nil {
			t.Errorf("%s: %s: %v", g.ID, g.Question, err)
		}
		for _, c := range a.Citations {
			for _, wrong := range g.MustNot {
				if string(c.Speaker) == wrong[0] && strings.Contains(c.Quote, wrong[1]) {
					t.Errorf("%s: %s: %s is credited with %q", g.ID, g.Question, c.Speaker, c.Quote)
				}
			}
		}
		count := counts[g.Kind]
		count.asked++
		if err := judge(g, a); err != nil {
			t.Logf("%s: %s: %v: %s", g.ID, g.Question, err, a.Text)
		} else {
			count.good++
		}
		counts[g.Kind] = count
	}
	return counts, answers
}

// judge says what a good answer has and this one lacks.
func judge(g eval.Case, a *answer.Answer) error {
	if g.Declines() {
		if a.Answerable {
			return errors.New("answered what the record does not answer")
		}
		return nil
	}
	quoted := errors.New("no quotation of the words that answer")
	for _, c := range a.Citations {
		for _, q := range g.Quotes {
			switch {
			case !strings.Contains(c.Quote, q) && !strings.Contains(q, c.Quote):
			case g.Speaker != "" && c.Speaker != g.Speaker || c.Role != g.Role:
				quoted = fmt.Errorf("credited to %s, %s", c.Speaker, c.Role)
			default:
				return nil
			}
		}
	}
	return quoted
}

// ingestFolder stores the transcripts of a folder in a database of the test's own.
func ingestFolder(t *testing.T, folder string) *services {
	t.Helper()
	a := &app{config: defaults(), environment: environment{stdout: io.Discard, stderr: io.Discard}}
	a.log = slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))
	a.config.databaseURL, a.config.embeddingModel = postgrestest.Migrated(t), builtinModel
	s, err := a.open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.close)
	found, err := find([]string{folder})
	if err != nil {
		t.Fatal(err)
	}
	i := ingestion{app: a, found: found, request: retrieval.AddRequest{Collection: retrieval.DefaultCollection}}
	if err := errors.Join(i.add(t.Context(), s.library), i.finish()); err != nil {
		t.Fatal(err)
	}
	return s
}

// ask asks the earlier questions of the conversation, and then the question.
func ask(t *testing.T, s *services, g eval.Case) (a *answer.Answer) {
	t.Helper()
	conversation := ""
	for _, question := range append(g.History, g.Question) {
		var err error
		a, err = s.answers.Answer(t.Context(), answer.Request{Question: question, ConversationID: conversation}, nil)
		if err != nil {
			t.Fatalf("%s: %s: %v", g.ID, question, err)
		}
		conversation = a.ConversationID
	}
	return a
}

// stored is a transcript as the database has it.
func stored(t *testing.T, s *services, known map[string]*transcript.Transcript, id string) *transcript.Transcript {
	t.Helper()
	if known[id] == nil {
		text, err := s.library.Text(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		turns, err := s.library.Turns(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		known[id] = &transcript.Transcript{Text: text, Turns: turns}
	}
	return known[id]
}

func readGold(t *testing.T, path string) []eval.Case {
	t.Helper()
	cases, err := readFrom(path, eval.Read)
	if err != nil {
		t.Fatal(err)
	}
	return cases
}
