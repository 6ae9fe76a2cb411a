package retrieval

import (
	"strings"
	"testing"
)

func TestWords(t *testing.T) {
	tests := []struct {
		name, text, want string
	}{
		{"stop words are dropped", "What was it that they had?", ""},
		{"inflections meet", "negotiate negotiated negotiations", "negoti negoti negoti"},
		{"irregular forms meet", "began begun begin", "begin begin begin"},
		{"case and diacritics are folded", "Café CAFÉ cafe", "cafe cafe cafe"},
		{"typographic apostrophes are folded", "the minister’s", "minist"},
		{"contractions of stop words are stop words", "don’t they’re won't", ""},
		{"a compound gives its parts and the whole", "cyber-security", "cyber secur cybersecur"},
		{"an acronym with points is one word", "the U.S. and U.N. agreed", "us. un agre"},
		{"an acronym is not the stop word it spells", "US, not us", "us."},
		{"numbers stay", "the 24/7 network of 1,200 ferries", "24 7 247 network 1 200 ferri"},
		{"decimal points divide", "3.5 percent", "3 5 percent"},
		{"marks alone are no word", "– … -- ' /", ""},
		{"other scripts stay whole", "вода 水", "вода 水"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := strings.Join(Words(tt.text), " "); got != tt.want {
				t.Errorf("Words(%q) = %q, want %q", tt.text, got, tt.want)
			}
		})
	}
}

func TestLexemeFitsSparseVector(t *testing.T) {
	for _, word := range []string{"", "a", "negoti", strings.Repeat("x", 1000)} {
		if l := NewLexeme(word); l < 1 || l >= LexemeDimensions {
			t.Errorf("NewLexeme(%.10q) = %d, out of the dimensions", word, l)
		}
	}
}

func FuzzWords(f *testing.F) {
	f.Add("The U.S. isn’t “well-prepared”, 24/7.")
	f.Add("\x00\xff'’-./&")
	f.Fuzz(func(t *testing.T, text string) {
		for _, w := range Words(text) {
			if w == "" {
				t.Errorf("Words(%q) has an empty word", text)
			}
		}
	})
}
