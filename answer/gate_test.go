package answer

import (
	"strings"
	"testing"

	"github.com/pullquote/pullquote/answer/quotation"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// bridge are the turns that the statements below are about, and their sentences.
//
//	[s1] What will the bridge cost?                       Emil Sand, asking
//	[s2] It will cost 94 million crowns.                  Karin Voss
//	[s3] I would not call that cheap.
//	[s4] The pillars don’t crack – “not one of them.”
//	[s5] The toll will be eleven crowns.                  Ole Brandt
//	[s6] I would not call that cheap.
//	[s7] The office opened in 2019.                       the accompanying text
func bridge() *shown {
	question := &retrieval.QuestionTurn{Turn: 0, Speaker: "Emil Sand", Affiliation: "Ostvik Post", Text: "What will the bridge cost?"}
	s := &shown{runSentences: DefaultEvidence().Prompt.RunSentences, hits: []retrieval.Hit{
		{TranscriptID: "b", Turn: 0, Speaker: "Emil Sand", Affiliation: "Ostvik Post", Role: model.RoleQuestion, Text: question.Text},
		{TranscriptID: "b", Turn: 1, Speaker: "Karin Voss", Role: model.RoleAnswer, Question: question,
			Text: "It will cost 94 million crowns. I would not call that cheap. The pillars don’t crack – “not one of them.”"},
		{TranscriptID: "c", Turn: 1, Speaker: "Ole Brandt", Role: model.RoleStatement, Text: "The toll will be eleven crowns. I would not call that cheap."},
		{TranscriptID: "b", Turn: 2, Role: model.RoleNarration, Text: "The office opened in 2019."},
	}}
	for i, h := range s.hits {
		for _, span := range sentence.Split(h.Text) {
			s.sentences = append(s.sentences, shownSentence{hit: i, span: span})
		}
	}
	s.turns = quotation.NewTurns(s.hits, quotation.DefaultThresholds())
	return s
}

func TestCheck(t *testing.T) {
	tests := []struct {
		name, text string
		want       string // the statement with its quotations, or
		reason     Reason // why it is withheld
	}{
		{"a number becomes the sentence", "Karin Voss said: [s2]", "Karin Voss said: ‹It will cost 94 million crowns.›", ""},
		{"a run becomes one quotation", "Karin Voss said: [s2-s3]", "Karin Voss said: ‹It will cost 94 million crowns. I would not call that cheap.›", ""},
		{"neighbours in a list too", "Karin Voss said: [s2, s3]", "Karin Voss said: ‹It will cost 94 million crowns. I would not call that cheap.›", ""},
		{"a list of far ones becomes several", "Karin Voss said: [s2, s4]", "Karin Voss said: ‹It will cost 94 million crowns.› ‹The pillars don’t crack – “not one of them.”›", ""},
		{"marks around a number are the program's to set", `Karin Voss said: "[s2]"`, "Karin Voss said: ‹It will cost 94 million crowns.›", ""},
		{"without a speaker it is the program that credits", "It is expensive: [s2]", "It is expensive: ‹It will cost 94 million crowns.›", ""},
		{"the questioner beside the answerer", "Asked by Emil Sand, Voss said [s2].", "Asked by Emil Sand, Voss said ‹It will cost 94 million crowns.›.", ""},
		{"the speaker behind the quotation", "[s5], said Ole Brandt.", "‹The toll will be eleven crowns.›, said Ole Brandt.", ""},
		{"two speakers, each with their own", "Voss said [s2], Brandt said [s5].", "Voss said ‹It will cost 94 million crowns.›, Brandt said ‹The toll will be eleven crowns.›.", ""},
		{"the record's words in the model's marks", `Karin Voss said "It will cost 94 million crowns."`, "Karin Voss said ‹It will cost 94 million crowns.›", ""},
		{"other marks, other apostrophe: the record's are put in", `Voss said «The pillars don't crack»`, "Voss said ‹The pillars don’t crack›", ""},
		{"a speaker decides between two places", `Brandt said “I would not call that cheap.”`, "Brandt said ‹I would not call that cheap.›", ""},
		{"an apostrophe is no mark", "Voss's figure wasn't the ministers' own: [s2]", "Voss's figure wasn't the ministers' own: ‹It will cost 94 million crowns.›", ""},
		{"a link is its words", "Voss [said](http://evil.test): [s2]", "Voss said: ‹It will cost 94 million crowns.›", ""},

		{"no number", "The bridge is expensive.", "", ReasonUnsupported},
		{"an unknown number", "Voss said: [s99]", "", ReasonFabricated},
		{"zero", "Voss said: [s0]", "", ReasonFabricated},
		{"a reversed run", "Voss said: [s3-s2]", "", ReasonFabricated},
		{"an absurd run", "Voss said: [s1-s900000]", "", ReasonFabricated},
		{"a run over two turns", "Voss said: [s4-s5]", "", ReasonStitched},
		{"another's words", "Ole Brandt said: [s2]", "", ReasonMisattributed},
		{"the question as the answerer's words", "Karin Voss said: [s1]", "", ReasonMisattributed},
		{"words of somebody who is not shown", "President Lindqvist said: [s2]", "", ReasonMisattributed},
		{"according to another", "According to Brandt, the price is known: [s2]", "", ReasonMisattributed},
		{"another's words, the name behind", "[s2], Brandt said.", "", ReasonMisattributed},
		{"the accompanying text as somebody's words", "Voss said: [s7]", "", ReasonMisattributed},
		{"a word changed", `Voss said "It will cost 95 million crowns."`, "", ReasonAltered},
		{"a negation", `Voss said "I would call that cheap."`, "", ReasonAltered},
		{"words from nowhere", `Voss said "Every tax will rise tomorrow."`, "", ReasonFabricated},
		{"the record's words under another's name", `Brandt said "It will cost 94 million crowns."`, "", ReasonMisattributed},
		{"two places joined by an ellipsis", `Voss said "It will cost 94 million crowns … The toll will be eleven crowns."`, "", ReasonStitched},
		{"two places joined by nothing", `Voss said "It will cost 94 million crowns. The toll will be eleven crowns."`, "", ReasonStitched},
		{"two speakers said it", `It was called "I would not call that cheap."`, "", ReasonAmbiguous},
		{"never closed", `Voss said "It will cost 94 million crowns.`, "", ReasonFabricated},
		{"single marks", "Voss said 'It will cost 95 million crowns.'", "", ReasonAltered},
		{"low and high marks", "Voss said „It will cost 95 million crowns.“", "", ReasonAltered},
		{"corner brackets", "Voss said 「It will cost 95 million crowns.」", "", ReasonAltered},
		{"backticks", "Voss said `It will cost 95 million crowns.`", "", ReasonAltered},
		{"as a mail quotes", "> It will cost 95 million crowns.", "", ReasonAltered},
		{"HTML entities", "Voss said &ldquo;It will cost 95 million crowns.&rdquo;", "", ReasonAltered},
		{"escaped marks", `Voss said \"It will cost 95 million crowns.\"`, "", ReasonAltered},
		{"a lie beside a number", `Voss said "It is free." [s2]`, "", ReasonFabricated},
		{"cut inside a word", `Voss said "will cost 94 mill" [s2]`, "", ReasonAltered},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			parts, reason := bridge().check(tt.text)
			if reason != tt.reason || (reason == "" && show(parts) != tt.want) {
				t.Errorf("check(%q) = %q, withheld as %q; want %q, %q", tt.text, show(parts), reason, tt.want, tt.reason)
			}
		})
	}
}

// A statement that credits by a family name has to tell which of its bearers is meant.
func TestCheckAmongNamesakes(t *testing.T) {
	s := &shown{runSentences: DefaultEvidence().Prompt.RunSentences, hits: []retrieval.Hit{
		{TranscriptID: "w", Turn: 0, Label: "MR. DANIEL RUSK", Speaker: "Daniel Rusk", Text: "The roof costs more than the ward."},
		{TranscriptID: "w", Turn: 1, Label: "DR. HELEN RUSK", Speaker: "Helen Rusk", Text: "I put two babies into one cot."},
		{TranscriptID: "x", Turn: 0, Label: "Nora Lund", Speaker: "Nora Lund", Text: "I wanted to be a violinist."},
	}}
	for i, h := range s.hits {
		s.sentences = append(s.sentences, shownSentence{hit: i, span: sentence.Span{End: len(h.Text)}})
	}
	s.turns = quotation.NewTurns(s.hits, quotation.DefaultThresholds(), []retrieval.PrintedName{
		{Name: "Daniel Rusk", Labels: []string{"MR. DANIEL RUSK"}},
		{Name: "Helen Rusk", Labels: []string{"DR. HELEN RUSK"}},
		{Name: "Nora Lund", Labels: []string{"Nora Lund"}},
		{Name: "Senator Lund", Labels: []string{"SENATOR LUND"}}, // none of whose words are shown
	}...)
	for text, want := range map[string]Reason{
		"Dr. Rusk said: [s2]":           "",
		"Mr. Rusk said: [s1]":           "",
		"Helen Rusk told of it: [s2]":   "",
		"Helen Rusk's memory is: [s2]":  "",
		"Nora Lund said: [s3]":          "",
		"Mr. Rusk said: [s2]":           ReasonMisattributed,
		"Rusk said: [s2]":               ReasonMisattributed,
		"Rusk said: [s1]":               ReasonMisattributed,
		"Rusk's memory is: [s1]":        ReasonMisattributed,
		"Daniel Rusk's memory is: [s2]": ReasonMisattributed,
		"Senator Lund said: [s3]":       ReasonMisattributed,
		"[s3], said Lund.":              ReasonMisattributed,
	} {
		t.Run(text, func(t *testing.T) {
			if _, reason := s.check(text); reason != want {
				t.Errorf("withheld as %q, want %q", reason, want)
			}
		})
	}
}

// show writes parts with their quotations between ‹ and ›.
func show(parts []part) string {
	var b strings.Builder
	for _, p := range parts {
		if p.quote == nil {
			b.WriteString(p.prose)
		} else {
			b.WriteString("‹" + p.quote.text + "›")
		}
	}
	return b.String()
}

func TestReply(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"sentences", "Voss said [s1]. Brandt did not. ", "Voss said [s1].|Brandt did not."},
		{"a number after the full stop", "Voss said so. [s1] Brandt did not. [s2]", "Voss said so. [s1]|Brandt did not. [s2]"},
		{"abbreviations", "Mr. Voss of the U.S. office said [s1]. Yes [s2].", "Mr. Voss of the U.S. office said [s1].|Yes [s2]."},
		{"a quotation of several sentences", "Voss said “One. Two.” [s1] Three [s2].", "Voss said “One. Two.” [s1]|Three [s2]."},
		{"paragraphs", "One [s1].\n\nTwo [s2].\nThree [s3].", "One [s1].|¶Two [s2].|¶Three [s3]."},
		{"list marks", "- One [s1].\n* Two [s2].", "One [s1].|¶Two [s2]."},
		{"no answer", "NO_ANSWER", "NO_ANSWER"},
		{"control characters", "Voss\x1b[31m said\u202e [s1].", "Voss[31m said [s1]."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for size := 1; size <= len(tt.text); size++ {
				if got := readReply(tt.text, size); got != tt.want {
					t.Fatalf("in pieces of %d: %q, want %q", size, got, tt.want)
				}
			}
		})
	}
}

// readReply reads a reply that comes in pieces of size runes.
func readReply(text string, size int) string {
	var r reply
	var statements []unchecked
	for runes := []rune(text); len(runes) > 0; runes = runes[min(size, len(runes)):] {
		statements = append(statements, r.add(string(runes[:min(size, len(runes))]))...)
	}
	var shown []string
	for _, p := range append(statements, r.end()...) {
		if p.paragraph {
			p.text = "¶" + p.text
		}
		shown = append(shown, p.text)
	}
	return strings.Join(shown, "|")
}
