package draft_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/pullquote/pullquote/internal/draft"
	"github.com/pullquote/pullquote/internal/draft/drafttest"
)

// FuzzQuotes reads anything as every kind of text. What is found has words, stands
// on a line of the draft, and, where there is no markup, is the draft's.
func FuzzQuotes(f *testing.F) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range archive.Files {
			f.Add(string(file.Data))
		}
	}
	article, err := os.ReadFile("testdata/article.md")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(article))
	f.Fuzz(func(t *testing.T, text string) {
		lines := 1 + strings.Count(text, "\n") + strings.Count(text, "\r")
		for _, name := range []string{"draft.txt", "draft.html"} {
			read, err := draft.Read([]byte(text), draft.Source{Filename: name})
			if err != nil {
				continue
			}
			for _, q := range read.Quotes {
				if letters(q.Text) == "" || q.Line < 1 || q.Line > lines {
					t.Errorf("%s: line %d of %d has the quotation %q", name, q.Line, lines, q.Text)
				}
				if utf8.ValidString(text) && !strings.ContainsAny(text, "<>&*_[]()\\~`#-+=0123456789") && !strings.Contains(letters(text), letters(q.Text)) {
					t.Errorf("%s: %q is not in the draft", name, q.Text)
				}
			}
		}
	})
}

// FuzzDOCX reads anything as the text of a Word document.
func FuzzDOCX(f *testing.F) {
	f.Add(body(`<w:p>` + run("“We found peat,” said Renwick.") + `</w:p>`))
	f.Add(body(`<w:p><w:p><w:r><w:t>“a b c”</w:p></w:p></w:t>`))
	f.Fuzz(func(t *testing.T, xml string) {
		read, _ := draft.Read(drafttest.Document(t, map[string]string{"word/document.xml": xml, "word/styles.xml": xml, "word/endnotes.xml": xml}), draft.Source{})
		for _, q := range read.Quotes {
			if letters(q.Text) == "" || q.Line < 1 {
				t.Errorf("paragraph %d has the quotation %q", q.Line, q.Text)
			}
		}
	})
}

// BenchmarkLongDrafts reads drafts of what is never closed, of two lengths: their time per byte
// must be about the same.
func BenchmarkLongDrafts(b *testing.B) {
	for _, part := range []string{
		"“a ", "'a ", "`a ``b ", "*a _b ", "– Abc def ghi jkl, a\n", "– A “b\n", ": – A", "<q>a ", "> a\nb\n", "> “a\n\n", "<blockquote>“a ", "[a](b", "’a\n\n", "12\" ", "《a ", "~~a ", "a\n\n“",
	} {
		for _, length := range []int{30_000, 300_000} {
			text := []byte(strings.Repeat(part, length/len(part)))
			for _, name := range []string{"draft.md", "draft.html"} {
				b.Run(fmt.Sprintf("%q/%s/%d", part, name, length), func(b *testing.B) {
					b.SetBytes(int64(len(text)))
					for b.Loop() {
						_, _ = draft.Read(text, draft.Source{Filename: name}) // some have too many quotations
					}
				})
			}
		}
	}
}
