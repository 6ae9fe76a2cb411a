package transcript

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/internal/golden"
	"github.com/pullquote/pullquote/transcript/model"
	"github.com/pullquote/pullquote/transcript/transcripttest"
)

// Each archive in testdata/parse holds an input and what is read from it.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/parse/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden files: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive := golden.Open(t, file)
			input := archive.Files[0]
			got, err := Parse(t.Context(), input.Data, Options{Filename: input.Name})
			if err != nil {
				t.Fatal(err)
			}
			transcripttest.CheckInvariants(t, got)
			archive.Check(t, 1, archive.Files[1].Name, render(got))
		})
	}
}

// render writes a transcript for people to read: the facts, then the canonical
// text with each turn's marks, in which >> and << are the turn's ends.
func render(t *model.Transcript) string {
	var b strings.Builder
	fmt.Fprintf(&b, "format: %s\ntitle: %s\ndate: %s\nplace: %s\nlanguage: %s\n", t.Format, t.Title, t.Date, t.Place, t.Language)
	for _, s := range t.Speakers {
		fmt.Fprintf(&b, "speaker: %s\n", describe(s.Name, string(s.Affiliation), strings.Join(s.Labels, ", ")))
	}
	for _, w := range t.Warnings {
		fmt.Fprintf(&b, "warning: %s\n", w)
	}
	b.WriteString("\n")
	text := []rune(t.Text)
	at := 0
	for _, turn := range t.Turns {
		fmt.Fprintf(&b, "%s>>[%d %s", string(text[at:turn.Start]), turn.Index, turn.Role)
		if turn.Answers != nil {
			fmt.Fprintf(&b, " of %d", *turn.Answers)
		}
		fmt.Fprintf(&b, ": %s] %s<<", describe(string(turn.Speaker), string(turn.Affiliation), ""), turn.Text)
		at = turn.End
	}
	return b.String() + string(text[at:]) + "\n"
}

func describe(name, affiliation, labels string) string {
	if name == "" {
		name = "somebody"
	}
	if affiliation != "" {
		name += " (" + affiliation + ")"
	}
	if labels != "" {
		name += " as " + labels
	}
	return name
}
