package model

import (
	"testing"

	"github.com/pullquote/pullquote/transcript/sentence"
)

func TestTurnSentencesStandInTheCanonicalText(t *testing.T) {
	turn := Turn{Start: 100, Text: "Éire closed. Why?"}
	got := turn.Sentences()
	want := []sentence.Span{{Start: 100, End: 112}, {Start: 113, End: 117}}
	if len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("got %v, want %v", got, want)
	}
}
