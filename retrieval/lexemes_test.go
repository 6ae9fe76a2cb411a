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
		{"other scripts have no stem", "вода воды", "вода воды"},
		{"scripts without spaces are cut", "港湾局は、決めました。", "港湾 湾局 決 めま まし した"},
		{"particles are dropped", "船が出る", "船 出"},
		{"Latin words among others", "Wi-FiとＧＰＳブイ", "wi fi wifi gps ブイ"},
		{"the same in half width and full width", "ﾌｪﾘｰ フェリー", "フェ ェリ リー フェ ェリ リー"},
		{"breaks that nobody sees are none", "ท่า\u200bเรือ", "ท่าเรื เรือ"},
		{"the choice of a shape is none", "葛\U000E0100城", "葛城"},
		{"zeros among Chinese numbers", "二〇二六", "二〇 〇二 二六"},
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
	f.Add("決めたのはWi-Fiの40ｶｲｾﾝ・ท่าเรือ\u200b。")
	f.Add("\x00\xff'’-./&")
	f.Fuzz(func(t *testing.T, text string) {
		for _, w := range Words(text) {
			if w == "" {
				t.Errorf("Words(%q) has an empty word", text)
			}
		}
	})
}
