package main

import (
	"testing"

	"github.com/pullquote/pullquote/answer"
)

func TestDiff(t *testing.T) {
	equal := func(text string) answer.DiffPart { return answer.DiffPart{Op: answer.DiffEqual, Text: text} }
	drop := func(text string) answer.DiffPart { return answer.DiffPart{Op: answer.DiffDelete, Text: text} }
	add := func(text string) answer.DiffPart { return answer.DiffPart{Op: answer.DiffInsert, Text: text} }
	for _, test := range []struct {
		name    string
		parts   []answer.DiffPart
		colored bool
		want    string
	}{
		{"one word for another", []answer.DiffPart{equal("in the"), drop("first"), add("second"), equal("week")}, false, "in the [-first-]{+second+} week"},
		{"a word too few", []answer.DiffPart{equal("it is"), add("not"), equal("so.")}, false, "it is {+not+} so."},
		{"a word too many", []answer.DiffPart{drop("never"), equal("so")}, false, "[-never-] so"},
		{"punctuation", []answer.DiffPart{equal("is it"), drop("."), add("?")}, false, "is it[-.-]{+?+}"},
		{"colours", []answer.DiffPart{drop("first"), add("second")}, true, "\x1b[31m[-first-]\x1b[0m\x1b[32m{+second+}\x1b[0m"},
		{"a draft that would command the terminal", []answer.DiffPart{drop("a\x1b[2J\u202eb"), add("c")}, false, "[-a[2Jb-]{+c+}"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := (verdicts{colored: test.colored}).diff(test.parts); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
