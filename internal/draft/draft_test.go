package draft_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/draft"
)

var update = flag.Bool("update", false, "write the quotations in testdata anew")

// The archives in testdata hold drafts, each followed by the quotations that are
// found in it: the line, the speaker, the words.
func TestQuotes(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i < len(archive.Files); i += 2 {
			t.Run(archive.Files[i].Name, func(t *testing.T) {
				quotes, err := draft.Quotes(archive.Files[i].Data, draft.Source{Filename: archive.Files[i].Name})
				if err != nil {
					t.Fatal(err)
				}
				want := &archive.Files[i+1]
				if want.Name != archive.Files[i].Name+" quotes" {
					t.Fatalf("%s is followed by %s", archive.Files[i].Name, want.Name)
				}
				if got := render(quotes); *update {
					want.Data = []byte(got)
				} else if got != string(want.Data) {
					t.Errorf("got:\n%s\nwant:\n%s", got, want.Data)
				}
			})
		}
		if *update {
			if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func render(quotes []answer.DraftQuote) string {
	var b strings.Builder
	for _, q := range quotes {
		open := ""
		if q.Open {
			open = " (never closed)"
		}
		fmt.Fprintf(&b, "%d | %s | %s%s\n", q.Line, q.Speaker, strings.ReplaceAll(q.Text, "\n", "\\n"), open)
	}
	return b.String()
}
