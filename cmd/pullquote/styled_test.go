package main

import (
	"strings"
	"testing"

	"github.com/pullquote/pullquote/answer"
)

func TestStyled(t *testing.T) {
	cited := func(start, end int) answer.Citation { return answer.Citation{AnswerStart: start, AnswerEnd: end} }
	for _, tt := range []struct {
		name, text string
		from       int
		citations  []answer.Citation
		colored    bool
		want       string
	}{
		{"not at a terminal", "Roe: “no” [1]", 0, []answer.Citation{cited(6, 8)}, false, "Roe: “no” [1]"},
		{"a quotation", "Roe: “no” [1]", 0, []answer.Citation{cited(6, 8)}, true, "Roe: “\033[1mno\033[22m” [1]"},
		{"several, not in order", "“a” “b”", 0, []answer.Citation{cited(5, 6), cited(1, 2)}, true, "“\033[1ma\033[22m” “\033[1mb\033[22m”"},
		{"a later part", "“é” and", 10, []answer.Citation{cited(1, 2), cited(11, 12), cited(90, 95)}, true, "“\033[1mé\033[22m” and"},
		{"none", "There is no answer.", 0, nil, true, "There is no answer."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := styled(tt.text, tt.from, tt.citations, tt.colored); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// TestToldInColours tells an answer in pieces: where a quotation stands is counted from the
// beginning of the whole text.
func TestToldInColours(t *testing.T) {
	var screen strings.Builder
	told := &told{to: wrapper{to: &screen}, colored: true}
	for _, e := range []answer.Event{
		answer.Cited{Citation: answer.Citation{AnswerStart: 6, AnswerEnd: 10}}, answer.Delta{Text: "Rœe: “élan” [1]"},
		answer.Cited{Citation: answer.Citation{AnswerStart: 23, AnswerEnd: 25}}, answer.Delta{Text: "\n\nThen “no” [2]"},
	} {
		if err := told.hear(e); err != nil {
			t.Fatal(err)
		}
	}
	want := "Rœe: “\033[1mélan\033[22m” [1]\n\nThen “\033[1mno\033[22m” [2]"
	if screen.String() != want || told.text.String() != strings.NewReplacer("\033[1m", "", "\033[22m", "").Replace(want) {
		t.Errorf("the screen has %q, and the text is %q", screen.String(), told.text.String())
	}
}
