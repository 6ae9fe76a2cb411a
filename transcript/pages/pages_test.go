package pages

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/internal/golden"
	"github.com/pullquote/pullquote/transcript/container/content"
)

// The archives in testdata hold typewritten pages, divided by lines of equals signs, each
// followed by its paragraphs. A line behind ~ is set in small type; a line of bars begins
// another column of the page.
func TestParagraphs(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, path := range paths {
		archive := golden.Open(t, path)
		for i := 0; i < len(archive.Files); i += 2 {
			name := archive.Files[i].Name
			t.Run(name, func(t *testing.T) {
				archive.Check(t, i+1, name+" paragraphs", shown(Paragraphs(typed(string(archive.Files[i].Data)))))
			})
		}
	}
}

// The measures of a typewriter, in points, and its small type as a share of it.
const (
	typeSize  = 10.
	typeWidth = 6.
	typeLine  = 12.
	smaller   = .7
	typeWide  = 360. // from column to column
)

// typed is the lines of typewritten pages.
func typed(text string) []content.Line {
	var lines []content.Line
	base, top, column := 700., true, 0.
	for raw := range strings.Lines(text) {
		raw = strings.TrimSuffix(raw, "\n")
		if strings.HasPrefix(raw, "===") {
			base, top, column = 700, true, 0
			continue
		}
		if strings.HasPrefix(raw, "|||") {
			base, column = 700, column+typeWide
			continue
		}
		share := 1.
		if small, ok := strings.CutPrefix(raw, "~"); ok {
			raw, share = small, smaller
		}
		base -= typeLine * share
		trimmed := strings.TrimSpace(raw)
		if trimmed == "" {
			continue
		}
		left := float64(len(raw)-len(strings.TrimLeft(raw, " ")))*typeWidth*share + column
		wide := func(s string) float64 { return float64(len([]rune(s))) * typeWidth * share }
		word, _, _ := strings.Cut(trimmed, " ")
		lines = append(lines, content.Line{Text: trimmed, Page: top, Setting: &content.Setting{
			Left: left, Right: left + wide(trimmed), Base: base, Size: typeSize * share, Word: wide(word + " "),
		}})
		top = false
	}
	return lines
}

// shown has a line for each paragraph: its pages, > for a block quotation, its lines.
func shown(paragraphs []Paragraph) string {
	var b strings.Builder
	for _, p := range paragraphs {
		fmt.Fprint(&b, p.Lines[0].Page)
		if last := p.Lines[len(p.Lines)-1].Page; last != p.Lines[0].Page {
			fmt.Fprintf(&b, "-%d", last)
		}
		if p.Quote {
			b.WriteString(" >")
		}
		for i, l := range p.Lines {
			b.WriteString(map[bool]string{true: " ", false: " / "}[i == 0] + l.Text)
		}
		b.WriteString("\n")
	}
	return b.String()
}

func TestNothing(t *testing.T) {
	if got := Paragraphs(nil); got != nil {
		t.Errorf("no lines have the paragraphs %v", got)
	}
	if got := Paragraphs([]content.Line{{Text: "It has no place."}}); got != nil {
		t.Errorf("a line without a place has the paragraphs %v", got)
	}
}

// FuzzParagraphs puts lines anywhere: each is in one paragraph.
func FuzzParagraphs(f *testing.F) {
	f.Add("It held.\n\n~ 1 It did not.\n===\n  Then it\nheld.\n===\n3\n", uint8(3))
	f.Add("“It held.\n“It did,\n======\nhead\n   he said:\n\n      It held\n", uint8(7))
	f.Fuzz(func(t *testing.T, text string, scatter uint8) {
		lines := typed(text)
		for i, l := range lines {
			l.Setting.Base += float64(i*int(scatter)%13) * float64(scatter)
		}
		n := 0
		for _, p := range Paragraphs(lines) {
			n += len(p.Lines)
		}
		if n != len(lines) {
			t.Errorf("%d lines are in paragraphs, of %d", n, len(lines))
		}
	})
}
