package quotation

import (
	"strings"
	"testing"
)

func TestFold(t *testing.T) {
	tests := []struct{ name, a, b string }{
		{"apostrophes", "it’s", "it's"},
		{"quotation marks of every kind", "“a” „b“ «c» »d« ‹e› ‘f’ ‚g‘ 「h」", `"a" "b" "c" "d" "e" "f" "g" "h"`},
		{"quotation marks inside others", "‘a’", "“a”"},
		{"double marks of two", "``a''", "“a”"},
		{"guillemets with and without space", "dit « oui » hier", "dit «oui» hier"},
		{"primes", "5′ and 5″", `5' and 5"`},
		{"hyphens", "sixty‑three", "sixty-three"},
		{"dashes", "a – b", "a—b"},
		{"dashes of hyphens", "a -- b", "a — b"},
		{"minus", "−3", "-3"},
		{"ellipses", "a… b", "a ... b"},
		{"spaced ellipses", "a . . . b", "a… b"},
		{"an ellipsis after a full stop", "a.... b", "a. … b"},
		{"white space", "a\u00a0b\n\nc\td\u2009e", "a b c d e"},
		{"white space at the ends", " a ", "a"},
		{"white space before punctuation", "a\u202f; b ?", "a; b?"},
		{"soft hyphens and zero width", "har\u00adbour\u200b", "harbour"},
		{"accents", "nai\u0308ve", "naïve"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if a, b := fold(tt.a).text, fold(tt.b).text; a != b {
				t.Errorf("%q folds to %q, and %q to %q", tt.a, a, tt.b, b)
			}
		})
	}
}

func TestFoldKeepsApart(t *testing.T) {
	tests := []struct{ name, a, b string }{
		{"words", "clay", "peat"},
		{"case", "The", "the"},
		{"digits", "3.1", "31"},
		{"feet and inches", "5′", "5″"},
		{"signs", "-3", "3"},
		{"punctuation", "a, b", "a b"},
		{"a question", "a.", "a?"},
		{"an ellipsis and a full stop", "a…", "a."},
		{"a compound and two words", "re-sign", "re sign"},
		{"accents", "resume", "résumé"},
		{"a time and a number", "at 7 :30", "at 7:30"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if a, b := fold(tt.a).text, fold(tt.b).text; a == b {
				t.Errorf("%q and %q both fold to %q", tt.a, tt.b, a)
			}
		})
	}
}

// FuzzFold folds anything: the characters that come of it stand for places of the
// original, in order, and folding them again changes nothing.
func FuzzFold(f *testing.F) {
	for _, seed := range []string{"We found “peat” – 3.1 … nai\u0308ve", "a . . . . b", "''``«»", "\u0301\u00ad\xff 5″ -- "} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		folded := fold(text)
		runes := []rune(folded.text)
		if len(runes) != len(folded.glyphs) {
			t.Fatalf("%d characters, and places for %d", len(runes), len(folded.glyphs))
		}
		at, end := int32(0), int32(len([]rune(text)))
		for i, g := range folded.glyphs {
			if g.r != runes[i] || g.from < at || g.from >= g.to || g.to > end {
				t.Fatalf("character %d, %q, stands for %d to %d after %d", i, g.r, g.from, g.to, at)
			}
			at = g.from
		}
		if strings.TrimSpace(folded.text) != folded.text {
			t.Errorf("%q has white space at its ends", folded.text)
		}
	})
}
