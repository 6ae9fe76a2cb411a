package slackbot

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/slackbot/slacktest"
	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/transcript/model"
)

// ingredients are what random texts are made of: all that could be taken for markup,
// for an end of a quotation or for a citation's number.
var ingredients = []string{
	"harbour", "spring", "Jane", "said", "“quoted”", "‘so’", "[1]", "[2]", "” [1]", "(see)", "(Harbour briefing, 4 March 2026)", "?", ".", ",", "\n\n", "\t",
	"<!here>", "*bold*", ":tada:", "&amp;", "@channel", "https://evil.example/x", "שלום", "مرحبا", "日本語", "𝔊𝔲𝔩𝔩", "👩\u200d🚒", "é", "…", "—",
}

func someText(random *rand.Rand, most int) string {
	parts := make([]string, 1+random.IntN(most))
	for i := range parts {
		parts[i] = ingredients[random.IntN(len(ingredients))]
	}
	return strings.Join(parts, " ")
}

func someAnswer(random *rand.Rand) *answer.Answer {
	statements := make([][]any, 1+random.IntN(30))
	for i := range statements {
		for range 1 + random.IntN(3) {
			statements[i] = append(statements[i], someText(random, 12)+" ")
			c := roe(strings.TrimSpace("so " + someText(random, []int{3, 40, 400, 2000}[random.IntN(4)])))
			c.TranscriptTitle, c.Speaker = "Title", "Speaker"
			statements[i] = append(statements[i], c)
		}
		statements[i] = append(statements[i], someText(random, 6))
	}
	return write(statements...)
}

// Whatever an answer is: its quotations are shown as they are, in their order,
// each as a whole or not at all, and every limit holds.
func TestQuotationsAreShownExactly(t *testing.T) {
	for seed := range uint64(50) {
		random := rand.New(rand.NewPCG(seed, 0))
		a := someAnswer(random)
		o := shown
		o.Private, o.Model = random.IntN(2) == 0, random.IntN(2) == 0
		m := answerMessage(a, o)
		checkMessage(t, m)
		next := 0
		for _, q := range quotations(m.Blocks) {
			found := slices.IndexFunc(a.Citations[next:], func(c answer.Citation) bool { return c.Quote == q })
			if found < 0 {
				t.Fatalf("seed %d: %q is not the next quotation of the record", seed, q)
			}
			next += found + 1
		}
		if row, ok := m.Blocks[len(m.Blocks)-1].(*slack.ActionBlock); !ok || len(row.Elements.ElementSet) < 5 {
			t.Fatalf("seed %d: the buttons are cut off", seed)
		}
		for _, s := range a.Statements {
			checkStatement(t, s, a.Citations)
		}
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

// checkStatement holds the blocks of a statement to all its quotations, and to all
// that its prose has between quotation marks.
func checkStatement(t *testing.T, s answer.Statement, citations []answer.Citation) {
	t.Helper()
	var want []string
	for _, n := range s.Citations {
		want = append(want, citations[n-1].Quote)
	}
	blocks := statementBlocks(s.Text, citations[s.Citations[0]-1:s.Citations[len(s.Citations)-1]], shown)
	if got := quotations(blocks); !slices.Equal(got, want) {
		t.Errorf("%q shows %q; want %q", s.Text, got, want)
	}
	var marked int
	for _, b := range blocks {
		for _, e := range b.(*slack.RichTextBlock).Elements {
			if e, ok := e.(*slack.RichTextSection); ok {
				marked += strings.Count(textOf(e.Elements), "“quoted”")
			}
		}
	}
	prose := s.Text
	for _, n := range s.Citations {
		prose = strings.Replace(prose, citations[n-1].Quote, "", 1)
	}
	if want := strings.Count(prose, "“quoted”"); marked != want {
		t.Errorf("of %d quotations in the prose %q, %d are left", want, prose, marked)
	}
}

// The footer of an answer has the room that the statements leave.
func TestFooterFits(t *testing.T) {
	long := strings.Repeat("<long> ", 100)
	a := write(repeated(30, "Roe said: ", roe("Yes."))...)
	a.Answerable, a.Notice, a.Model = false, long, long
	a.Withheld = []answer.Withheld{{Reason: answer.ReasonAltered}, {Reason: answer.ReasonFabricated}}
	for i := range a.Citations {
		a.Citations[i].Speaker = "<long> <long> <long> <long> <long>"
	}
	o := shown
	o.Private, o.Model = true, true
	blocks := append(footer(a, o), continueBlock(a.ID, o))
	if len(blocks) > footerBlocks || weight(blocks) > footerCharacters {
		t.Errorf("%d blocks of %d characters", len(blocks), weight(blocks))
	}
}

func FuzzEscape(f *testing.F) {
	f.Add(hostile)
	f.Add(turned)
	f.Add("\xff\u202e\x00a\u2066")
	f.Add("*a* _b_ ~c~ `d` ```e``` :f: @here #g http://h.example www.h.example i@h.example _*a*_ (*a*) *a*. www.!0")
	f.Fuzz(func(t *testing.T, s string) {
		escaped := escape(s)
		if strings.ContainsAny(escaped, "<>\n") {
			t.Errorf("%q is escaped to %q", s, escaped)
		}
		if active := slacktest.Active(slacktest.Message{Text: escaped, Mrkdwn: true, LinkNames: true}); len(active) > 0 {
			t.Errorf("%q is escaped to %q, in which %v is active", s, escaped, active)
		}
		read := strings.NewReplacer(string(wordJoiner), "", string(graveAccent), "`", "&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(escaped)
		if want := strings.NewReplacer(string(wordJoiner), "", string(graveAccent), "`").Replace(words.InertLine(s)); read != want {
			t.Errorf("%q is escaped to %q, which reads %q", s, escaped, read)
		}
	})
}

func FuzzStatementBlocks(f *testing.F) {
	f.Add("Jane Roe said: “In spring.” [1] (Harbour briefing).", "In spring.", "Jane Roe")
	f.Add("“”” [2] [1]", "” [2]", turned)
	f.Add(hostile, hostile, hostile)
	f.Fuzz(func(t *testing.T, prose, quote, speaker string) {
		c := roe(words.Inert(quote))
		c.Speaker = model.Optional(speaker)
		a := write([]any{prose, c, prose})
		a.Citations[0].URL = "https://pullquote.example/t/1#turn-1"
		blocks := statementBlocks(a.Text, a.Citations, shown)
		checkElements(t, blocks)
		if c.Quote != "" && !slices.Contains(quotations(blocks), c.Quote) {
			t.Errorf("%q does not show %q", a.Text, c.Quote)
		}
		var b budget
		checkBlocks(t, b.statement(a.ID, prose+quote, a.Citations, shown))
	})
}
