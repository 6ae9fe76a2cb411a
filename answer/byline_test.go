package answer

import (
	"testing"

	"github.com/pullquote/pullquote/answer/quotation"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// hearing are turns of which one is doubtful, and sentences of which some are read aloud.
//
//	[s1] I have her letter here.                  Jane Roe
//	[s2] “The wall is rotten from end to end.”    Jane Roe, reading
//	[s3] She wrote, “The wall leaks.”             Jane Roe, reading in part
//	[s4] The fishers paid for it.                 printed POE 2
//	[s5] The text says “the wall leaks badly.”    the accompanying text, quoting in part
func hearing() *shown {
	s := &shown{runSentences: DefaultEvidence().Prompt.RunSentences, hits: []retrieval.Hit{
		{TranscriptID: "q", Turn: 1, Speaker: "Jane Roe", Role: model.RoleAnswer,
			Text: "I have her letter here. “The wall is rotten from end to end.” She wrote, “The wall leaks.”"},
		{TranscriptID: "q", Turn: 2, Label: "POE 2", Speaker: "John Poe", Role: model.RoleAnswer, Doubt: "the label stands once", Text: "The fishers paid for it."},
		{TranscriptID: "q", Turn: 3, Role: model.RoleNarration, Text: "The text says “the wall leaks badly.”"},
	}}
	for i, h := range s.hits {
		for _, span := range sentence.Split(h.Text) {
			s.sentences = append(s.sentences, shownSentence{hit: i, span: span})
		}
	}
	s.turns = quotation.NewTurns(s.hits, quotation.DefaultThresholds())
	return s
}

func TestBylines(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       string
		reason     Reason
	}{
		{"own words", "Jane Roe said: [s1]", "Jane Roe said: “I have her letter here.” [1]", ""},
		{"read aloud, by a speaker who is named", "Jane Roe said: [s2]", "Jane Roe said: ““The wall is rotten from end to end.”” [1] (quoting)", ""},
		{"read aloud, by one who is not", "It is rotten: [s2]", "It is rotten: ““The wall is rotten from end to end.”” [1] (Jane Roe, quoting)", ""},
		{"in part", "Jane Roe said: [s3]", "Jane Roe said: “She wrote, “The wall leaks.”” [1] (quoting in part)", ""},
		{"nobody's words that quote", "It leaks: [s5]", "It leaks: “The text says “the wall leaks badly.”” [1] (the text accompanying the transcript, quoting in part)", ""},
		{"in doubt", "Others paid: [s4]", "Others paid: “The fishers paid for it.” [1] (speaker uncertain (printed: POE 2))", ""},
		{"in doubt, and credited", "John Poe said: [s4]", "", ReasonMisattributed},
		{"in doubt, and credited behind", "[s4], said John Poe.", "", ReasonMisattributed},
	} {
		t.Run(tt.name, func(t *testing.T) {
			parts, reason := hearing().check(tt.text)
			if reason != tt.reason {
				t.Fatalf("the reason is %q, want %q", reason, tt.reason)
			}
			if reason != "" {
				return
			}
			var a Answer
			w := newWriter(&a, citer{}, func(Event) error { return nil })
			if err := w.statement(w.bylined(parts), false); err != nil {
				t.Fatal(err)
			}
			if got := a.Text; got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}
