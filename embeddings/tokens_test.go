package embeddings

import (
	"strings"
	"testing"

	"github.com/pullquote/pullquote/internal/lexicon"
	"golang.org/x/text/unicode/norm"
)

func TestTokens(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"words", "The port director spoke.", "the port director spoke"},
		{"typographic marks", "“It’s the harbour—ours”", "it s the harbour ours"},
		{"hyphens separate", "cyber-attack", "cyber attack"},
		{"soft hyphens and joiners do not", "har\u00adbour zero\u200bwidth", "harbour zerowidth"},
		{"diacritics", "Müller São Łódź Ångström Straße", "muller sao lodz angstrom strasse"},
		{"diacritics as marks of their own", "Mu\u0308ller", "muller"},
		{"marks that are vowels stay", "हिन्दी", "हिन्दी"},
		{"compatibility forms", "ﬁnal Ｆｕｌｌ", "final full"},
		{"Greek final sigma", "ΝΟΜΟΣ νόμος", "νομοσ νομοσ"},
		{"initials", "the U.S. and J. P. Ohm of D.C.", "the us and j p ohm of dc"},
		{"a sentence's end", "Plan B. It failed.", "plan b it failed"},
		{"numbers", "In 2011, 3.5 of 1,000", "in 2011 3 5 of 1 000"},
		{"characters and their pairs", "港湾", "港 湾 港湾"},
		{"scripts meet", "AI技術は", "ai 技 術 技術 は 術は"},
		{"long vowels", "サーバー", "サ ー サー バ ーバ ー バー"},
		{"nothing", " …?! 🚢", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for tok := range tokens(norm.NFKC.String(test.text)) {
				got = append(got, string(tok.text))
			}
			if got := strings.Join(got, " "); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestEndlessWordIsCut(t *testing.T) {
	for tok := range tokens(strings.Repeat("ж", 10_000)) {
		if n := len(tok.text); n > maxWordBytes+4 {
			t.Errorf("a word has %d bytes", n)
		}
	}
}

func TestCapitalsSetWordsApart(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       bool
	}{
		{"pronoun", "he told us", false},
		{"country", "he told the US", true},
		{"everything in capitals", "HE TOLD US", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			h := newHasher(newFrequencies())
			h.count(test.text)
			if _, got := h.stems["us"]; got != test.want {
				t.Errorf("us is a term: %v", got)
			}
		})
	}
}

func TestWeights(t *testing.T) {
	words := newFrequencies()
	for _, test := range []struct {
		stem   string
		script script
		want   int
	}{
		{"harbour", alphabetic, rareWeight},
		{"question", alphabetic, commonWeight},
		{"b", alphabetic, commonWeight},
		{"7", number, commonWeight},
		{"2011", number, rareWeight},
		{"港", characters, commonWeight},
		{"港湾", characters, rareWeight},
		{"です", characters, commonWeight},
	} {
		if got := words.weight(test.stem, test.script); got != test.want {
			t.Errorf("%s weighs %d, want %d", test.stem, got, test.want)
		}
	}
}

func TestListsAreDisjoint(t *testing.T) {
	words := newFrequencies()
	for tok := range tokens(strings.Join(lexicon.Phrases("common words of the built-in encoder"), " ")) {
		if words.stop[string(tok.text)] {
			t.Errorf("%s is in both lists", tok.text)
		}
	}
}
