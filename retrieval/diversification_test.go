package retrieval

import (
	"fmt"
	"strings"
	"testing"
)

// ranking are candidates written TRANSCRIPT/TURN:SCORE, best first.
func ranking(list string) []Candidate {
	var ranked []Candidate
	for f := range strings.FieldsSeq(list) {
		var c Candidate
		transcript, place, _ := strings.Cut(f, "/")
		c.TranscriptID = transcript
		fmt.Sscanf(place, "%d:%f", &c.Turn, &c.Score)
		ranked = append(ranked, c)
	}
	return ranked
}

func TestDiversify(t *testing.T) {
	tests := []struct{ name, ranked, want string }{
		{"the third and the fifth are of other places", "a/1:1 a/2:1 a/3:1 a/4:1 a/5:1 a/100:1 b/1:1", "a/1 a/2 a/100 a/3 b/1 a/4 a/5"},
		{"not where the other places are far worse", "a/1:1 a/2:1 a/3:1 a/100:.5", "a/1 a/2 a/3 a/100"},
		{"turns of many places stay in order", "a/1:1 b/1:1 c/1:.9 d/1:.8 e/1:.7 f/1:.6", "a/1 b/1 c/1 d/1 e/1 f/1"},
		{"a short transcript is one place", "a/1:1 a/9:1 a/2:1 a/7:1 a/3:1 a/8:1", "a/1 a/9 a/2 a/7 a/3 a/8"},
		{"two turns are too few", "a/1:1 a/100:1", "a/1 a/100"},
		{"passages of one turn are one", "a/1:1 a/1:1 a/2:1 a/100:1", "a/1 a/2 a/100"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, c := range DefaultRanking().Diversification.diversify(bestOfTurns(ranking(tt.ranked))) {
				got = append(got, fmt.Sprintf("%s/%d", c.TranscriptID, c.Turn))
			}
			if strings.Join(got, " ") != tt.want {
				t.Errorf("ranked %v, want %s", got, tt.want)
			}
		})
	}
}
