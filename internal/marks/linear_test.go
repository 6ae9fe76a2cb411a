package marks_test

import (
	"strings"
	"testing"
	"time"

	"github.com/pullquote/pullquote/internal/marks"
)

// TestTimeIsLinear reads twenty thousand of every mark in every place, nothing of which is
// closed: to look for the end of each would take long.
func TestTimeIsLinear(t *testing.T) {
	const many, limit = 20_000, 5 * time.Second
	for _, mark := range strings.Fields("“ ” „ \" « » 「 ‘ ' ‚ ʼ ,, '' << “‘ '\"") {
		for _, around := range []string{"% a ", "a% ", " %a", "a%a", "a.%a", "% ", "%", "'tis %a ", "a%, ", "12% ", "%港", "s% a%", "%a\n\n", "a\n\n%", "‘a s’ % "} {
			text := strings.Repeat(strings.ReplaceAll(around, "%", mark), many)
			var paragraphs [][]rune
			for p := range strings.SplitSeq(text, "\n\n") {
				paragraphs = append(paragraphs, []rune(p))
			}
			start := time.Now()
			marks.Find(paragraphs)
			if took := time.Since(start); took > limit {
				t.Errorf("%q many times takes %s", strings.ReplaceAll(around, "%", mark), took)
			}
		}
	}
}

// FuzzFind reads anything as two paragraphs. Spans are in order, apart, and within the text.
func FuzzFind(f *testing.F) {
	for _, text := range []string{"“a", "a”", "'a b s' c", "« a\n\n» b »", "'tis 'a", "\"\"''``,,<<>>", "‘a “b’ c”", "a\n\n\n\n“b"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var paragraphs [][]rune
		for p := range strings.SplitSeq(text, "\n\n") {
			paragraphs = append(paragraphs, []rune(p))
		}
		paragraph, at := 0, 0
		for _, s := range marks.Find(paragraphs) {
			if s.Paragraph < paragraph || s.Paragraph == paragraph && s.Start < at || s.Last < s.Paragraph || s.Last == s.Paragraph && s.End < s.Start || s.End > len(paragraphs[s.Last]) {
				t.Fatalf("%q: the span %+v is behind %d of paragraph %d", text, s, at, paragraph)
			}
			for _, in := range s.Inside {
				if in.Start < 0 || in.End < in.Start || in.End > len(paragraphs[in.Paragraph]) {
					t.Fatalf("%q: the span %+v is inside of nothing", text, s)
				}
			}
			paragraph, at = s.Last, s.End
		}
	})
}
