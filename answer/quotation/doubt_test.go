package quotation

import (
	"testing"

	"github.com/pullquote/pullquote/retrieval"
)

// Where the record is in doubt, it has the words, but says for nobody that they are theirs.
func TestJudgeInDoubt(t *testing.T) {
	const doubt = "the label stands once"
	turns := NewTurns([]retrieval.Hit{
		{TranscriptID: "q", Turn: 0, Speaker: "Jane Roe", Text: "The quay is rotten from end to end."},
		{TranscriptID: "q", Turn: 1, Label: "MR. POE", Doubt: doubt, Text: "The fishers paid for the lanterns."},
		{TranscriptID: "q", Turn: 2, Doubt: doubt, Text: "The slipway was dredged in May."},
		{TranscriptID: "q", Turn: 3, Label: "ROE", Speaker: "Jane Roe", Doubt: doubt, Text: "The quay is rotten from end to end."},
	}, DefaultThresholds())
	for _, tt := range []struct {
		name, quote, speaker string
		status               Status
		turn                 int
	}{
		{"credited as it is printed", "The fishers paid for the lanterns.", "John Poe", StatusExact, 1},
		{"credited otherwise", "The fishers paid for the lanterns.", "Jane Roe", StatusMisattributed, 1},
		{"credited to nobody", "The fishers paid for the lanterns.", "", StatusExact, 1},
		{"credited where nothing is printed", "The slipway was dredged in May.", "Jane Roe", StatusExact, 2},
		{"said twice, once for certain", "The quay is rotten from end to end.", "Roe", StatusExact, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			j := turns.Judge(DraftQuote{Text: tt.quote, Speaker: tt.speaker})
			if j.Status != tt.status || turns.Hit(j.Matches[0]).Turn != tt.turn {
				t.Errorf("it is %s, in %v; want %s, in turn %d", j.Status, j.Matches, tt.status, tt.turn)
			}
		})
	}
}
