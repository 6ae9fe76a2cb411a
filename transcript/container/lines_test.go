package container

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

var update = flag.Bool("update", false, "rewrite the golden files with what is unwrapped now")

// Each archive in testdata/lines holds a file and what is unwrapped from it.
func TestLines(t *testing.T) {
	files, err := filepath.Glob("testdata/lines/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden files: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			input, want := &archive.Files[0], &archive.Files[1]
			got, err := Open(input.Data, content.Options{Filename: input.Name})
			if err != nil {
				t.Fatal(err)
			}
			checkContent(t, got)
			if rendered := renderContent(got); *update {
				want.Data = []byte(rendered)
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			} else if rendered != string(want.Data) {
				t.Errorf("got:\n%s\nwant:\n%s", rendered, want.Data)
			}
		})
	}
}

// renderContent writes what was unwrapped for people to read: a blank line before
// a paragraph, and before each line what is known of it.
func renderContent(c *content.Content) string {
	var b strings.Builder
	fmt.Fprintf(&b, "kind: %s\n", c.Kind)
	for _, f := range c.Fields {
		fmt.Fprintf(&b, "field %s: %s\n", f.Name, f.Value)
	}
	for _, w := range c.Warnings {
		fmt.Fprintf(&b, "warning: %s\n", w)
	}
	var voice *content.Voice
	for _, l := range c.Lines {
		if l.Gap {
			b.WriteString("\n")
		}
		if l.Voice != voice {
			fmt.Fprintf(&b, "%s\n", renderVoice(l.Voice))
			voice = l.Voice
		}
		fmt.Fprintf(&b, "%s%s\n", renderMarks(l), renderWords(l))
	}
	return b.String()
}

func renderVoice(v *content.Voice) string {
	if v == nil {
		return "<nobody>"
	}
	parts := []string{v.Label}
	for _, part := range []string{v.Name, v.Affiliation, v.Role} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return "<" + strings.Join(parts, "; ") + ">"
}

func renderMarks(l content.Line) string {
	var marks []string
	if l.Page {
		marks = append(marks, "page")
	}
	if l.Heading > 0 {
		marks = append(marks, fmt.Sprintf("heading %d", l.Heading))
	}
	if l.Item {
		marks = append(marks, "item")
	}
	if l.Quote {
		marks = append(marks, "quote")
	}
	if l.Code {
		marks = append(marks, "code")
	}
	if l.Indent > 0 {
		marks = append(marks, fmt.Sprintf("indent %d", l.Indent))
	}
	if l.StartMS != nil {
		marks = append(marks, fmt.Sprintf("%d ms", *l.StartMS))
	}
	if l.EndMS != nil {
		marks = append(marks, fmt.Sprintf("to %d ms", *l.EndMS))
	}
	if len(marks) == 0 {
		return ""
	}
	return "[" + strings.Join(marks, ", ") + "] "
}

// renderWords sets a bold beginning between asterisks.
func renderWords(l content.Line) string {
	if len(l.Cells) > 0 {
		return "|" + strings.Join(l.Cells, "|") + "|"
	}
	if l.Strong > 0 {
		return "*" + l.Text[:l.Strong] + "*" + l.Text[l.Strong:]
	}
	return l.Text
}

// checkContent holds what package transcript may rely on.
func checkContent(t *testing.T, c *content.Content) {
	t.Helper()
	for i, l := range c.Lines {
		switch {
		case l.Text == "" || strings.TrimSpace(l.Text) != l.Text:
			t.Fatalf("line %d is %q: empty, or with white space at its ends", i, l.Text)
		case !utf8.ValidString(l.Text) || strings.ContainsAny(l.Text, "\n\x00"):
			t.Fatalf("line %d is %q: not UTF-8, or more than a line", i, l.Text)
		case l.Strong < 0 || l.Strong > len(l.Text) || l.Strong < len(l.Text) && !utf8.RuneStart(l.Text[l.Strong]):
			t.Fatalf("line %d is bold for %d bytes of %q", i, l.Strong, l.Text)
		case l.StartMS != nil && (*l.StartMS < 0 || l.EndMS != nil && *l.EndMS < *l.StartMS):
			t.Fatalf("line %d ends before it starts", i)
		}
		if _, hidden, _ := text.DropInvisible(l.Text); hidden > 0 {
			t.Fatalf("line %d has invisible characters: %q", i, l.Text)
		}
	}
	for _, f := range c.Fields {
		if f.Name == "" || f.Name != strings.ToLower(f.Name) || strings.TrimSpace(f.Value) == "" {
			t.Fatalf("field %q is %q", f.Name, f.Value)
		}
	}
}
