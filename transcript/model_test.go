package transcript

import "testing"

func TestTurnSentencesStandInTheCanonicalText(t *testing.T) {
	turn := Turn{Start: 100, Text: "Éire closed. Why?"}
	got := turn.Sentences()
	want := []Span{{100, 112}, {113, 117}}
	if len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("got %v, want %v", got, want)
	}
}
