package model_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/pullquote/pullquote/transcript/model"
	"github.com/pullquote/pullquote/transcript/sentence"
)

func ms(n int64) *int64 { return &n }

func shown(n *int64) string {
	if n == nil {
		return "-"
	}
	return fmt.Sprint(*n)
}

func TestTimesOfASpan(t *testing.T) {
	timed := model.Turn{Start: 100, End: 140, StartMS: ms(1_000), EndMS: ms(9_000)}
	timed.SetCues(model.Cues{{0, 1_000, 2_000}, {10, 3_000, 4_500}, {20, 4_000, 4_200}, {30, 6_000, 6_000}})
	bare := model.Turn{Start: 100, End: 140, StartMS: ms(1_000)}
	late := model.Turn{Start: 100, End: 140, StartMS: ms(1_000), EndMS: ms(9_000)}
	late.SetCues(model.Cues{{20, 5_000, 5_000}})
	for _, tt := range []struct {
		name       string
		turn       model.Turn
		start, end int
		want       string
	}{
		{"the words of one cue", timed, 110, 118, "3000 to 4500"},
		{"in the midst of a cue", timed, 112, 114, "3000 to 4500"},
		{"over two cues", timed, 105, 115, "1000 to 4500"},
		{"a cue that is shown still", timed, 120, 125, "4000 to 4500"},
		{"a cue without an end, at the end of the turn", timed, 130, 139, "6000 to 9000"},
		{"the whole turn", timed, 100, 140, "1000 to 9000"},
		{"without cues: the turn's", bare, 120, 125, "1000 to -"},
		{"before the first cue", late, 101, 110, "1000 to 5000"},
		{"from the only cue on", late, 120, 130, "5000 to 9000"},
		{"without any times", model.Turn{Start: 100, End: 140}, 120, 125, "- to -"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			start, end := tt.turn.Times(sentence.Span{Start: tt.start, End: tt.end})
			if got := shown(start) + " to " + shown(end); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestCuesThatCannotBeRight(t *testing.T) {
	turn := model.Turn{Start: 50, End: 60, StartMS: ms(1_000), EndMS: ms(5_000)}
	turn.SetCues(model.Cues{{-1, 1_000, 1_100}, {0, 900, 950}, {0, 1_000, 1_500}, {0, 1_200, 1_300}, {2, 2_000, 8_000}, {4, 1_800, 1_900}, {6, 6_000, 6_100}, {10, 3_000, 3_100}})
	if got, want := fmt.Sprint(turn.Cues), "[{0 1000 1500} {2 2000 5000}]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	turn.SetCues(model.Cues{{0, 1_000, 5_000}})
	if turn.Cues != nil {
		t.Errorf("a cue that tells what the turn does is kept: %v", turn.Cues)
	}
}

func TestCueJSON(t *testing.T) {
	data, err := json.Marshal(model.Cues{{0, 100, 250}, {7, 300, 300}})
	if err != nil || string(data) != "[[0,100,250],[7,300]]" {
		t.Fatalf("got %s (%v)", data, err)
	}
	var back model.Cues
	if err := json.Unmarshal(data, &back); err != nil || fmt.Sprint(back) != "[{0 100 250} {7 300 300}]" {
		t.Errorf("got %v (%v)", back, err)
	}
	for _, bad := range []string{"[[1]]", "[[1,2,3,4]]", `[{"at":1}]`, "[[0.5,1]]"} {
		if err := json.Unmarshal([]byte(bad), &back); err == nil {
			t.Errorf("%s was read", bad)
		}
	}
}

// Whatever a source claims, the times of a span lie within its turn, do not end before they
// start, and a span that begins or ends later does not so at an earlier time.
func TestTimesAreMonotone(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	number := func(most int) int64 { return random.Int64N(int64(most)) - 2 }
	for range 2_000 {
		turn := model.Turn{Start: 30, End: 30 + 1 + random.IntN(20)}
		if random.IntN(3) > 0 {
			turn.StartMS = ms(max(0, number(50)))
		}
		if random.IntN(3) > 0 {
			turn.EndMS = ms(max(0, number(50)) + 50)
		}
		var cues model.Cues
		for range random.IntN(8) {
			cues = append(cues, model.Cue{At: int(number(25)), StartMS: number(120), EndMS: number(120)})
		}
		turn.SetCues(cues)
		check := func(turn model.Turn) {
			t.Helper()
			var lastStart, lastEnd int64
			for at := turn.Start; at < turn.End; at++ {
				start, end := turn.Times(sentence.Span{Start: at, End: at + 1})
				wide, _ := turn.Times(sentence.Span{Start: at, End: turn.End})
				if shown(wide) != shown(start) {
					t.Fatalf("%+v: the start at %d depends on the end", turn, at)
				}
				if start != nil {
					if *start < lastStart || turn.StartMS != nil && *start < *turn.StartMS || end != nil && *end < *start {
						t.Fatalf("%+v: at %d from %s to %s", turn, at, shown(start), shown(end))
					}
					lastStart = *start
				}
				if end != nil {
					if *end < lastEnd || turn.EndMS != nil && *end > *turn.EndMS {
						t.Fatalf("%+v: at %d until %s", turn, at, shown(end))
					}
					lastEnd = *end
				}
			}
		}
		check(turn)
		cut := random.IntN(turn.End - turn.Start)
		rest := model.Turn{Start: turn.Start + cut, End: turn.End, EndMS: turn.EndMS}
		rest.SetCues(turn.Cues.From(cut))
		if turn.Cues != nil && rest.Cues != nil {
			for at := rest.Start; at < rest.End; at++ {
				whole, _ := turn.Times(sentence.Span{Start: at, End: rest.End})
				part, _ := rest.Times(sentence.Span{Start: at, End: rest.End})
				if part != nil && shown(whole) != shown(part) {
					t.Fatalf("%+v cut at %d: %s is %s", turn, cut, shown(whole), shown(part))
				}
			}
		}
		check(rest)
	}
}
