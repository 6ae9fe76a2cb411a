package model_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/transcript/model"
)

// What is read aloud in each turn of "ROE: ..." or, where it is divided, "ROE| ...".
func TestQuotationsGoOnOverTurns(t *testing.T) {
	for _, tt := range []struct {
		name  string
		turns []string
		want  []string // how much each turn quotes
	}{
		{"interrupted and closed", []string{
			"ROE: She wrote: “The quay is rotten from end to end.", "POE: Slower, please.", "ROE: Nobody mends it, and nobody will.", "POE: Go on.", "ROE: We close it tonight.” I have the copy.",
		}, []string{"quoting in part", "", "quoting", "", "quoting in part"}},
		{"interrupted and never closed", []string{
			"ROE: She wrote: “The quay is rotten from end to end.", "POE: Slower, please.", "ROE: I closed it that night.",
		}, []string{"quoting in part", "", ""}},
		{"closed by another", []string{
			"ROE: She wrote: “The quay is rotten from end to end.", "POE: He went home, so they say.” Is it true?",
		}, []string{"quoting in part", "quoting in part"}},
		{"a paragraph that is divided", []string{
			"ROE: She wrote: “The quay is rotten from end to end.", "ROE| Nobody mends it, and nobody will.", "POE: Thank you for that.",
		}, []string{"quoting in part", "quoting", ""}},
		{"captions", []string{
			"He read \"The quay is rotten", "| from end to end, and nobody", "| will mend it tonight,\" and went", "| home to the fishers.",
		}, []string{"quoting in part", "quoting", "quoting in part", ""}},
		{"each turn with its mark", []string{
			"ROE: She wrote: “The quay is rotten from end to end.", "POE: Go on.", "ROE: “Nobody mends it, and nobody will.”", "POE: And then?", "ROE: I closed it, and that's that.",
		}, []string{"quoting in part", "", "quoting", "", ""}},
		{"a label with a note of reading", []string{
			"ROE (reading): I sank the ferry.\n\nIt was I.", "ROE: That is the letter.", "POE [quoting ROE]: It was I, “I sank the ferry today.”", "ROE (via interpreter): Yes.",
		}, []string{"quoting", "", "quoting", ""}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, turn := range carried(tt.turns).Turns {
				got = append(got, turn.Quoting())
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("the turns are said %q, want %q", got, tt.want)
			}
		})
	}
}

func carried(lines []string) *model.Transcript {
	tr := &model.Transcript{}
	at := 0
	for i, line := range lines {
		label, text, divided := strings.Cut(line, "| ")
		if !divided {
			at += 10
			if label, text, _ = strings.Cut(line, ": "); strings.Contains(label, " ") && !strings.ContainsAny(label, "([") {
				label, text = "", line
			}
		}
		end := at + len([]rune(text))
		tr.Turns = append(tr.Turns, model.Turn{Index: i, Label: model.Optional(label), Text: text, Start: at, End: end})
		at = end + 1
	}
	tr.CarryQuotations()
	return tr
}

// The time grows with the transcript, however many quotations are left open.
func TestCarryQuotationsIsLinear(t *testing.T) {
	lines := slices.Repeat([]string{"ROE: She wrote: “a b c d e", "ROE| f g h i", "POE: x y” z"}, 20_000)
	carried(lines)
}
