package quotation

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/pullquote/pullquote/answer/quotation/quotationtest"
	"github.com/pullquote/pullquote/retrieval"
)

// liar makes honest and dishonest quotations of a record.
type liar struct {
	*rand.Rand
	record []retrieval.Hit
	plain  map[string]string // plainWords of the turns' texts
}

func newLiar(t testing.TB, seed uint64) liar {
	l := liar{rand.New(rand.NewPCG(seed, seed)), quotationtest.Turns(t), map[string]string{}}
	for _, h := range l.record {
		l.plain[h.Text] = plainWords(h.Text)
	}
	return l
}

// span is a run of words of a random turn.
func (l liar) span(least int) (words []string, turn int) {
	for {
		turn = l.IntN(len(l.record))
		words = strings.Fields(l.record[turn].Text)
		if n := len(words); n >= least {
			length := least + l.IntN(min(n-least, 25)+1)
			first := l.IntN(n - length + 1)
			return slices.Clone(words[first : first+length]), turn
		}
	}
}

// shown are some turns of the record, among them those that are needed.
func (l liar) shown(needed ...int) []retrieval.Hit {
	turns := l.Perm(len(l.record))[:17]
	for _, i := range needed {
		if !slices.Contains(turns, i) {
			turns = append(turns, i)
		}
	}
	var hits []retrieval.Hit
	for _, i := range turns {
		hits = append(hits, l.record[i])
	}
	return hits
}

// speakers are the names of those who speak.
func (l liar) speakers() []string {
	var names []string
	for _, h := range l.record {
		if h.Speaker != "" {
			names = append(names, string(h.Speaker))
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// disguises change a quotation as typesetting does, and nothing else.
var disguises = []func(liar, string) string{
	func(_ liar, q string) string { return q },
	func(_ liar, q string) string {
		return strings.NewReplacer("’", "'", "“", "'", "”", "'", "–", "-", "…", "...").Replace(q)
	},
	func(_ liar, q string) string {
		return strings.NewReplacer("“", "«", "”", "»", " – ", "—").Replace(q)
	},
	func(_ liar, q string) string { return strings.ReplaceAll(q, "-", "\u2011") },
	func(_ liar, q string) string { return strings.ReplaceAll(q, " ", "\u00a0 \n") },
	func(_ liar, q string) string { return norm.NFD.String(q) },
	func(_ liar, q string) string { return "… " + q + " …" },
	func(_ liar, q string) string { return strings.TrimRight(q, ".,;:–") + "," },
	func(l liar, q string) string {
		runes := []rune(q)
		i := l.IntN(len(runes))
		return string(runes[:i]) + "\u00ad" + string(runes[i:])
	},
}

// plainWords is a text as nothing but its words, in their case: another way than
// fold to see whether a text holds another.
func plainWords(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Cf, r):
			return -1
		case unicode.IsLetter(r) || unicode.IsNumber(r):
			return r
		}
		return ' '
	}, norm.NFC.String(text))
	return " " + strings.Join(strings.Fields(text), " ") + " "
}

// holds reports whether a text has the words of a quotation, in either case of
// its first letter.
func (l liar) holds(text, quote string) bool {
	plain, known := l.plain[text]
	if !known {
		plain = plainWords(text)
	}
	quote = plainWords(strings.ReplaceAll(strings.ReplaceAll(quote, "[", ""), "]", ""))
	other := []rune(quote)
	for i, r := range other[:min(2, len(other))] {
		other[i] = unicode.ToLower(r)
		if unicode.IsLower(r) {
			other[i] = unicode.ToUpper(r)
		}
	}
	return strings.Contains(plain, quote) || strings.Contains(plain, string(other))
}

func TestHonestQuotationsHold(t *testing.T) {
	l := newLiar(t, 1)
	const want = 3000
	ambiguous := 0
	for n := range want {
		words, turn := l.span(4)
		hit := l.record[turn]
		quote := disguises[n%len(disguises)](l, strings.Join(words, " "))
		claim := []string{"", string(hit.Speaker)}[n/len(disguises)%2]
		shown := l.shown(turn)
		turns := NewTurns(shown, DefaultThresholds())
		j := turns.Judge(DraftQuote{Text: quote, Speaker: claim})
		if j.Status == StatusAmbiguous { // then it must stand with another speaker too
			ambiguous++
			if others := slices.DeleteFunc(shown, func(h retrieval.Hit) bool {
				return h.TranscriptID == hit.TranscriptID && h.Speaker == hit.Speaker || !l.holds(h.Text, quote)
			}); len(others) == 0 {
				t.Errorf("%q is of %s alone, and ambiguous", quote, hit.Speaker)
			}
			continue
		}
		if j.Status != StatusExact && j.Status != StatusNormalized {
			t.Errorf("%q by %q is %s, want it to hold", quote, claim, j.Status)
			continue
		}
		checkHolds(t, l, turns, quote, claim, j)
	}
	t.Logf("%d honest quotations kept, %d said by several", want-ambiguous, ambiguous)
}

// checkHolds checks what must be true whenever a quotation is accepted.
func checkHolds(t *testing.T, l liar, turns *Turns, quote, claim string, j Judgement) {
	t.Helper()
	m := j.Matches[0]
	hit := turns.turns[m.Hit].hit
	text := string([]rune(hit.Text)[m.Span.Start-hit.Start : m.Span.End-hit.Start])
	if !l.holds(text, quote) {
		t.Errorf("%q is accepted as %q", quote, text)
	}
	if (j.Status == StatusExact) != (text == strings.TrimSpace(quote)) {
		t.Errorf("%q is %s of %q", quote, j.Status, text)
	}
	if claim != "" && claim != string(hit.Speaker) {
		t.Errorf("%q is credited to %q and by %q", quote, claim, hit.Speaker)
	}
}

// lies change the words of a quotation; what they return may by chance be true.
var lies = []struct {
	name string
	tell func(l liar, words []string) []string
}{
	{"two words change places", func(l liar, w []string) []string {
		i := l.IntN(len(w) - 1)
		w[i], w[i+1] = w[i+1], w[i]
		return w
	}},
	{"a word is another of the record", func(l liar, w []string) []string {
		other, _ := l.span(4)
		w[l.IntN(len(w))] = other[0]
		return w
	}},
	{"a negation is put in", func(l liar, w []string) []string { return slices.Insert(w, 1+l.IntN(len(w)-1), "not") }},
	{"a negation is taken out", func(_ liar, w []string) []string {
		for i := range w {
			w[i] = strings.NewReplacer("n’t", "", "never", "always", "No", "Yes", "nobody", "everybody").Replace(w[i])
		}
		return slices.DeleteFunc(w, func(s string) bool { return s == "not" || s == "no" })
	}},
	{"a number is another", func(_ liar, w []string) []string {
		numbers := map[string]string{"two": "three", "three": "two", "four": "five", "eleven": "nine", "million": "billion", "hundred": "thousand",
			"one": "two", "fifty": "sixty", "sixty": "forty", "metres": "kilometres", "twelve": "ten", "eight": "six", "nine": "ninety"}
		for i, s := range w {
			if n, ok := numbers[strings.Trim(s, ".,")]; ok {
				w[i] = n
			}
			w[i] = strings.NewReplacer("1", "2", "2", "7", "3", "8", "0", "9").Replace(w[i])
		}
		return w
	}},
	{"a word inside is left out", func(l liar, w []string) []string {
		i := 1 + l.IntN(len(w)-2)
		return slices.Delete(w, i, i+1)
	}},
	{"a word is put in", func(l liar, w []string) []string {
		other, _ := l.span(4)
		return slices.Insert(w, 1+l.IntN(len(w)-1), other[1])
	}},
	{"a word ends early", func(l liar, w []string) []string {
		i := len(w) - 1
		w[i] = string([]rune(w[i])[:max(1, len([]rune(w[i]))-1-l.IntN(3))])
		return w
	}},
	{"it is stitched", func(l liar, w []string) []string {
		other, _ := l.span(4)
		return append(w, other...)
	}},
	{"it is stitched with an ellipsis", func(l liar, w []string) []string {
		other, _ := l.span(4)
		return append(append(w, "…"), other...)
	}},
	{"the middle is an ellipsis", func(l liar, w []string) []string {
		i := 1 + l.IntN(len(w)-2)
		w[i] = []string{"...", "…", "[…]", ". . ."}[l.IntN(4)]
		return w
	}},
	{"the halves change places", func(l liar, w []string) []string {
		i := 1 + l.IntN(len(w)-2)
		return slices.Concat(w[i:], w[:i])
	}},
}

func TestLiesDoNotHold(t *testing.T) {
	l := newLiar(t, 2)
	for _, lie := range lies {
		t.Run(lie.name, func(t *testing.T) {
			told := 0
			var shown []retrieval.Hit
			var turns *Turns
			for n := 0; told < 500 && n < 20_000; n++ {
				if n%10 == 0 { // as many as an answer has
					shown = l.shown()
					turns = NewTurns(shown, DefaultThresholds())
				}
				words, turn := liar{l.Rand, shown, l.plain}.span(5)
				quote := strings.Join(lie.tell(l, words), " ")
				quote = disguises[n%len(disguises)](l, quote)
				if slices.ContainsFunc(shown, func(h retrieval.Hit) bool { return l.holds(h.Text, quote) }) {
					continue // true after all
				}
				told++
				if j := turns.Judge(DraftQuote{Text: quote, Speaker: string(shown[turn].Speaker)}); j.Status == StatusExact || j.Status == StatusNormalized {
					t.Errorf("%q is accepted", quote)
				}
			}
			t.Logf("%d lies", told)
			if told < 300 {
				t.Errorf("only %d lies were told", told)
			}
		})
	}
}

func familyOf(name string) string { return name[strings.LastIndexByte(name, ' ')+1:] }

func TestOthersWordsDoNotHold(t *testing.T) {
	l := newLiar(t, 3)
	speakers := l.speakers()
	told := 0
	for n := 0; told < 1500; n++ {
		words, turn := l.span(4)
		quote, claim := strings.Join(words, " "), speakers[l.IntN(len(speakers))]
		shown := l.shown(turn)
		if slices.ContainsFunc(shown, func(h retrieval.Hit) bool {
			return familyOf(claim) == familyOf(string(h.Speaker)) && l.holds(h.Text, quote)
		}) {
			continue
		}
		told++
		turns := NewTurns(shown, DefaultThresholds())
		j := turns.Judge(DraftQuote{Text: quote, Speaker: claim})
		if j.Status != StatusMisattributed {
			t.Errorf("%q by %s, credited to %s, is %s", quote, l.record[turn].Speaker, claim, j.Status)
			continue
		}
		if who := turns.turns[j.Matches[0].Hit].hit; !l.holds(who.Text, quote) {
			t.Errorf("%q is told to be %s's", quote, who.Speaker)
		}
	}
	t.Logf("%d quotations credited to others", told)
}

// BenchmarkJudge checks the ten quotations of an answer against the twenty turns
// that it was made from.
func BenchmarkJudge(b *testing.B) {
	l := newLiar(b, 4)
	shown := l.record[:20]
	honest := make([]DraftQuote, 10)
	for i := range honest {
		text := strings.Fields(shown[2*i].Text)
		honest[i] = DraftQuote{Text: strings.Join(text[:min(25, len(text))], " "), Speaker: string(shown[2*i].Speaker)}
	}
	lies := slices.Clone(honest)
	for i := range lies {
		lies[i].Text = strings.Replace(lies[i].Text, " ", " not ", 1)
	}
	for name, quotes := range map[string][]DraftQuote{"ten that hold": honest, "ten that do not": lies} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				turns := NewTurns(shown, DefaultThresholds())
				for _, q := range quotes {
					turns.Judge(q)
				}
			}
		})
	}
	b.Log(fmt.Sprint(len(shown), " turns"))
}
