package sentence

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/pullquote/pullquote/transcript/internal/letters"
)

func TestSentences(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) < 4 {
		t.Fatalf("sentence files: %v, %v", files, err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".txt")
		if name == "README" {
			continue
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		blank := " "
		if strings.HasPrefix(name, "wide") {
			blank = ""
		}
		for _, block := range strings.Split(string(data), "\n\n") {
			text, want := sentenceCase(block, blank)
			t.Run(name+"/"+letters.Head(want[0], 40), func(t *testing.T) {
				checkSentences(t, text, want)
			})
		}
	}
}

// sentenceCase makes a text of a block's lines.
func sentenceCase(block, blank string) (text string, want []string) {
	sep := ""
	for _, l := range strings.Split(strings.Trim(block, "\n"), "\n") {
		switch {
		case strings.HasPrefix(l, "#"):
		case l == "¶":
			sep = "\n\n"
		default:
			text += sep + l
			want = append(want, strings.TrimSpace(l))
			sep = blank
		}
	}
	return text, want
}

func checkSentences(t *testing.T, text string, want []string) {
	runes := []rune(text)
	var got []string
	for _, s := range Split(text) {
		got = append(got, string(runes[s.Start:s.End]))
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got:\n  %s\nwant:\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

func FuzzSentences(f *testing.F) {
	for _, seed := range []string{"", "Mr. Roe left. Why?", "a.\n\n b…”) 。x", "U.S. (No.) J. R.\u00a0“Q.”", "\xff. \u2028é"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		runes := []rune(text)
		at := 0
		blank := func(rs []rune) bool {
			return strings.TrimFunc(string(rs), unicode.IsSpace) == ""
		}
		for _, s := range Split(text) {
			if s.Start < at || s.End <= s.Start || s.End > len(runes) {
				t.Fatalf("span %v after %d in %d code points", s, at, len(runes))
			}
			if !blank(runes[at:s.Start]) {
				t.Errorf("%q is in no sentence", string(runes[at:s.Start]))
			}
			if unicode.IsSpace(runes[s.Start]) || unicode.IsSpace(runes[s.End-1]) {
				t.Errorf("white space at the ends of %q", string(runes[s.Start:s.End]))
			}
			at = s.End
		}
		if !blank(runes[at:]) {
			t.Errorf("%q is in no sentence", string(runes[at:]))
		}
	})
}

func BenchmarkSentences(b *testing.B) {
	data, err := os.ReadFile("testdata/speech.txt")
	if err != nil {
		b.Fatal(err)
	}
	text := strings.Repeat(string(data), 1<<20/len(data))
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Split(text)
	}
}

// What never ends is divided: at a blank where there is one, and never within what a reader
// takes for one character. All of it stays.
func TestSentencesWithoutAnEnd(t *testing.T) {
	for name, text := range map[string]string{
		"words":         strings.Repeat("the lamp burns and ", 10_000),
		"a word":        strings.Repeat("lamp", 10_000),
		"accents":       strings.Repeat("la\u0301mp\u0323\u0301", 10_000),
		"full stops":    "The lamp" + strings.Repeat(".", 40_000),
		"commas":        strings.Repeat("lamp,", 10_000),
		"ideographs":    strings.Repeat("灯", 40_000),
		"one that ends": strings.Repeat("the lamp burns and ", 100) + "that is all. It burns.",
	} {
		t.Run(name, func(t *testing.T) {
			runes, at := []rune(text), 0
			for _, s := range Split(text) {
				if s.End-s.Start > 2*Longest+10 || strings.TrimSpace(string(runes[at:s.Start])) != "" {
					t.Fatalf("a sentence from %d to %d, behind one that ends at %d", s.Start, s.End, at)
				}
				if at = s.End; at < len(runes) && unicode.IsMark(runes[at]) || name == "words" && at < len(runes) && runes[at] != ' ' {
					t.Fatalf("%q is divided before %q", runes[at-5:at], runes[at])
				}
			}
			if strings.TrimSpace(string(runes[at:])) != "" {
				t.Errorf("the last one ends at %d of %d", at, len(runes))
			}
		})
	}
}

func TestTouching(t *testing.T) {
	sentences := []Span{{0, 4}, {5, 9}, {10, 14}}
	for span, want := range map[Span][2]int{
		{0, 4}: {0, 0}, {3, 6}: {0, 1}, {5, 14}: {1, 2}, {4, 5}: {-1, 0}, {14, 20}: {-1, 0}, {6, 7}: {1, 1},
	} {
		if first, last := Touching(sentences, span); first != want[0] || first >= 0 && last != want[1] {
			t.Errorf("%v touches %d to %d, want %v", span, first, last, want)
		}
	}
}
