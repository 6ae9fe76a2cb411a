package people

import (
	"slices"
	"testing"

	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/names"
	"github.com/pullquote/pullquote/transcript/model"
)

// turnsOf are turns of pairs of a label and the words behind it.
func turnsOf(pairs ...string) []model.Turn {
	var turns []model.Turn
	for i := 0; i+1 < len(pairs); i += 2 {
		turns = append(turns, model.Turn{Index: i / 2, Label: model.Optional(pairs[i]), Text: pairs[i+1]})
	}
	return turns
}

// Labels stand for the people of the title block; where it leaves a doubt, they stay as they
// are printed, and a warning says so.
func TestName(t *testing.T) {
	for _, tt := range []struct {
		name, block string
		turns       []model.Turn
		speakers    []string
		warnings    int
	}{
		{"surnames", "Jane Roe, Harbour Master\nJohn Poe, Diver", turnsOf("MS. ROE", "It holds.", "MR. POE", "It does."),
			[]string{"Jane Roe", "John Poe"}, 0},
		{"a slip", "Jane Harroe, Diver", turnsOf("MS. HARROE", "It holds.", "MS. HAROE", "It does.", "MS. HARROE", "So.", "MS. HARROE", "Good."),
			[]string{"Jane Harroe", "Jane Harroe", "Jane Harroe", "Jane Harroe"}, 1},
		{"two of one surname", "John Poe, Diver\nKarl Poe, Diver", turnsOf("MR. POE", "It holds."), []string{""}, 1},
		{"two of one surname in one line", "Panel: Jane Roe, diver; Karl Roe, pilot; John Poe, moderator", turnsOf("ROE", "It holds.", "MR. POE", "So?"), []string{"", "John Poe"}, 1},
		{"nobody", "", turnsOf("MS. ROE", "It holds."), []string{"Ms. Roe"}, 1},
		{"an asker", "", turnsOf("QUESTION", "Karl Moe, Harbour Radio. Why?", "QUESTION", "And my follow-up: when?", "QUESTION", "Where?"),
			[]string{"Karl Moe", "Karl Moe", ""}, 0},
	} {
		got := model.Transcript{Turns: tt.turns}
		reader := labels.Reader{}
		Name(&got, ReadFront(nil, linesOf(tt.block), nil, got.Turns, reader), reader)
		var speakers []string
		for _, turn := range got.Turns {
			speakers = append(speakers, string(turn.Speaker))
		}
		if !slices.Equal(speakers, tt.speakers) || len(got.Warnings) != tt.warnings {
			t.Errorf("%s: %q, warnings %q", tt.name, speakers, got.Warnings)
		}
	}
}

func TestCalledOn(t *testing.T) {
	for text, want := range map[string]names.Person{
		"Thank you. Our next question comes from Jane Roe with Harbour Radio.":     {Name: "Jane Roe", Affiliation: "Harbour Radio"},
		"We go to Karl Moe of the Ferry Times.":                                    {Name: "Karl Moe", Affiliation: "Ferry Times"},
		"We go to Port Vale in May.":                                               {},
		"We go to Karl Moe of the Ferry Times, then go to Lene Aas of Radio Nord.": {},
	} {
		if got, _ := CalledOn(text); got != want {
			t.Errorf("CalledOn(%q) = %+v", text, got)
		}
	}
}

func TestListedNames(t *testing.T) {
	for list, want := range map[string][]string{
		"Jane Roe, John Poe": {"Jane Roe", "John Poe"},
		"JANE ROE; Gull":     {"Jane Roe", "Gull"},
		"[ \"Jane Roe\" ]":   {"Jane Roe"},
		"to be announced":    nil,
	} {
		if got := ListedNames(list); !slices.Equal(got, want) {
			t.Errorf("ListedNames(%q) = %q", list, got)
		}
	}
}
