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
		{TranscriptID: "q", Turn: 4, Label: "MS. ROE", Doubt: "may be Jane Roe or Martha Roe", Text: "The lighthouse was sold in the autumn."},
		{TranscriptID: "q", Turn: 5, Label: "THE CLERK", Doubt: doubt, Text: "The lighthouse was painted in the spring."},
	}, DefaultThresholds())
	for _, tt := range []struct {
		name, quote, speaker string
		status               Status
		turn                 int
	}{
		{"credited as it is printed", "The fishers paid for the lanterns.", "Mr. Poe", StatusAmbiguous, 1},
		{"credited with more than is printed", "The fishers paid for the lanterns.", "John Poe", StatusAmbiguous, 1},
		{"credited otherwise", "The fishers paid for the lanterns.", "Jane Roe", StatusMisattributed, 1},
		{"credited to nobody", "The fishers paid for the lanterns.", "", StatusExact, 1},
		{"credited where nothing is printed", "The slipway was dredged in May.", "Jane Roe", StatusMisattributed, 2},
		{"credited to the first who may be meant", "The lighthouse was sold in the autumn.", "Jane Roe", StatusAmbiguous, 4},
		{"credited to the other", "The lighthouse was sold in the autumn.", "Martha Roe", StatusAmbiguous, 4},
		{"credited to one who is not meant", "The lighthouse was sold in the autumn.", "John Poe", StatusMisattributed, 4},
		{"credited to anybody for a label without a name", "The lighthouse was painted in the spring.", "John Poe", StatusMisattributed, 5},
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
