package transcript

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/model"
)

// Each archive in testdata/turns shows one way of setting labels apart: texts
// (NAME.txt, NAME.md) and the turns found in them (NAME.turns). An archive has
// at least two texts that look different, and what must not be taken for a
// label.
func TestTurns(t *testing.T) {
	files, err := filepath.Glob("testdata/turns/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i+1 < len(archive.Files); i += 2 {
			input, want := archive.Files[i], &archive.Files[i+1]
			t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar")+"/"+input.Name, func(t *testing.T) {
				got, err := Parse(input.Data, Options{Filename: input.Name})
				if err != nil {
					t.Fatal(err)
				}
				checkInvariants(t, got)
				if shown := showTurns(got); *update {
					want.Data = []byte(shown)
				} else if shown != string(want.Data) {
					t.Errorf("got:\n%s\nwant:\n%s", shown, want.Data)
				}
			})
		}
		if *update {
			if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// showTurns writes one turn a line, with its label and time, a stroke between
// paragraphs, and behind a bar what stands between them.
func showTurns(t *model.Transcript) string {
	var b strings.Builder
	text := []rune(t.Text)
	between := func(from, to int, label model.Optional) {
		s := strings.TrimSpace(string(text[from:to]))
		s = strings.TrimSpace(strings.TrimSuffix(strings.TrimSuffix(s, ">>"), string(label)+":"))
		if s != "" {
			fmt.Fprintf(&b, "  | %s\n", strings.ReplaceAll(s, "\n\n", " / "))
		}
	}
	at := 0
	for _, turn := range t.Turns {
		between(at, turn.Start, turn.Label)
		label := letters.FirstOf(string(turn.Label), string(turn.Speaker), "nobody named")
		if turn.StartMS != nil {
			label += fmt.Sprintf(" at %d", *turn.StartMS)
		}
		fmt.Fprintf(&b, "%s: %s\n", label, strings.NewReplacer("\n\n", " / ", "\n", "⏎").Replace(turn.Text))
		at = turn.End
	}
	between(at, len(text), "")
	for _, w := range t.Warnings {
		if !strings.Contains(w, "full name") {
			fmt.Fprintf(&b, "warning: %s\n", w)
		}
	}
	return b.String()
}
