package words_test

import (
	"html"
	"strings"
	"testing"
	"unicode"

	"github.com/pullquote/pullquote/internal/words"
)

func TestClean(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"honest words", "R&D costs 4 < 5; O’Neil’s “café” is 50 % off", "R&D costs 4 < 5; O’Neil’s “café” is 50 % off"},
		{"lines", "one\r\n two\u2028three\u0085four\vfive", "one two three four five"},
		{"an entity", "he said &quot;no&quot;", `he said "no"`},
		{"one by its number, without an end", "&#34no&#x22", `"no"`},
		{"encoded again", "&amp;amp;quot;no&amp;#34;", `"no"`},
		{"encoded through its own letters", "&am&#112;;quot;", `"`},
		{"hidden by a character that is not seen", "&qu\u200bot;no", `"no`},
		{"an honest ampersand", "Sand&notes, AT&T, a=1&copy=2", "Sand&notes, AT&T, a=1&copy=2"},
		{"encoded without an end", "&" + strings.Repeat("amp;", 40) + "lt;", strings.Repeat("amp;", 32) + "lt;"},
		{"colours", "\x1b[1;31mred\x1b[0m", "red"},
		{"colours in eight bits", "\u009b31mred", "red"},
		{"a window's title", "\x1b]0;owned\x07here\x1b]8;;http://a.example\x1b\\link", "herelink"},
		{"the beginning of a command", "a\x1b]no end", "a]no end"},
		{"a command in a command", "\x1b[\x1b[1m2Jx", "[2Jx"},
		{"an encoded command", "&#27;[2Jx", "x"},
		{"bidirectional marks", "a\u202eb\u2066c\u2069d\u200fe\u061cf", "abcdef"},
		{"no width", "a\u200bb\ufeffc\u2060d\u00ade\u200df", "abcdef"},
		{"a joiner in Persian", "علی\u200cرضا", "علی\u200cرضا"},
		{"a sign before Arabic numbers", "\u0600١٢", "\u0600١٢"},
		{"private use, tags and selectors", "a\ue000b\U000e0041c\ufe0fd\U000f0000e", "abcde"},
		{"fillers", "a\u3164b\u115fc\u034fd", "abcd"},
		{"no characters", "a\xffb\ufffdc\ufffed", "abcd"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := words.Clean(tt.text); got != tt.want {
				t.Errorf("Clean(%q) = %q, want %q", tt.text, got, tt.want)
			}
		})
	}
}

func TestInert(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"the record's words", "“Ça va” – &amp; 葛\U000e0100 ❤\ufe0f\n\n\tعلی\u200cرضا \ue000", "“Ça va” – &amp; 葛\U000e0100 ❤\ufe0f\n\n\tعلی\u200cرضا \ue000"},
		{"a command", "a\x1b[2Jb\x07", "a[2Jb"},
		{"another direction", "a\u202eb\u200f", "ab"},
		{"other ends of lines", "a\rb\u2028c\r\nd", "a b c\nd"},
		{"tags and what is no UTF-8", "a\U000e0061b\xff", "ab"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := words.Inert(tt.text); got != tt.want {
				t.Errorf("Inert(%q) = %q, want %q", tt.text, got, tt.want)
			}
		})
	}
}

func TestEscaped(t *testing.T) {
	for _, tt := range []struct{ name, file, want string }{
		{"a name", "Über das Wetter &amp; mehr.txt", "Über das Wetter &amp; mehr.txt"},
		{"a command and a line", "a\x1b[31m\nb.txt", `a\x1b[31m\nb.txt`},
		{"another direction", "cod\u202etxt.exe", `cod\u202etxt.exe`},
		{"no width", "a\u200bb.txt", `a\u200bb.txt`},
		{"a byte that is no character", "caf\xe9.txt", `caf\xe9.txt`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := words.Escaped(tt.file); got != tt.want {
				t.Errorf("Escaped(%q) = %q, want %q", tt.file, got, tt.want)
			}
		})
	}
}

// FuzzClean holds that nothing unseen, no second line and nothing to decode is left,
// whatever hides it.
func FuzzClean(f *testing.F) {
	for _, text := range []string{
		"&amp;&#27;[1mé\u202e", "&&amp;quot;", "\x1b\x1b[m]0;\x07", "&#x202e;&#xE0041;&#0;", "ا\u200d\u200c\u200b\u200c", "&nGt;&NotEqualTilde;",
		"&a\u200bm\x1b[mp;lt", "\xff\u2028 \u00a0", "&#8&#8232;238;",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		clean := words.Clean(text)
		for i, r := range clean {
			joiner := (r == '\u200c' || r == '\u200d') && i > 0
			if !joiner && !unicode.IsGraphic(r) && unicode.IsOneOf([]*unicode.RangeTable{unicode.C, unicode.Zl, unicode.Zp}, r) &&
				!unicode.Is(unicode.Prepended_Concatenation_Mark, r) ||
				unicode.Is(unicode.Variation_Selector, r) || unicode.Is(unicode.Bidi_Control, r) || r == unicode.ReplacementChar {
				t.Errorf("Clean(%q) = %q has %U", text, clean, r)
			}
		}
		if again := words.Clean(clean); again != clean {
			t.Errorf("Clean(%q) = %q, and again %q", text, clean, again)
		}
		if strings.TrimSpace(clean) != clean || strings.Contains(clean, "  ") {
			t.Errorf("Clean(%q) = %q has blanks too many", text, clean)
		}
		for _, named := range []string{"&quot;", "&lt;", "&gt;", "&amp;", "&lsqb;", "&ldquo;"} {
			if strings.Contains(clean, named) {
				t.Errorf("Clean(%q) = %q still has %s", text, clean, html.EscapeString(named))
			}
		}
		if inert := words.Inert(text); words.Inert(inert) != inert || strings.ContainsAny(inert, "\x1b\r\u202e\u2028") {
			t.Errorf("Inert(%q) = %q", text, inert)
		}
	})
}
