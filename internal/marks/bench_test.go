package marks_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/internal/marks"
)

// BenchmarkFind reads many of every mark in every place, nothing of which is closed, in two
// lengths: their time per byte must be about the same.
func BenchmarkFind(b *testing.B) {
	for _, mark := range strings.Fields("“ ” „ \" « » 「 ‘ ' ‚ ʼ ,, '' << “‘ '\"") {
		for _, around := range []string{"% a ", "a% ", " %a", "a%a", "a.%a", "% ", "%", "'tis %a ", "a%, ", "12% ", "%港", "s% a%", "%a\n\n", "a\n\n%", "‘a s’ % "} {
			for _, many := range []int{2_000, 20_000} {
				part := strings.ReplaceAll(around, "%", mark)
				text := strings.Repeat(part, many)
				var paragraphs [][]rune
				for p := range strings.SplitSeq(text, "\n\n") {
					paragraphs = append(paragraphs, []rune(p))
				}
				b.Run(fmt.Sprintf("%q/%d", part, many), func(b *testing.B) {
					b.SetBytes(int64(len(text)))
					for b.Loop() {
						marks.Find(paragraphs)
					}
				})
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
