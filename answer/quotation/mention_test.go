package quotation

import (
	"testing"

	"github.com/pullquote/pullquote/retrieval"
)

// Whoever is named around a quotation that nobody is credited with is held to the record.
func TestMentions(t *testing.T) {
	turns := NewTurns([]retrieval.Hit{
		{Speaker: "Marit Solheim", Label: "COMMISSIONER SOLHEIM", Text: "The wall is closed to carts.", End: 28},
	}, DefaultThresholds(), retrieval.PrintedName{Name: "Marit Solheim"}, retrieval.PrintedName{Name: "Tobias Renwick"})
	const beside = "the draft names Renwick beside it; the record has these words of Marit Solheim"
	const near = "the draft names Renwick near it; the record has these words of Marit Solheim"
	for _, test := range []struct {
		name     string
		mentions *NamedAround
		status   Status
		note     string
	}{
		{"nobody", nil, StatusExact, ""},
		{"the speaker beside it", &NamedAround{Beside: []string{"Solheim"}}, StatusExact, ""},
		{"the speaker, misspelt", &NamedAround{Beside: []string{"Solheym", "Renwick"}}, StatusExact, ""},
		{"the speaker's office", &NamedAround{Near: []string{"Renwick"}, NearText: "the commissioner told Renwick"}, StatusExact, ""},
		{"the speaker in any form", &NamedAround{Beside: []string{"Renwick"}, NearText: "(Renwick, of SOLHEIM's)"}, StatusExact, ""},
		{"another beside it", &NamedAround{Beside: []string{"Renwick"}}, StatusMisattributed, beside},
		{"another beside it, the speaker in the paragraph", &NamedAround{Beside: []string{"Renwick"}, Text: "Solheim came."}, StatusExact, beside},
		{"another near it", &NamedAround{Near: []string{"Renwick"}}, StatusExact, near},
		{"another near it, the speaker in the paragraph", &NamedAround{Near: []string{"Renwick"}, Text: "Solheim came."}, StatusExact, ""},
		{"the paragraph turns to another", &NamedAround{Near: []string{"Renwick"}, Text: "Solheim came.", Turns: true}, StatusExact, near},
		{"another in the paragraph", &NamedAround{Around: []string{"Renwick"}}, StatusExact, near},
		{"a place", &NamedAround{Beside: []string{"Gull Rock"}, Near: []string{"Gull Rock"}}, StatusExact, ""},
		{"who can only be a person", &NamedAround{Cited: []string{"Renwick"}}, StatusMisattributed, beside},
		{"who looks like a person", &NamedAround{Likely: []string{"Renwick"}}, StatusExact, near},
	} {
		t.Run(test.name, func(t *testing.T) {
			j := turns.JudgeDraft(DraftQuote{Text: "The wall is closed to carts.", NamedAround: test.mentions})
			if j.Status != test.status || j.Note != test.note {
				t.Errorf("%s: %q; want %s: %q", j.Status, j.Note, test.status, test.note)
			}
		})
	}
}

// A quotation holds though its speaker announces it as another's words; its note says so.
func TestAnnouncedNote(t *testing.T) {
	turns := NewTurns([]retrieval.Hit{
		{Speaker: "Marit Solheim", Text: "I will read it out. You are the worst harbour master. I laughed.", Start: 100, End: 164},
	}, DefaultThresholds())
	for quote, want := range map[string]string{
		"I will read it out.":              "",
		"You are the worst harbour master": "the speaker seems to read or to repeat another's words here, behind “I will read it out.”",
	} {
		if j := turns.JudgeDraft(DraftQuote{Text: quote}); !j.Status.Holds() || j.Note != want {
			t.Errorf("%q is %s: %q, want %q", quote, j.Status, j.Note, want)
		}
	}
}

// A cut that makes a statement of a question, of what a colon leads to from a denial, or of a
// denial that is but the subject of its sentence, is noted.
func TestTurningCuts(t *testing.T) {
	turns := NewTurns([]retrieval.Hit{
		{Speaker: "Marit Solheim", Text: "I broke the wall? Nonsense. It is not the case that: the wall fell. No comment was ever made to me. No comment.", End: 111},
	}, DefaultThresholds())
	const noted = "it is cut out of a sentence that may turn its meaning: "
	for quote, want := range map[string]string{
		"I broke the wall":                noted + "“I broke the wall?”",
		"I broke the wall?":               "",
		"the wall fell":                   noted + "“It is not the case that: the wall fell.”",
		"No comment was ever made to me.": "",
	} {
		if j := turns.JudgeDraft(DraftQuote{Text: quote}); !j.Status.Holds() || j.Note != want {
			t.Errorf("%q is %s: %q, want %q", quote, j.Status, j.Note, want)
		}
	}
	started := NewTurns([]retrieval.Hit{{Speaker: "Marit Solheim", Text: "No comment was ever made to me.", End: 31}}, DefaultThresholds())
	if j := started.JudgeDraft(DraftQuote{Text: "No comment."}); j.Note != noted+"“No comment was ever made to me.”" {
		t.Errorf("No comment is %s: %q", j.Status, j.Note)
	}
}
