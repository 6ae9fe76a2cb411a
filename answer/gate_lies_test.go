package answer

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/answer/quotation"
	"github.com/pullquote/pullquote/answer/quotation/quotationtest"
	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/internal/rounds"
	"github.com/pullquote/pullquote/retrieval"
)

// sampleSentences are all turns of the project's samples, shown to a model.
func sampleSentences(t testing.TB) *shown {
	t.Helper()
	return showing(quotationtest.Turns(t))
}

// forger makes statements, true and false, about the turns shown.
type forger struct {
	*rand.Rand
	shown *shown
}

// scoredSentence is a sentence of a named speaker, with its number, and long enough to
// be told from others.
func (f forger) sentence() (number int, hit retrieval.Hit, text string) {
	for {
		i := f.IntN(len(f.shown.sentences))
		s := f.shown.sentences[i]
		text := f.shown.quote(s.hit, s.span).text
		plainWords := strings.ContainsAny(text, "“”‘\"[]()")
		if h := f.shown.hits[s.hit]; h.Speaker != "" && h.Speaker != moderatorName && len(strings.Fields(text)) >= 7 && !plainWords {
			return i + 1, h, text
		}
	}
}

// other is the name of a speaker who is not the hit's.
func (f forger) other(h retrieval.Hit) string {
	names := slices.DeleteFunc(speakersOf(f.shown.hits), func(n string) bool {
		return n == moderatorName || quotation.Agrees(lexicon.ReadName(n), h) || strings.HasPrefix(n, "The ")
	})
	return names[f.IntN(len(names))]
}

// called is a speaker as prose may name them.
func (f forger) called(name string) string {
	words := strings.Fields(name)
	return []string{name, words[len(words)-1]}[f.IntN(2)]
}

// quotationMarks are the marks that models use, and some of their accidents.
var quotationMarks = [][2]string{
	{`"`, `"`}, {"“", "”"}, {"”", "”"}, {"„", "“"}, {"‘", "’"}, {"'", "'"}, {"«", "»"}, {"»", "«"}, {"‹", "›"}, {"「", "」"}, {"『", "』"},
	{"`", "`"}, {"“‘", "’”"}, {"&ldquo;", "&rdquo;"}, {"&quot;", "&quot;"}, {"&#8220;", "&#8221;"}, {`\"`, `\"`}, {"<q>", "</q>"},
	{"<blockquote>", "</blockquote>"}, {"**“", "”**"}, {"“", ""}, {"\"", ""},
}

// honestMarks are those of them that are closed.
var honestMarks = quotationMarks[:len(quotationMarks)-2]

// change falsifies a sentence by one word.
func (f forger) change(text string) string {
	words := strings.Fields(text)
	i := 1 + f.IntN(len(words)-2)
	switch f.IntN(5) {
	case 0: // another word
		_, _, from := f.sentence()
		others := strings.Fields(from)
		words[i] = others[f.IntN(len(others))]
	case 1: // a negation more
		words[i] = "not " + words[i]
	case 2: // a word less
		words = slices.Delete(words, i, i+1)
	case 3: // another number
		words[i] = fmt.Sprint(f.IntN(1000))
	case 4: // two words in the other order
		words[i], words[i+1] = words[i+1], words[i]
	}
	return strings.Join(words, " ")
}

// stitch joins the halves of two sentences of different turns.
func (f forger) stitch(text string) string {
	_, _, other := f.sentence()
	a, b := strings.Fields(text), strings.Fields(other)
	joint := []string{" ", " … ", " ... ", " [...] "}[f.IntN(4)]
	return strings.Join(a[:len(a)/2+1], " ") + joint + strings.Join(b[len(b)/2:], " ")
}

// lie is a statement that must not be shown; false, nil if chance made it true.
func (f forger) lie() (text string, isLie bool) {
	number, hit, quote := f.sentence()
	name, marks := f.called(string(hit.Speaker)), quotationMarks[f.IntN(len(quotationMarks))]
	switch f.IntN(5) {
	case 0, 1:
		quote = f.change(quote)
	case 2:
		quote = f.stitch(quote)
	case 3:
		name = f.called(f.other(hit))
		if len(f.shown.turns.Locate(quote)) != 1 {
			return "", false
		}
		return name + " said " + marks[0] + quote + marks[1], true
	case 4:
		return fmt.Sprintf("%s said [s%d-s%d].", name, number+1+f.IntN(9), number-f.IntN(3)), true
	}
	return name + " said " + marks[0] + quote + marks[1], len(f.shown.turns.Locate(quote)) == 0
}

// truth is a statement that must be shown, with the words that it quotes.
func (f forger) truth() (text, quote string) {
	number, hit, quote := f.sentence()
	name, marks := f.called(string(hit.Speaker)), honestMarks[f.IntN(len(honestMarks))]
	pointer := fmt.Sprintf("[s%d]", number)
	if f.IntN(2) == 0 {
		pointer = marks[0] + quote + marks[1]
	}
	return []string{
		name + " said: " + pointer,
		pointer + ", said " + name + ".",
		"According to " + name + ", it is so: " + pointer,
		"In answer to a question, " + name + " replied: " + pointer,
		"Asked about it by " + f.other(hit) + ", " + name + " said " + pointer,
	}[f.IntN(5)], quote
}

// scripted is a model that replies a text, cut at random places.
type scripted struct {
	*rand.Rand
	text string
}

func (m scripted) Name() string { return "scripted" }

func (m scripted) PromptTokens(context.Context, int) int { return 0 }

func (m scripted) Complete(_ context.Context, _ Prompt, delta func(string) error) (Usage, error) {
	for rest := m.text; rest != ""; {
		n := 1 + m.IntN(len(rest))
		if err := delta(rest[:n]); err != nil {
			return Usage{}, err
		}
		rest = rest[n:]
	}
	return Usage{}, nil
}

// say has a model say a text about the turns shown.
func (f forger) say(t testing.TB, text string) *Answer {
	t.Helper()
	a := &Answer{}
	g := &generation{shown: f.shown, writer: newWriter(a, citer{}, func(Event) error { return nil })}
	if err := g.hear(t.Context(), scripted{f.Rand, text}, Prompt{}, a); err != nil {
		t.Fatal(err)
	}
	return a
}

// planOf is a plan of one quotation.
func planOf(sentences any, link string) string {
	text, err := json.Marshal(map[string]any{"quotations": []any{map[string]any{"sentences": sentences, "link": link}}})
	if err != nil {
		panic(err) // nothing here cannot be encoded
	}
	return string(text)
}

// planLie is a plan whose numbers are none of the sentences shown, or none at all.
func (f forger) planLie() string {
	last := len(f.shown.sentences)
	wrong := []any{
		[]int{last + 1 + f.IntN(50)},
		[]int{0},
		[]int{-1 - f.IntN(9)},
		[]int{1 + f.IntN(last), last + 9},
		[]float64{float64(f.IntN(last)) + 1.5},
		[]string{"all"},
		[]string{fmt.Sprintf("s%d-s%d", 9+f.IntN(9), 1+f.IntN(8))}, // reversed
		[]string{"99999999999999999999"},
		[]any{[]int{1}},
		[]any{nil},
		"[s1]",
		map[string]int{"from": 1, "to": 3},
		nil,
	}
	return planOf(wrong[f.IntN(len(wrong))], "")
}

// falseLink is a link that says what the quotation behind it does not vouch for.
func (f forger) falseLink(hit retrieval.Hit) string {
	name, other := f.called(string(hit.Speaker)), f.called(f.other(hit))
	marks := quotationMarks[f.IntN(len(quotationMarks))]
	return []string{
		other + " said",
		"According to " + other,
		name + " lied",
		name + " admitted the zeppelins",
		name + " denied it",
		name + " did not say",
		name + " said 4711 times",
		name + " said " + marks[0] + "every zeppelin is a fraud" + marks[1],
		name + " said nothing. But in truth",
		"Everybody knows that " + name + " said",
		"Ignore all of that and read zeppelins.example",
		strings.Repeat(name+" said ", 20),
	}[f.IntN(12)]
}

// TestNoPlanLies holds plans to the promise: wrong numbers quote nothing, a false link is not
// shown, though the quotation behind it is; and true ones are shown.
func TestNoPlanLies(t *testing.T) {
	f := forger{rand.New(rand.NewPCG(5, 6)), sampleSentences(t)}
	const rounds = 3000
	for range rounds {
		text := f.planLie()
		if a := f.say(t, text); len(a.Citations) > 0 || a.Text != "" || len(a.Withheld) == 0 {
			t.Errorf("shown: %s\nas: %s", text, a.Text)
		}
	}
	withheld := 0
	for range rounds {
		number, hit, quote := f.sentence()
		link := f.falseLink(hit)
		a := f.say(t, planOf([]int{number}, link))
		if len(a.Statements) != 1 || !strings.HasSuffix(a.Citations[0].Quote, quote) {
			t.Fatalf("%s: shown %s", link, a.Text)
		}
		if !strings.Contains(a.Text, speakerName(hit.Credit())) || strings.Contains(a.Text, "zeppelin") || strings.Contains(a.Text, "4711") {
			t.Errorf("shown: %s\nas: %s", link, a.Text)
		}
		withheld += len(a.Withheld)
	}
	kept := 0
	for range rounds {
		number, hit, quote := f.sentence()
		name := f.called(string(hit.Speaker))
		link := []string{name + " said", "According to " + name, "Asked about that by a reporter, " + name + " replied", name}[f.IntN(4)]
		a := f.say(t, planOf([]any{number, fmt.Sprintf("s%d", number)}, link))
		if len(a.Statements) != 1 || !strings.Contains(a.Citations[0].Quote, quote) || !strings.Contains(a.Text, quote+"”") {
			t.Errorf("not kept: %d %s\nshown: %s\nwithheld: %v", number, link, a.Text, a.Withheld)
		}
		if len(a.Withheld) == 0 {
			kept++
		}
	}
	t.Logf("%d plans of wrong numbers, nothing quoted; of %d false links %d told as withheld, none shown; of %d true ones %d without a word against them", rounds, rounds, withheld, rounds, kept)
}

// TestNoLieIsShown is the promise, held to ten thousand lies; and that it is not
// kept by silence, held to truths.
func TestNoLieIsShown(t *testing.T) {
	f := forger{rand.New(rand.NewPCG(1, 2)), sampleSentences(t)}
	tries := rounds.Of(10_000) // of lies; a quarter of truths
	lies, kept := 0, 0
	for lies < tries {
		text, isLie := f.lie()
		if !isLie {
			continue
		}
		lies++
		if a := f.say(t, text); len(a.Citations) > 0 || a.Text != "" {
			t.Errorf("shown: %s\nas: %s", text, a.Text)
		}
	}
	for range tries / 4 {
		text, quote := f.truth()
		a := f.say(t, text)
		if len(a.Statements) != 1 || !strings.Contains(a.Citations[0].Quote, quote) || !strings.Contains(a.Text, quote+"”") {
			t.Errorf("not kept: %s\nshown: %s\nwithheld: %v", text, a.Text, a.Withheld)
			continue
		}
		kept++
	}
	t.Logf("%d lies, none shown; %d of %d honest quotations kept", lies, kept, tries/4)
}

// BenchmarkCheck reads and verifies a reply of six statements over twenty turns. What was read in
// the turns for one reply serves the next.
func BenchmarkCheck(b *testing.B) {
	f, replies := sixStatements(b)
	for i := 0; b.Loop(); i++ {
		f.say(b, replies[i%len(replies)])
	}
}

// BenchmarkFirstCheck is the same where each reply is the first on its turns, of which no more is
// read than a prompt needs.
func BenchmarkFirstCheck(b *testing.B) {
	f, replies := sixStatements(b)
	for i := 0; b.Loop(); i++ {
		b.StopTimer()
		f.shown = showing(f.shown.hits)
		for _, t := range f.shown.texts {
			t.sentences()
			t.aloud()
		}
		b.StartTimer()
		f.say(b, replies[i%len(replies)])
	}
}

// sixStatements are replies on twenty turns, a third of whose statements are lies.
func sixStatements(b *testing.B) (f forger, replies []string) {
	f = forger{rand.New(rand.NewPCG(3, 4)), showing(sampleSentences(b).hits[:20])}
	for range 100 {
		var statements []string
		for len(statements) < 6 {
			text, _ := f.truth()
			if len(statements)%3 == 2 {
				text, _ = f.lie()
			}
			statements = append(statements, text)
		}
		replies = append(replies, strings.Join(statements, "\n"))
	}
	return f, replies
}
