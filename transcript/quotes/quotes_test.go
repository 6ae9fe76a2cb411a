package quotes

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/pullquote/pullquote/transcript/sentence"
)

func TestReadAloud(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) < 5 {
		t.Fatalf("files of turns: %v, %v", files, err)
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
		for _, block := range strings.Split(strings.TrimSpace(string(data)), "\n\n") {
			want := turnOf(block)
			text := strings.NewReplacer("⟦", "", "⟧", "").Replace(want)
			t.Run(name+"/"+string([]rune(text)[:20]), func(t *testing.T) {
				if got := bracketed(text, ReadAloud(text, "")); got != want {
					t.Errorf("got\n%s\nwant\n%s", got, want)
				}
			})
		}
	}
}

// turnOf is the turn of a block, with its brackets.
func turnOf(block string) string {
	var text strings.Builder
	separator := ""
	for line := range strings.SplitSeq(block, "\n") {
		switch {
		case strings.HasPrefix(line, "#"):
		case line == "¶":
			separator = "\n\n"
		default:
			text.WriteString(separator + line)
			separator = " "
		}
	}
	return text.String()
}

// bracketed is a text with spans in brackets.
func bracketed(text string, spans []sentence.Span) string {
	runes := []rune(text)
	var b strings.Builder
	at := 0
	for _, s := range spans {
		b.WriteString(string(runes[at:s.Start]) + "⟦" + string(runes[s.Start:s.End]) + "⟧")
		at = s.End
	}
	return b.String() + string(runes[at:])
}

func TestQuotingTellsThePart(t *testing.T) {
	text := `She wrote: “The quay is rotten. Nobody mends it.” I closed it.`
	aloud := ReadAloud(text, "")
	for _, tt := range []struct {
		quoted string
		want   string
	}{
		{"She wrote: “The quay is rotten.", "quoting in part"},
		{"Nobody mends it.”", "quoting"},
		{"Nobody mends it.” I closed it.", "quoting in part"},
		{"I closed it.", ""},
	} {
		before, _, _ := strings.Cut(text, tt.quoted)
		start := utf8.RuneCountInString(before) + 100 // of the turn in its transcript
		span := sentence.Span{Start: start, End: start + utf8.RuneCountInString(tt.quoted)}
		if got := Quoting(span, Within(span, 100, aloud)); got != tt.want {
			t.Errorf("%q is said %q, want %q", tt.quoted, got, tt.want)
		}
	}
}

func FuzzReadAloud(f *testing.F) {
	for _, seed := range []string{
		"", "“", "(reading)", "A. (reading:)\n\nb. [reads", "He wrote: “a b c d.\n\n“e f g h.” 6\" x", "„A b c d“ «e» »f« ‘g’ 'h'", "quote, a b, unquote quote end quote", "\xffI quote: \u2028é\n \n”",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		end, length := 0, utf8.RuneCountInString(text)
		for i, s := range ReadAloud(text, "") {
			if s.Start < end || s.End <= s.Start || s.End > length || i > 0 && s.Start == end {
				t.Fatalf("span %d is %v, behind %d, of %d", i, s, end, length)
			}
			end = s.End
		}
	})
}

// The time grows with the turn, whatever its marks.
func TestReadAloudIsLinear(t *testing.T) {
	for _, unit := range []string{
		"“a b c d ", "\"a ", "a” ", "'a s' ", "«\n\n", "“a\n\n”b\n\n", "quote, a ", "quote a end quote ", "unquote ", "the quote ", "i quote ", "5\" ", "open ", "‘A\n\n", "s’ a ", "a b c d” ", "The Quay” ", "``a ", "''a ", "《", "《a》", "5\" 6\" ", " \" ", "<<a ", "and i quote a ", "(", "(reading ", ". (reading) ", "[a] ", "(reading:)\n\n",
	} {
		started := time.Now()
		ReadAloud(strings.Repeat(unit, 200_000/len(unit)), "")
		if took := time.Since(started); took > 10*time.Second {
			t.Errorf("%q took %v", unit, took)
		}
	}
}
