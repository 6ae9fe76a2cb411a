package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript"
)

// verify holds an answer to the promise: every quotation is an exact span inside
// one turn, with that turn's speaker, and nothing else stands between quotation
// marks. find is the transcript that a citation names, nil if there is none.
func verify(a *answer.Answer, find func(answer.Citation) *transcript.Transcript) error {
	for _, c := range a.Citations {
		if err := verifyCitation(a.Text, c, find(c)); err != nil {
			return fmt.Errorf("citation %d: %w", c.Number, err)
		}
	}
	return verifyMarks(a)
}

func verifyCitation(text string, c answer.Citation, t *transcript.Transcript) error {
	if t == nil || c.Turn < 0 || c.Turn >= len(t.Turns) {
		return fmt.Errorf("there is no turn %d in transcript %s, %q", c.Turn, c.TranscriptID, c.TranscriptTitle)
	}
	turn := t.Turns[c.Turn]
	if got := slice(t.Text, c.Start, c.End); got != c.Quote {
		return fmt.Errorf("the record has %q at [%d:%d], the quotation is %q", got, c.Start, c.End, c.Quote)
	}
	if got := slice(text, c.AnswerStart, c.AnswerEnd); got != c.Quote {
		return fmt.Errorf("the answer has %q at [%d:%d], the quotation is %q", got, c.AnswerStart, c.AnswerEnd, c.Quote)
	}
	if c.Start < turn.Start || c.End > turn.End {
		return fmt.Errorf("[%d:%d] is not inside turn %d, [%d:%d]", c.Start, c.End, c.Turn, turn.Start, turn.End)
	}
	if c.Speaker != turn.Speaker || c.Affiliation != turn.Affiliation || c.Role != turn.Role {
		return fmt.Errorf("credited to %q (%q), %s; the turn is of %q (%q), %s", c.Speaker, c.Affiliation, c.Role, turn.Speaker, turn.Affiliation, turn.Role)
	}
	if q := c.Question; q != nil && (turn.Answers == nil || q.Turn != *turn.Answers || q.Text != t.Turns[q.Turn].Text || q.Speaker != t.Turns[q.Turn].Speaker) {
		return fmt.Errorf("turn %d does not answer the question given, turn %d", c.Turn, q.Turn)
	}
	return nil
}

// verifyMarks holds that quotation marks stand around the cited words, and
// nowhere else in the answer's own prose.
func verifyMarks(a *answer.Answer) error {
	text, at := []rune(a.Text), 0
	prose := ""
	for _, c := range a.Citations {
		if c.AnswerStart-1 < at || text[c.AnswerStart-1] != '“' || text[c.AnswerEnd] != '”' {
			return fmt.Errorf("citation %d does not stand between quotation marks: %s", c.Number, a.Text)
		}
		prose += string(text[at : c.AnswerStart-1])
		at = c.AnswerEnd + 1
	}
	prose += string(text[at:])
	if strings.ContainsAny(prose, `“”"„«»`) {
		return fmt.Errorf("words stand between quotation marks without a citation: %s", a.Text)
	}
	return nil
}

// slice is the code points of a text from start to end; nothing where there are none.
func slice(text string, start, end int) string {
	runes := []rune(text)
	if start < 0 || start >= end || end > len(runes) {
		return ""
	}
	return string(runes[start:end])
}

// TestVerify tampers with an answer that keeps the promise.
func TestVerify(t *testing.T) {
	record, err := transcript.Parse(t.Context(), []byte(orchard), transcript.Options{})
	if err != nil {
		t.Fatal(err)
	}
	said := record.Turns[1]
	honest := func() *answer.Answer {
		prose, end := []rune("Ivo Rook said: “"), said.Start+len("In the second week of May.")
		quote := slice(record.Text, said.Start, end)
		return &answer.Answer{
			Text: string(prose) + quote + "” [1]",
			Citations: []answer.Citation{{
				Number: 1, Quote: quote, Turn: 1, Speaker: said.Speaker, Role: said.Role, Start: said.Start, End: end,
				AnswerStart: len(prose), AnswerEnd: len(prose) + len(quote),
				Question: &retrieval.QuestionTurn{Turn: 0, Speaker: record.Turns[0].Speaker, Text: record.Turns[0].Text},
			}},
		}
	}
	find := func(answer.Citation) *transcript.Transcript { return record }
	if err := verify(honest(), find); err != nil {
		t.Errorf("an answer that keeps the promise: %v", err)
	}
	for name, tamper := range map[string]func(*answer.Answer, *answer.Citation){
		"another word":             func(_ *answer.Answer, c *answer.Citation) { c.Quote = strings.Replace(c.Quote, "second", "first", 1) },
		"another place":            func(_ *answer.Answer, c *answer.Citation) { c.Start++; c.End++ },
		"another place in text":    func(_ *answer.Answer, c *answer.Citation) { c.AnswerStart++; c.AnswerEnd++ },
		"another turn":             func(_ *answer.Answer, c *answer.Citation) { c.Turn = 0 },
		"no turn":                  func(_ *answer.Answer, c *answer.Citation) { c.Turn = 2 },
		"another speaker":          func(_ *answer.Answer, c *answer.Citation) { c.Speaker = record.Turns[0].Speaker },
		"another role":             func(_ *answer.Answer, c *answer.Citation) { c.Role = transcript.RoleStatement },
		"another question":         func(_ *answer.Answer, c *answer.Citation) { c.Question.Turn = 1 },
		"words without a citation": func(a *answer.Answer, _ *answer.Citation) { a.Text += " He added: “Come and see.”" },
		"a citation not in marks":  func(a *answer.Answer, _ *answer.Citation) { a.Text = strings.Replace(a.Text, "”", "'", 1) },
	} {
		a := honest()
		tamper(a, &a.Citations[0])
		if verify(a, find) == nil {
			t.Errorf("%s: it was not noticed", name)
		}
	}
}
