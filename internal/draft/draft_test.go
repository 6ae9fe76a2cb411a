package draft_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/internal/draft"
	"github.com/pullquote/pullquote/internal/golden"
)

// The archives in testdata hold drafts, each followed by the quotations that are
// found in it: the line, the speaker, the words; and how many short ones are not checked.
func TestQuotes(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, path := range paths {
		archive := golden.Open(t, path)
		for i := 0; i < len(archive.Files); i += 2 {
			t.Run(archive.Files[i].Name, func(t *testing.T) {
				read, err := draft.Read(archive.Files[i].Data, draft.Source{Filename: archive.Files[i].Name})
				if err != nil {
					t.Fatal(err)
				}
				archive.Check(t, i+1, archive.Files[i].Name+" quotes", render(read))
			})
		}
	}
}

func render(d draft.Draft) string {
	var b strings.Builder
	for _, q := range d.Quotes {
		reason := ""
		if q.Unchecked != "" {
			reason = " (" + q.Unchecked + ")"
		}
		if q.Loose {
			reason += " (may be its own words)"
		}
		fmt.Fprintf(&b, "%d | %s | %s%s\n", q.Line, q.Speaker, strings.ReplaceAll(q.Text, "\n", "\\n"), reason)
	}
	if d.Short > 0 {
		fmt.Fprintf(&b, "%d short\n", d.Short)
	}
	return b.String()
}
