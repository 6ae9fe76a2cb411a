package answer

import (
	"testing"

	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
)

// hearing are turns of which one is doubtful, and sentences of which some are read aloud.
//
//	[s1] I have her letter here.                  Jane Roe
//	[s2] “The wall is rotten from end to end.”    Jane Roe, reading
//	[s3] She wrote, “The wall leaks.”             Jane Roe, reading in part
//	[s4] The fishers paid for it.                 printed POE 2
//	[s5] The text says “the wall leaks badly.”    the accompanying text, quoting in part
func hearing() *shown {
	return showing([]retrieval.Hit{
		{TranscriptID: "q", Turn: 1, Speaker: "Jane Roe", Role: model.RoleAnswer,
			Text: "I have her letter here. “The wall is rotten from end to end.” She wrote, “The wall leaks.”"},
		{TranscriptID: "q", Turn: 2, Label: "POE 2", Speaker: "John Poe", Role: model.RoleAnswer, Doubt: "the label stands once", Text: "The fishers paid for it."},
		{TranscriptID: "q", Turn: 3, Role: model.RoleNarration, Text: "The text says “the wall leaks badly.”"},
	})
}

func TestBylines(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       string
		reason     Reason
	}{
		{"own words", "Jane Roe said: [s1]", "Jane Roe said: “I have her letter here.” [1]", ""},
		{"read aloud", "Jane Roe said: [s2]", "Jane Roe said, quoting: ““The wall is rotten from end to end.”” [1]", ""},
		{"read aloud, by one who is not named", "It is rotten: [s2]", "Jane Roe said, quoting: ““The wall is rotten from end to end.”” [1]", ReasonClaim},
		{"in part", "Jane Roe said: [s3]", "Jane Roe said, quoting in part: “She wrote, “The wall leaks.”” [1]", ""},
		{"nobody's words that quote", "[s5]", "The text accompanying the transcript says, quoting in part: “The text says “the wall leaks badly.”” [1]", ""},
		{"in doubt", "[s4]", "Speaker uncertain (printed: POE 2): “The fishers paid for it.” [1]", ""},
		{"in doubt, and about something", "About the fishers: [s4]", "Speaker uncertain (printed: POE 2): “The fishers paid for it.” [1]", ReasonClaim},
		{"in doubt, and credited", "John Poe said: [s4]", "Speaker uncertain (printed: POE 2): “The fishers paid for it.” [1]", ReasonMisattributed},
		{"in doubt, and credited behind", "[s4], said John Poe.", "Speaker uncertain (printed: POE 2): “The fishers paid for it.” [1]", ReasonMisattributed},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := replyAbout(t, hearing(), tt.text)
			var reason Reason
			if len(a.Withheld) > 0 {
				reason = a.Withheld[0].Reason
			}
			if a.Text != tt.want || reason != tt.reason {
				t.Errorf("got %q, withheld as %q; want %q, %q", a.Text, reason, tt.want, tt.reason)
			}
		})
	}
}
