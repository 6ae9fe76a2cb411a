package people

import (
	"strings"
	"testing"

	"github.com/pullquote/pullquote/transcript/container"
	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/model"
)

// linesOf are the lines of a text; a blank line is a gap.
func linesOf(text string) []layout.Line {
	var lines []layout.Line
	gap := true
	for _, l := range strings.Split(text, "\n") {
		if l = strings.TrimSpace(l); l == "" {
			gap = true
			continue
		}
		lines = append(lines, layout.Line{Text: l, Gap: gap})
		gap = false
	}
	return lines
}

func TestTitleBlocksHaveFacts(t *testing.T) {
	for _, tt := range []struct {
		name, block        string
		title, date, place string
	}{
		{"each on its line", "Press Briefing on Gates\n\nTallinn, Estonia\nMay 18, 2011", "Press Briefing on Gates", "2011-05-18", "Tallinn, Estonia"},
		{"place and date on one line", "Hearing on Gates\n\nTallinn, Estonia — May 18, 2011", "Hearing on Gates", "2011-05-18", "Tallinn, Estonia"},
		{"fields", "Title: On Gates\nVenue: Pier 3\nDate: 18 May 2011", "On Gates", "2011-05-18", "Pier 3"},
		{"a region that is not known", "Hearing on Gates\n\nPort Vale, Harbourshire\nMay 18, 2011", "Hearing on Gates", "2011-05-18", "Port Vale, Harbourshire"},
		{"a page's date before the event's", "Posted May 20, 2011\n\nHearing on Gates\n\nMay 18, 2011", "Hearing on Gates", "2011-05-18", ""},
		{"nothing", "", "", "", ""},
	} {
		turns := []model.Turn{{Label: "MS. ROE"}}
		front := ReadFront(nil, linesOf(tt.block), nil, turns, labels.Reader{})
		var got model.Transcript
		front.Apply(&got)
		if string(got.Title) != tt.title || string(got.Date) != tt.date || string(got.Place) != tt.place {
			t.Errorf("%s: title %q, date %q, place %q; want %q, %q, %q", tt.name, got.Title, got.Date, got.Place, tt.title, tt.date, tt.place)
		}
	}
}

// What a file says of itself beside its text goes before the title block, but for the date
// that has a line of its own.
func TestFieldsKnowBetter(t *testing.T) {
	fields := []container.Field{
		{Name: "title", Value: "On Gates | Harbour Weekly"},
		{Name: "site", Value: "Harbour Weekly"},
		{Name: "date", Value: "2011-05-20"},
		{Name: "moderator", Value: "Jane Roe"},
	}
	front := ReadFront(fields, linesOf("Gates, again\n\nMay 18, 2011"), nil, nil, labels.Reader{})
	var got model.Transcript
	front.Apply(&got)
	if got.Title != "On Gates" || got.Date != "2011-05-18" {
		t.Errorf("title %q, date %q", got.Title, got.Date)
	}
	if presiding := front.Presiding(); len(presiding) != 1 || presiding[0] != "Jane Roe" {
		t.Errorf("presiding are %q", presiding)
	}
}

func TestInterviewFronts(t *testing.T) {
	for _, tt := range []struct{ name, title, introduction, asker, publication, subject string }{
		{"a byline and an introduction", "Jane Roe on diving\nBy John Poe, Ferry Times", "Jane Roe dives. Roe has dived since 1999.",
			"John Poe", "Ferry Times", "Jane Roe"},
		{"the publication in the introduction", "Jane Roe below the surface\nBy John Poe", "Jane Roe dives. Roe spoke with Harbour Weekly in May.",
			"John Poe", "Harbour Weekly", "Jane Roe"},
		{"two who may be meant", "Jane Roe and Karl Moe on diving", "They dive together.", "", "", ""},
	} {
		got := ReadInterviewFront(linesOf(tt.title), []string{tt.introduction})
		if got.Asker != tt.asker || got.Publication != tt.publication || got.Subject != tt.subject {
			t.Errorf("%s: %q of %q asks %q", tt.name, got.Asker, got.Publication, got.Subject)
		}
	}
}

func TestEndsTitleBlock(t *testing.T) {
	for line, want := range map[string]bool{
		"By Jane Roe":           true,
		"Interview by Jane Roe": true,
		"May 18, 2011":          true,
		"Jane Roe on diving":    false,
		"On May 18, 2011 the gate was opened by the harbour master, and it held": false,
	} {
		if got := EndsTitleBlock(layout.Line{Text: line}); got != want {
			t.Errorf("EndsTitleBlock(%q) = %t", line, got)
		}
	}
}
