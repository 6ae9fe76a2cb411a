package answer_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/retrieval"
)

// Paragraphs in which quotations are written as they are in answers: {a:words} is one of the
// transcript a.
func redactable(t *testing.T, text string) *answer.Answer {
	t.Helper()
	a := &answer.Answer{
		Question: "What of the toll?", Notice: "Read secrt as secret.", DidYouMean: []retrieval.Respelling{{}}, Statements: []answer.Statement{},
		Withheld: []answer.Withheld{{Text: "a model's secret", Reason: answer.ReasonAltered}},
		Nearest:  []retrieval.Hit{{TranscriptID: "a", Text: "secret"}, {TranscriptID: "b", Text: "plain"}},
	}
	for {
		before, rest, found := strings.Cut(text, "{")
		a.Text += before
		if !found {
			return a
		}
		id, rest, _ := strings.Cut(rest, ":")
		quote, rest, _ := strings.Cut(rest, "}")
		n := len(a.Citations) + 1
		start := len([]rune(a.Text)) + 1
		a.Citations = append(a.Citations, answer.Citation{
			Number: n, Quote: quote, Status: answer.StatusExact, TranscriptID: id, TranscriptTitle: "secret title", Speaker: "Secret Speaker",
			Prefix: "secret before", Suffix: "secret behind", Question: &retrieval.QuestionTurn{Text: "a secret?"},
			AnswerStart: start, AnswerEnd: start + len([]rune(quote)),
		})
		a.Text += "“" + quote + "” [" + string(rune('0'+n)) + "]"
		text = rest
	}
}

func TestRedact(t *testing.T) {
	t.Parallel()
	const gone = "[Redacted: the transcript has been deleted.]"
	for _, c := range []struct{ name, text, want string }{
		{"one", "Roe said: {a:secret}", gone + " [1]"},
		{"with the question that it answers", "Roe said: {a:secret} The question was: {a:a secret?}", gone + " [1] " + gone + " [2]"},
		{"what stays moves", "Roé said: {a:secret}\n\nPoe said: {b:pläin}", gone + " [1]\n\nPoe said: “pläin” [2]"},
		{"what stays comes first", "Poe said: {b:plain}\n\nRoe said: {a:secret}, secretly.", "Poe said: “plain” [1]\n\n" + gone + " [2]"},
		{"both in a statement", "Poe: {b:plain}; secret Roe: {a:secret}.\n\nLast, Poe: {b:more}.", "Poe: “plain” [1] " + gone + " [2]\n\nLast, Poe: “more” [3]."},
		{"the other way round", "Secret Roe: {a:secret}; Poe: {b:plain}.", gone + " [1]; Poe: “plain” [2]."},
		{"a paragraph within a quotation", "Roe said: {a:secret\n\nsecret}\n\nPoe: {b:plain\n\nplain}", gone + " [1]\n\nPoe: “plain\n\nplain” [2]"},
		{"statements that quote nothing", "The latest is a secret.\n\nRoe: {a:secret}\n\nBesides: a secret.", gone + "\n\n" + gone + " [1]\n\n" + gone},
		{"of another transcript", "Poe said: {b:plain}\n\nBesides: Roe.", "Poe said: “plain” [1]\n\n" + gone},
		{"no quotation", "Mr. Secret does not speak in this record. The nearest name is Roe.", gone},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			a := redactable(t, c.text)
			for range 2 { // the second time there is nothing to do
				a.Redact(map[string]bool{"a": true})
				if a.Text != c.want {
					t.Fatalf("the text is\n%q\nwant\n%q", a.Text, c.want)
				}
			}
			checkPlaces(t, a)
			if whole := without(t, a, "b"); strings.Contains(strings.ToLower(whole), "secret") {
				t.Errorf("words of the deleted transcript are left: %s", whole)
			}
			if a.Redact(map[string]bool{"b": true}); len(answer.Standing(a.Citations)) > 0 || len(a.Citations) > 0 && (strings.Contains(a.Text, "“") || strings.Contains(a.Text, "Poe")) {
				t.Errorf("when the other transcript is deleted, too, it says %q of %+v", a.Text, a.Citations)
			}
			checkPlaces(t, a)
		})
	}
}

// without is an answer as JSON without the citations of a transcript.
func without(t *testing.T, a *answer.Answer, id string) string {
	t.Helper()
	rest := *a
	rest.Citations = slices.DeleteFunc(slices.Clone(a.Citations), func(c answer.Citation) bool { return c.TranscriptID == id })
	whole, err := json.Marshal(rest)
	if err != nil {
		t.Fatal(err)
	}
	return string(whole)
}

// checkPlaces holds citations to the words that stand at their places, and statements to the text.
func checkPlaces(t *testing.T, a *answer.Answer) {
	t.Helper()
	text := []rune(a.Text)
	for _, c := range a.Citations {
		if got := string(text[c.AnswerStart:c.AnswerEnd]); got != c.Quote || c.Redacted != (got == "") || c.Redacted != (c.RedactedReason != "") {
			t.Errorf("citation %d stands at %q: %+v", c.Number, got, c)
		}
	}
	var texts []string
	for _, s := range a.Statements {
		texts = append(texts, s.Text)
	}
	if joined := strings.Join(texts, "\n\n"); len(texts) > 0 && joined != a.Text {
		t.Errorf("the statements are %q, the text %q", joined, a.Text)
	}
}

// What is under embargo goes out of an answer that was read; of a transcript of which one turn is,
// the others stay. An answer that was made since is left alone, unless it quotes it.
func TestClose(t *testing.T) {
	t.Parallel()
	const gone = "[Redacted: these words may not be shown at present.]"
	turn := 7
	for _, c := range []struct {
		name  string
		turn  *int // of transcript a; nil for the whole
		since bool
		want  string
		left  bool // DidYouMean
	}{
		{"the whole", nil, true, gone + " [1]\n\nPoe said: “plain” [2]", false},
		{"the turn that is quoted", new(int), true, gone + " [1]\n\nPoe said: “plain” [2]", false},
		{"the turn that is quoted, by another clock", new(int), false, gone + " [1]\n\nPoe said: “plain” [2]", false},
		{"another turn, which may have led to the rest", &turn, true, "Roe said: “secret” [1]\n\nPoe said: “plain” [2]", false},
		{"another turn, from before the answer", &turn, false, "Roe said: “secret” [1]\n\nPoe said: “plain” [2]", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			a := redactable(t, "Roe said: {a:secret}\n\nPoe said: {b:plain}")
			var closed answer.Closed
			closed.Add("a", c.turn, c.since)
			a.Close(closed)
			if a.Text != c.want || (a.DidYouMean != nil) != c.left {
				t.Errorf("the text is\n%q\nwant\n%q\nand %v", a.Text, c.want, a.DidYouMean)
			}
			checkPlaces(t, a)
		})
	}
}
