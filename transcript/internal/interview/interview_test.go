package interview

import (
	"strings"
	"testing"

	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/model"
)

// read reads paragraphs; one in stars is in bold type.
func read(paragraphs ...string) *Interview {
	var lines []layout.Line
	for _, p := range paragraphs {
		l := layout.Line{Text: strings.Trim(p, "*"), Gap: true}
		if strings.HasPrefix(p, "*") {
			l.Strong = len(l.Text)
		}
		lines = append(lines, l)
	}
	return New(lines, func(string) bool { return false })
}

// The letters are the roles of the turns: question, answer, narration.
func TestParagraphsBecomeTurns(t *testing.T) {
	const introduction = "Jane Roe came to the harbour in 1999, when it was closed, and opened it after nine years of digging in the mud of the bay."
	for _, tt := range []struct {
		name       string
		paragraphs []string
		want       string
	}{
		{"questions and answers", []string{"By John Poe", introduction, "Is the gate safe?", "It is.", "Will it stay so?", "I hope so. We look after it."}, "n q a q a"},
		{"bold questions", []string{"By John Poe", "*Is the gate safe?*", "Is it? It is.", "*And the wall.*", "The wall holds.", "*Will it stay so?*", "Yes."}, "q a q a q a"},
		{"a note at the end", []string{"By John Poe", "Is the gate safe?", "It is.", "Will it stay so?", "Yes.", "This interview has been edited for length."}, "q a q a n"},
		{"the author at the end", []string{"By John Poe", "Is the gate safe?", "It is.", "Will it stay so?", "Yes.", "John Poe is a reporter at Harbour Weekly."}, "q a q a n"},
	} {
		var roles []string
		for _, turn := range read(tt.paragraphs...).Transcript("").Turns {
			roles = append(roles, string(turn.Role[:1]))
		}
		if got := strings.Join(roles, " "); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestIsMagazine(t *testing.T) {
	for _, tt := range []struct {
		name       string
		paragraphs []string
		want       bool
	}{
		{"two questions", []string{"By John Poe", "Is the gate safe?", "It is.", "Will it stay so?", "Yes."}, true},
		{"one question", []string{"By John Poe", "Is the gate safe?", "It is."}, false},
		{"prose", []string{"By John Poe", "The gate is safe.", "It will stay so."}, false},
	} {
		if got := read(tt.paragraphs...).IsMagazine(); got != tt.want {
			t.Errorf("%s: %t", tt.name, got)
		}
	}
}

// Page furniture comes behind the turn that it interrupts.
func TestFurnitureStandsOutside(t *testing.T) {
	v := New([]layout.Line{
		{Text: "By John Poe", Gap: true},
		{Text: "Is the gate safe?", Gap: true},
		{Text: "It has held in forty", Gap: true},
		{Text: "Harbour Weekly 12", Gap: true, Furniture: true},
		{Text: "storms, and more.", Gap: true},
		{Text: "Will it stay so?", Gap: true},
		{Text: "Yes.", Gap: true},
	}, func(string) bool { return false })
	got := v.Transcript("")
	if answer := got.Turns[1]; answer.Role != model.RoleAnswer || answer.Text != "It has held in forty storms, and more." {
		t.Errorf("got %+v", answer)
	}
	if !strings.Contains(got.Text, "and more.\n\nHarbour Weekly 12\n\nWill") {
		t.Errorf("got %q", got.Text)
	}
}
