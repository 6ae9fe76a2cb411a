package answer_test

import (
	"strings"
	"testing"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/retrieval"
)

// TestTyping asks as people type: in small letters, misspelt, without a question mark. The
// answer is that to the question as it was meant, and says what was read otherwise.
func TestTyping(t *testing.T) {
	service, record := newService(t, readArchive(t))
	ask := func(question string, filter retrieval.Filter) *answer.Answer {
		t.Helper()
		got, err := service.Answer(t.Context(), answer.Request{Question: question, Filter: filter}, nil)
		if err != nil {
			t.Fatal(err)
		}
		checkAnswer(t, record, got)
		return got
	}
	for _, test := range []struct{ typed, meant, notice string }{
		{"how much does the bridge at ostvik cost", "How much does the bridge at Ostvik cost?", ""},
		{"how much does the brigde at ostvik cost", "How much does the bridge at Ostvik cost?", "Read brigde as bridge."},
		{"who asked about the pillers", "Who asked about the pillars?", "Read pillers as pillars."},
		{"what did brandt say about the toll", "What did Brandt say about the toll?", ""},
		{"what did brandtt say about the toll", "What did Brandt say about the toll?", "Read brandtt as Brandt."},
		{"waht did emil sand ask", "What did Emil Sand ask?", "Read waht as what."},
		{"do cyclits pay the toll", "Do cyclists pay the toll?", "Read cyclits as cyclists."},
	} {
		t.Run(test.typed, func(t *testing.T) {
			got, want := ask(test.typed, retrieval.Filter{}), ask(test.meant, retrieval.Filter{})
			if got.Text != want.Text || got.Notice != test.notice || got.Question != test.typed {
				t.Errorf("%q is answered %q (%s), want %q (%s)", got.Question, got.Text, got.Notice, want.Text, test.notice)
			}
		})
	}
	t.Run("a name that differs in what is heard is nobody's but its own", func(t *testing.T) {
		got := ask("What did Brant say about the toll?", retrieval.Filter{})
		for _, c := range got.Citations {
			if c.Speaker == "Ole Brandt" && !strings.Contains(got.Notice, "Brandt") {
				t.Errorf("%q is answered with Brandt's words, without a word of it: %s", got.Question, got.Text)
			}
		}
	})
	t.Run("where there is nothing it says why", func(t *testing.T) {
		for filter, notice := range map[retrieval.Filter]string{
			{Collection: "elsewhere"}: "There is no collection elsewhere.",
			{Speaker: "Zoe Quill"}:    "Nobody called Zoe Quill speaks in the collection default.",
			{From: "2099-01-01"}:      "Nothing in the collection default matches the filter: from 2099-01-01.",
		} {
			got := ask("How much does the bridge cost?", filter)
			if got.Answerable || got.Text != answer.NotAnswered || !strings.HasPrefix(got.Notice, notice) {
				t.Errorf("%+v: %v %q %q", filter, got.Answerable, got.Text, got.Notice)
			}
		}
	})
	t.Run("another language is told", func(t *testing.T) {
		got := ask("Warum wurden die Pfeiler so schnell gebaut?", retrieval.Filter{})
		if !strings.HasPrefix(got.Notice, "The question seems to be in German, and the record in English.") {
			t.Errorf("%q %q", got.Text, got.Notice)
		}
	})
	t.Run("what is no question is declined", func(t *testing.T) {
		for _, question := range []string{
			strings.Repeat("x", 300), strings.Repeat("bridge", 600), "🌉🌉🌉", "\x00\x01\x1b[2J\u202e", "qwfp zxcv arst neio", "?", "%' OR 1=1; --", "の",
		} {
			if got := ask(question, retrieval.Filter{}); got.Answerable || got.Notice != "" {
				t.Errorf("%q is answered: %q (%s)", question, got.Text, got.Notice)
			}
		}
	})
}
