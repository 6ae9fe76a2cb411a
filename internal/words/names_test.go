package words_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/words"
)

func TestName(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"a name", "Dr. Maeve O’Neil-D'Arcy, Jr.", "Dr. Maeve O’Neil-D'Arcy, Jr."},
		{"an office", "Harbour Office (North)", "Harbour Office (North)"},
		{"Hawaiian", "Keola Tuʻi", "Keola Tuʻi"},
		{"Hebrew", "דובר צה״ל", "דובר צה״ל"},
		{"Japanese", "山田 太郎（港湾局）", "山田 太郎（港湾局）"},
		{"a nickname", "Jon “Sails” Bastable", "Jon Sails Bastable"},
		{"words of another", "Jane Roe: “I took the money”", "Jane Roe"},
		{"with a wide colon", "Jane Roe：I took it", "Jane Roe"},
		{"on another line", "Jane Roe\nsaid she took it", "Jane Roe"},
		{"on an encoded line", "Jane Roe&#10;said she took it", "Jane Roe"},
		{"behind an encoded colon", "Jane Roe&colon; I took it", "Jane Roe"},
		{"a citation", "Jane Roe [1]", "Jane Roe"},
		{"citations in other brackets", "Jane［４］ Roe【5】 Poe<6> ²³ {7, 8} [s1-s3]", "Jane Roe Poe"},
		{"brackets around words", "Jane Roe [by video] <b>", "Jane Roe by video b"},
		{"marks of every kind", "„Jane‟ «Roe» 「Poe」 ‹a› ″b″ `c´ ＂d＂ ❝e❞ 'f'", "Jane Roe Poe a b c d e f"},
		{"an open parenthesis", "Jane Roe (said", "Jane Roe said"},
		{"a closed one", "Jane Roe) said “x”", "Jane Roe said x"},
		{"an encoded mark", "Jane &amp;quot;Roe&amp;quot;", "Jane Roe"},
		{"a command", "\x1b[1mJane\u202e Roe", "Jane Roe"},
		{"nothing but marks", "“[1]” –", ""},
		{"a number", "4", ""},
		{"nothing", "", ""},
		{"too long", strings.Repeat("Jane Roe ", 20), strings.TrimSpace(strings.Repeat("Jane Roe ", 8)) + " Jane…"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := words.Name(tt.text); got != tt.want {
				t.Errorf("Name(%q) = %q, want %q", tt.text, got, tt.want)
			}
		})
	}
}

func TestTitle(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"a colon", "Briefing: the ferry’s costs", "Briefing: the ferry’s costs"},
		{"lines", "The\nferry", "The ferry"},
		{"a number", "1984", "1984"},
		{"a citation alone", "[4]", ""},
		{"a quotation", "“We lied” [2]: a hearing", "We lied : a hearing"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := words.Title(tt.text); got != tt.want {
				t.Errorf("Title(%q) = %q, want %q", tt.text, got, tt.want)
			}
		})
	}
}

// FuzzName holds that no name and no title can quote, cite or speak.
func FuzzName(f *testing.F) {
	for _, text := range []string{"O'Neil: “no” [1]", "a'‘b’'c", "((a)(", "&lsqb;1&rsqb;&#8220;a", "【a】\u202e", "a´`b", strings.Repeat("a(", 90)} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		name, title := words.Name(text), words.Title(text)
		for _, shown := range []string{name, title} {
			if strings.ContainsAny(shown, "\"“”„«»‹›「」『』[]{}<>【】［］\n\x1b") || strings.Contains(strings.Trim(shown, "'’"), " '") {
				t.Errorf("%q is shown as %q", text, shown)
			}
			if strings.Count(shown, "(")+strings.Count(shown, "（") != strings.Count(shown, ")")+strings.Count(shown, "）") {
				t.Errorf("%q is shown as %q, with a parenthesis that is open", text, shown)
			}
		}
		if strings.ContainsAny(name, ":：") || name != "" && !strings.ContainsFunc(name, unicode.IsLetter) {
			t.Errorf("%q is named %q", text, name)
		}
		if again := words.Name(name); again != name || words.Title(title) != title {
			t.Errorf("%q is named %q, and then %q; titled %q, and then %q", text, name, again, title, words.Title(title))
		}
		if utf8.RuneCountInString(name) > 80 || utf8.RuneCountInString(title) > 160 {
			t.Errorf("%q is too long", title)
		}
	})
}
