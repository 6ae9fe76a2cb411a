package correction

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/transcript/model"
)

// courtesies are pairs of turns that say the same, and how the talk ends.
func courtesies(pairs int, end string) []string {
	return append(slices.Repeat([]string{"Q IDA: Go on?", "A JON: Thank you."}, pairs), end, "A JON: Thank you.")
}

// Turns that say the same amid the same are told apart by their order, while there are as
// many as there were. Else nobody can say which was meant.
func TestTurnsAlike(t *testing.T) {
	first := courtesies(4, "S IDA: So.")
	for _, tt := range []struct {
		name   string
		turn   int // that is mended
		parsed []string
		want   int // the turn that is mended now; -1 for a warning
	}{
		{"the same again", 5, first, 5},
		{"something in front", 5, append([]string{"S MAY: Good morning, all."}, first...), 6},
		{"a pair in front", 5, courtesies(5, "S IDA: So."), -1},
		{"a pair less", 5, courtesies(3, "S IDA: So."), -1},
		{"one alone of those that were many", 5, courtesies(2, "S IDA: So."), -1},
		{"the first may not be the first", 0, courtesies(5, "S IDA: So."), -1},
		{"few words around it may come again", 7, append(first, courtesies(1, "S IDA: So.")...), -1},
		{"many words around it do not", 9, append([]string{"Q IDA: Go on?", "A JON: Thank you."}, courtesies(4, "S IDA: And so the harbour has its lamp again, and its keeper.")...), 11},
	} {
		t.Run(tt.name, func(t *testing.T) {
			before := first
			if tt.want == 11 {
				before = tt.parsed[2:]
			}
			_, list := mend(t, laidOut(before...), edit(tt.turn, TurnEdit{Speaker: Set("ANN")}))
			got := Apply(laidOut(tt.parsed...), list)
			is := slices.IndexFunc(got.Turns, func(turn model.Turn) bool { return turn.Speaker == "ANN" })
			if is != tt.want || (len(got.Warnings) > 0) != (tt.want < 0) {
				t.Errorf("turn %d was mended, with the warnings %q", is, got.Warnings)
			}
		})
	}
}

// What was divided is not divided elsewhere, where the same is said in several turns.
func TestSplitAlike(t *testing.T) {
	said := []string{"A JON: It failed in May. MAY: It failed again in June.", "Q IDA: Is it so?"}
	_, list := mend(t, laidOut(slices.Repeat(said, 2)...), splitBefore(2, "MAY", TurnEdit{Speaker: Set("MAY")}))
	if got := Apply(laidOut(said...), list); len(got.Turns) != 2 || len(got.Warnings) != 1 {
		t.Errorf("got %q\n%s", got.Warnings, printed(got))
	}
}

// Of the words of a turn that was divided off, those are a label that name its speaker.
func TestLabelOfASplit(t *testing.T) {
	for _, tt := range []struct{ words, speaker, want string }{
		{"JOHN POE: the sluice is dead.", "John Poe", "the sluice is dead."},
		{"Poe: the sluice is dead.", "John Poe", "the sluice is dead."},
		{"MR. POE: the sluice is dead.", "John Poe", "the sluice is dead."},
		{"As Poe said: the sluice is dead.", "John Poe", "As Poe said: the sluice is dead."},
		{"Poe John Poe: the sluice is dead.", "John Poe", "Poe John Poe: the sluice is dead."},
		{"Mary: the sluice is dead.", "John Poe", "Mary: the sluice is dead."},
		{"The keeper: the sluice is dead.", "John Poe", "The keeper: the sluice is dead."},
		{"JON: the sluice is dead.", "Jonathan Elm", "JON: the sluice is dead."},
		{"Poe, the sluice is: dead.", "John Poe", "Poe, the sluice is: dead."},
		{"—: the sluice is dead.", "John Poe", "—: the sluice is dead."},
		{"Poe:", "John Poe", "Poe:"},
	} {
		mended, _ := mend(t, laidOut("S IDA: I see now. "+tt.words), splitBefore(0, strings.TrimSpace(tt.words), TurnEdit{Speaker: Set(tt.speaker)}))
		if got := mended.Turns[1].Text; got != tt.want {
			t.Errorf("%s: %q reads %q", tt.speaker, tt.words, got)
		}
	}
}

// A label that stands before other turns of the speaker is one.
func TestLabelOfOtherTurns(t *testing.T) {
	mended, _ := mend(t, laidOut("S The keeper: I see now. The keeper: the sluice is dead.", "S IDA: So."),
		edit(0, TurnEdit{Speaker: Set("John Poe")}), splitBefore(0, "The keeper", TurnEdit{Speaker: Set("John Poe")}))
	if turn := mended.Turns[1]; turn.Text != "the sluice is dead." || turn.Label != "The keeper" {
		t.Errorf("got %q of %q", turn.Text, turn.Label)
	}
}

// Somebody who says who speaks leaves no doubt, be it in a turn as it was, in one divided
// off or in one joined.
func TestSpeakerByHandIsCertain(t *testing.T) {
	doubtful := []string{"S JON: I see.", "S ?By the way: the buoy holds. And so does the lamp.", "S IDA: So."}
	for name, do := range map[string]func(*model.Transcript) (Correction, error){
		"as it was":   edit(1, TurnEdit{Speaker: Set("JON")}),
		"nobody":      edit(1, TurnEdit{Speaker: Set("")}),
		"joined":      edit(1, TurnEdit{Join: true, Speaker: Set("JON")}),
		"divided off": splitBefore(1, "And so", TurnEdit{Speaker: Set("JON")}),
	} {
		mended, list := mend(t, laidOut(doubtful...), do)
		at := 1
		if name == "divided off" {
			at = 2
			if mended.Turns[1].Doubt == "" {
				t.Error("who speaks before a split is certain though nobody said so")
			}
		}
		if mended.Turns[at].Doubt != "" {
			t.Errorf("%s: there is the doubt %q", name, mended.Turns[at].Doubt)
		}
		if again := Apply(laidOut(doubtful...), list); !reflect.DeepEqual(again, mended) {
			t.Errorf("%s: done again it is\n%s", name, printed(again))
		}
	}
}
