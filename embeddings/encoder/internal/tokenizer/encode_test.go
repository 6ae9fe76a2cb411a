package tokenizer

import (
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func wordpieceModel(t testing.TB) *Tokenizer {
	return load(t, filepath.Join("testdata", "wordpiece"))
}
func unigramModel(t testing.TB) *Tokenizer { return load(t, filepath.Join("testdata", "unigram")) }

// words are the parts of a text that its tokens stand for, joined by bars; special
// tokens have none.
func words(text string, tokens []Token) string {
	var parts []string
	for _, token := range tokens {
		parts = append(parts, text[token.Start:token.End])
	}
	return strings.Join(parts, "|")
}

func TestRanges(t *testing.T) {
	tests := []struct {
		name  string
		model func(testing.TB) *Tokenizer
		text  string
		want  string
	}{
		{"nothing", wordpieceModel, "", "|"},
		{"punctuation is a word of its own", wordpieceModel, "didn't", "|didn|'|t|"},
		{"an accent belongs to its letter", wordpieceModel, "née", "|né|e|"},
		{"an ideograph is a word of its own", wordpieceModel, "会议", "|会|议|"},
		{"a syllable of Hangul is its letters", wordpieceModel, "한", "|한|한|"},
		{"control characters are in no token", wordpieceModel, "the\x07\u200b clerk", "|the|clerk|"},
		{"a special token in the text is one token", wordpieceModel, "a[MASK]b", "|a|[MASK]|b|"},
		{"what no piece has is one unknown token", wordpieceModel, "the 🜚🜚", "|the|🜚🜚|"},
		{"a mark of the space begins a word", unigramModel, "the", "|the|"},
		{"a cluster becomes a letter", unigramModel, "e\u0301", "|e\u0301|e\u0301|"},
		{"a mask takes the space before it", unigramModel, "a  <mask> b", "|a|a|  <mask>|b|"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := words(test.text, test.model(t).Encode(test.text, math.MaxInt)); got != test.want {
				t.Errorf("%q is %q, not %q", test.text, got, test.want)
			}
		})
	}
}

func TestMax(t *testing.T) {
	tokenizer := wordpieceModel(t)
	text := "Mrs. Ottilie Brandvold did not answer the clerk."
	whole := tokenizer.Encode(text, math.MaxInt)
	for max := -1; max < len(whole)+3; max++ {
		got := tokenizer.Encode(text, max)
		if want := clamp(max, len(whole)); len(got) != want {
			t.Fatalf("at most %d: %d tokens, not %d", max, len(got), want)
		}
		if max >= 2 && (got[0] != whole[0] || got[len(got)-1].ID != whole[len(whole)-1].ID) {
			t.Errorf("at most %d: the special tokens are not at both ends: %v", max, got)
		}
	}
}

func TestPairMax(t *testing.T) {
	tokenizer := wordpieceModel(t)
	question, passage := "who did not answer?", "Mrs. Ottilie Brandvold did not answer the clerk."
	whole := tokenizer.EncodePair(question, passage, math.MaxInt)
	asked := len(tokenizer.Encode(question, math.MaxInt))
	for max := -1; max < len(whole)+3; max++ {
		got := tokenizer.EncodePair(question, passage, max)
		if want := clamp(max, len(whole)); len(got) != want {
			t.Fatalf("at most %d: %d tokens, not %d", max, len(got), want)
		}
		if max > asked && !slices.Equal(got[:asked], whole[:asked]) {
			t.Errorf("at most %d: the question was cut before the passage", max)
		}
	}
}

func clamp(limit, length int) int { return min(length, max(limit, 0)) }

// TestInvalid holds bytes that are no UTF-8 to U+FFFD.
func TestInvalid(t *testing.T) {
	for _, tokenizer := range []*Tokenizer{wordpieceModel(t), unigramModel(t)} {
		for _, bad := range []string{"\xff", "a\xc3", "th\xe2\x82e", "\xed\xa0\x80 x", "\xf0\x9f\x98"} {
			got := tokenizer.Encode(bad, math.MaxInt)
			checkTokens(t, tokenizer, bad, got)
			want := tokenizer.Encode(string([]rune(bad)), math.MaxInt)
			if !slices.Equal(ids(got), ids(want)) {
				t.Errorf("%q has the ids %v, its runes %v", bad, ids(got), ids(want))
			}
		}
	}
}

// TestLongWord holds the time for a word of a million bytes to a bound that only a
// quadratic one would miss.
func TestLongWord(t *testing.T) {
	for name, tokenizer := range map[string]*Tokenizer{"wordpiece": wordpieceModel(t), "unigram": unigramModel(t)} {
		for _, unit := range []string{"a", "the", "é", "\u0301", "-", "한", "\x00", "[MASK", "🜚"} {
			text := strings.Repeat(unit, 1_000_000/len(unit))
			start := time.Now()
			tokens := tokenizer.Encode(text, math.MaxInt)
			if took := time.Since(start); took > time.Minute {
				t.Errorf("%s took %v for a million bytes of %q", name, took, unit)
			}
			if last := tokens[len(tokens)-1]; last.End > len(text) {
				t.Errorf("%s: the last token of %q ends at %d", name, unit, last.End)
			}
		}
	}
}

func BenchmarkEncode(b *testing.B) {
	text := strings.Repeat("Mrs. Ottilie Brandvold didn't answer; she asked the clerk to re-read line 14 of the minutes, "+
		"and then said that nobody at the plant had ever mentioned the letter to her. ", 8)
	cyrillic := strings.Repeat("Свидетельница Ёлкина ответила, что никогда не видела этого письма. ", 12)
	for name, tokenizer := range map[string]*Tokenizer{"wordpiece": wordpieceModel(b), "unigram": unigramModel(b)} {
		for script, text := range map[string]string{"latin": text, "cyrillic": cyrillic} {
			b.Run(name+"/"+script, func(b *testing.B) {
				b.SetBytes(int64(len(text)))
				tokens := 0
				for b.Loop() {
					tokens += len(tokenizer.Encode(text, math.MaxInt))
				}
				b.ReportMetric(float64(tokens)/b.Elapsed().Seconds(), "tokens/s")
			})
		}
	}
}
