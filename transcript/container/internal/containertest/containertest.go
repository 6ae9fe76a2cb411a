// Package containertest holds containers to one test: golden files of what is
// unwrapped, refusals in one line, and the promises of package content for whatever
// a file may hold.
//
// It knows the content alone and is given what opens it, so that a container's
// package can use it from inside as well as through package container.
package containertest

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/pullquote/pullquote/internal/golden"
	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

// Open unwraps a file, as container.Open does.
type Open func(ctx context.Context, data []byte, o content.Options) (*content.Content, error)

// Golden unwraps what archives hold. The last file of each is what is unwrapped
// from those before it.
func Golden(t *testing.T, archives string, unwrap func(t testing.TB, input []txtar.File) (*content.Content, error)) {
	files, err := filepath.Glob(archives)
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden files: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive := golden.Open(t, file)
			last := len(archive.Files) - 1
			got, err := unwrap(t, archive.Files[:last])
			if err != nil {
				t.Fatal(err)
			}
			Check(t, got)
			archive.Check(t, last, archive.Files[last].Name, Render(got))
		})
	}
}

// File opens archives that hold one file, known by its name.
func File(open Open) func(testing.TB, []txtar.File) (*content.Content, error) {
	return func(t testing.TB, input []txtar.File) (*content.Content, error) {
		return open(t.Context(), input[0].Data, content.Options{Filename: input[0].Name})
	}
}

// Fuzz holds a container, and all that a file may be taken for, to this: whatever
// a file holds, it is unwrapped to lines that keep their promises, or refused with
// an error that is one line. It begins with the first files of golden archives, or
// those with one of the extensions.
func Fuzz(f *testing.F, kind string, open Open, archives string, extensions ...string) {
	files, err := filepath.Glob(archives)
	if err != nil || len(files) == 0 {
		f.Fatalf("no golden files: %v", err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		if input := archive.Files[0]; len(extensions) == 0 || slices.Contains(extensions, filepath.Ext(input.Name)) {
			f.Add(input.Data)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, o := range []content.Options{{Kind: kind}, {}} {
			c, err := open(t.Context(), data, o)
			if err == nil {
				Check(t, c)
				continue
			}
			var known *content.Error
			if !errors.As(err, &known) || strings.Contains(known.Message, "\n") {
				t.Fatalf("an error of type %T: %q", err, err)
			}
		}
	})
}

// Refused demands an error of this code, on one line that says so.
func Refused(t testing.TB, err error, code, message string) {
	t.Helper()
	var got *content.Error
	if !errors.As(err, &got) {
		t.Fatalf("got %v, want an *Error", err)
	}
	if got.FaultCode() != code || !strings.Contains(got.Message, message) || strings.Contains(got.Message, "\n") {
		t.Errorf("got %s %q, want %s and %q on one line", got.FaultCode(), got.Message, code, message)
	}
}

// Render writes what was unwrapped for people to read: a blank line before
// a paragraph, and before each line what is known of it.
func Render(c *content.Content) string {
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
	for _, part := range []string{v.Name, v.Affiliation, v.Role, v.Doubt} {
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

// Check holds what package transcript may rely on.
func Check(t testing.TB, c *content.Content) {
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
