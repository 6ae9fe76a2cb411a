package marks_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/internal/golden"
	"github.com/pullquote/pullquote/internal/marks"
)

// testdata/*.txtar have texts, each followed by what stands between its marks: one span a
// line, the paragraphs of it divided by a stroke.
func TestFind(t *testing.T) {
	archive := golden.Open(t, "testdata/spans.txtar")
	for i := 0; i < len(archive.Files); i += 2 {
		file := archive.Files[i]
		t.Run(file.Name, func(t *testing.T) {
			var paragraphs [][]rune
			for p := range strings.SplitSeq(strings.TrimSpace(string(file.Data)), "\n\n") {
				paragraphs = append(paragraphs, []rune(p))
			}
			archive.Check(t, i+1, file.Name+" spans", render(paragraphs, marks.Find(paragraphs)))
		})
	}
}

func render(paragraphs [][]rune, spans []marks.Span) string {
	var b strings.Builder
	for _, s := range spans {
		var inside []string
		for _, p := range s.Inside {
			inside = append(inside, strings.TrimSpace(string(paragraphs[p.Paragraph][p.Start:p.End])))
		}
		state := map[marks.State]string{marks.NeverClosed: " (never closed)", marks.NeverOpened: " (never opened)"}[s.State]
		fmt.Fprintf(&b, "%s%s\n", strings.Join(inside, " / "), state)
	}
	return b.String()
}
