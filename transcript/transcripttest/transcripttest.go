// Package transcripttest holds transcripts to what is promised of every one, and what is
// parsed to archives of texts beside the turns found in them.
package transcripttest

import (
	"cmp"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/pullquote/pullquote/internal/golden"
	"github.com/pullquote/pullquote/transcript/model"
)

// Archives holds the parser to the archives of a folder, of which there must be one.
// Each has texts (NAME.txt, NAME.md), each followed by the turns found in it
// (NAME.turns), which a new one gets by make golden.
func Archives(t *testing.T, folder string, parse func(t *testing.T, filename string, data []byte) *model.Transcript) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.txtar"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no archives in %s: %v", folder, err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive := golden.Open(t, file)
			for i := 0; i < len(archive.Files); i += 2 {
				input := archive.Files[i]
				t.Run(input.Name, func(t *testing.T) {
					got := parse(t, input.Name, input.Data)
					CheckInvariants(t, got)
					turns := strings.TrimSuffix(input.Name, filepath.Ext(input.Name)) + ".turns"
					archive.Check(t, i+1, turns, showTurns(got))
				})
			}
		})
	}
}

// CheckInvariants holds what is promised of every transcript.
func CheckInvariants(t *testing.T, got *model.Transcript) {
	t.Helper()
	text := []rune(got.Text)
	end := 0
	for i, turn := range got.Turns {
		if turn.Index != i {
			t.Errorf("turn %d has index %d", i, turn.Index)
		}
		if turn.Start < end || turn.End < turn.Start || turn.End > len(text) {
			t.Fatalf("turn %d is at %d-%d, after %d in a text of %d", i, turn.Start, turn.End, end, len(text))
		}
		if string(text[turn.Start:turn.End]) != turn.Text {
			t.Errorf("turn %d is not what stands at %d-%d", i, turn.Start, turn.End)
		}
		if turn.Text != strings.TrimSpace(turn.Text) {
			t.Errorf("turn %d has white space at its ends: %q", i, turn.Text)
		}
		if !turn.Role.Valid() {
			t.Errorf("turn %d has the role %q", i, turn.Role)
		}
		if turn.Answers != nil && (*turn.Answers < 0 || *turn.Answers >= len(got.Turns)) {
			t.Errorf("turn %d answers turn %d of %d", i, *turn.Answers, len(got.Turns))
		}
		checkTimes(t, turn)
		end = turn.End
	}
	if got.Date != "" && !isDay(string(got.Date)) {
		t.Errorf("the date is %q", got.Date)
	}
}

// checkTimes holds the times of a turn's sentences to its own, and to each other: none begins
// or ends at an earlier time than the one before.
func checkTimes(t *testing.T, turn model.Turn) {
	t.Helper()
	from, to := turn.StartMS, (*int64)(nil)
	for _, s := range turn.Sentences() {
		start, end := turn.Times(s)
		switch {
		case earlier(start, from), earlier(end, start), earlier(end, to), earlier(turn.EndMS, end):
			t.Fatalf("turn %d, with the cues %v, has times that run backwards at %d-%d", turn.Index, turn.Cues, s.Start, s.End)
		}
		from, to = start, end
	}
}

// earlier reports whether a time is before another, where both are known.
func earlier(a, b *int64) bool { return a != nil && b != nil && *a < *b }

// isDay reports whether a date is a day written as YYYY-MM-DD.
func isDay(date string) bool {
	_, err := time.Parse(time.DateOnly, date)
	return err == nil
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
		label := cmp.Or(string(turn.Label), string(turn.Speaker), "nobody named")
		if turn.StartMS != nil {
			label += fmt.Sprintf(" at %d", *turn.StartMS)
		}
		if turn.Doubt != "" {
			label += fmt.Sprintf(" (doubt: %s)", turn.Doubt)
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
