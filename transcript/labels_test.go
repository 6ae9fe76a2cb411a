package transcript

import (
	"testing"

	"github.com/pullquote/pullquote/transcript/container"
)

func TestCutLabel(t *testing.T) {
	for _, tt := range []struct{ line, label, rest string }{
		{"MR. ROE: Yes.", "MR. ROE", "Yes."},
		{"MR. McROE: Yes.", "MR. McROE", "Yes."},
		{"QUESTION:\u00a0\u00a0Why?", "QUESTION", "Why?"},
		{"Q: Why?", "Q", "Why?"},
		{"Q\u00a0\u00a0 Why?", "Q", "Why?"},
		{"Q. Why?", "Q", "Why?"},
		{"A.  No. I did not.", "A", "No. I did not."},
		{"DR. VAN DER ROE (via interpreter): Yes.", "DR. VAN DER ROE (via interpreter)", "Yes."},
		{"SECRETARY OF STATE ROE: Yes.", "SECRETARY OF STATE ROE", "Yes."},
		{"Jane Roe: Yes.", "Jane Roe", "Yes."},
		{"Jane Roe:", "Jane Roe", ""},
		{"**Jane Roe:** Yes.", "Jane Roe", "Yes."},
		{"**Jane Roe**: Yes.", "Jane Roe", "Yes."},
		{"AUDIENCE MEMBER 2: Yes.", "AUDIENCE MEMBER 2", "Yes."},
		{"JANE ROE:“Yes.”", "JANE ROE", "“Yes.”"},

		{"One thing: the gates close.", "", ""},
		{"12:30 was the time.", "", ""},
		{"HTTPS://harbour.example", "", ""},
		{"the chair: yes", "the chair", "yes"},
		{": yes", "", ""},
		{"A man came.", "", ""},
		{"Did I say “Yes: I do”?", "", ""},
		{"", "", ""},
	} {
		c, _ := cutLabel(labelReader{}, line{text: tt.line}, styles())
		if c.label == nil {
			c.label = &label{}
		}
		if c.label.text != tt.label || c.rest != tt.rest {
			t.Errorf("cutLabel(%q) = %q, %q; want %q, %q", tt.line, c.label.text, c.rest, tt.label, tt.rest)
		}
	}
}

func TestPartOf(t *testing.T) {
	for text, want := range map[string]part{
		"QUESTION":             partAsker,
		"Q":                    partAsker,
		"Q (Jane Roe)":         partAsker,
		"A":                    partAnswerer,
		"MODERATOR":            partModerator,
		"The Operator":         partModerator,
		"THE CHAIRMAN":         partModerator,
		"The SPEAKER":          partModerator,
		"SPEAKER 1":            partAnonymous,
		"AUDIENCE MEMBER":      partAnonymous,
		"UNIDENTIFIED SPEAKER": partAnonymous,
		"CHAIR ROE":            partPresider,
		"VICE CHAIR ROE":       partPresider,
		"ACTING PRESIDENT ROE": partPresider,
		"PRESIDENT ROE":        partNamed,
		"MR. ROE":              partNamed,
		"THE WITNESS":          partNamed,
		"":                     partNamed,
	} {
		if got := partOf(text); got != want {
			t.Errorf("partOf(%q) = %d, want %d", text, got, want)
		}
	}
}

// Which labels a document has is seen from all of it.
func TestLabelsProveThemselves(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{"in capitals with a title, once", "MR. ROE: Yes.", []string{"MR. ROE"}},
		{"a name, twice", "Roe: Yes.\n\nRoe: No.", []string{"Roe", "Roe"}},
		{"a full name once, among others", "Roe: Yes.\n\nRoe: No.\n\nJane Poe: Perhaps.", []string{"Roe", "Roe", "Jane Poe"}},
		{"a full name once, alone", "Jane Poe: Perhaps.", nil},
		{"a surname once, if the title block has it", "With John Poe\n\nRoe: Yes.\n\nRoe: No.\n\nPoe: Perhaps.", []string{"Roe", "Roe", "Poe"}},
		{"a part", "MR. ROE: Yes.\n\nAudience Member: Why?", []string{"MR. ROE", "Audience Member"}},
		{"an interpreter", "MR. ROE: Yes.\n\nINTERPRETER: Sim.", []string{"MR. ROE", "INTERPRETER"}},
		{"fields of a title block", "DATE: May 1, 2003\nSUBJECT: Gates\nTRANSCRIPT:\n\nMR. ROE: Yes.", []string{"MR. ROE"}},
		{"who has a part", "MODERATOR: Jane Poe, Harbour Press Office\n\nMODERATOR: Welcome.\n\nMR. ROE: Yes.", []string{"MODERATOR", "MR. ROE"}},
		{"sentences with a colon", "MR. ROE: Yes.\n\nNote: it rains.\n\nThe answer: no.\n\nMoney: that is all.", []string{"MR. ROE"}},
		{"within a broken line", "MR. ROE: We asked John\nPoe: he knew. We asked John\nPoe: he knew.", []string{"MR. ROE"}},
		{"a label without words", "MR. ROE: Yes.\n\nMS. POE:\n\nMR. ROE: No.", []string{"MR. ROE", "MR. ROE"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			content, err := container.Open([]byte(tt.text), container.Options{})
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range (&document{content: content}).labelled().marks {
				if m.kind == lineTurn {
					got = append(got, m.label.text)
				}
			}
			if len(got) != len(tt.want) {
				t.Fatalf("got %q, want %q", got, tt.want)
			}
			for i := range got {
				if got[i] != tt.want[i] {
					t.Errorf("got %q, want %q", got, tt.want)
				}
			}
		})
	}
}

func TestEndMarks(t *testing.T) {
	for text, want := range map[string]lineKind{
		"# # #":                               lineEnd,
		"###":                                 lineEnd,
		"END":                                 lineEnd,
		"END 6:45 P.M. EST":                   lineEnd,
		"[End of transcript]":                 lineEnd,
		"(The briefing concluded at 3 p.m.)":  lineEnd,
		"11:52 A.M. EDT":                      lineBreak,
		"* * *":                               lineBreak,
		"[00:12:30]":                          lineBreak,
		"11:52":                               lineText,
		"End the war.":                        lineText,
		"End of story.":                       lineText,
		"11 people":                           lineText,
		"(Laughter.)":                         lineText,
		"We concluded that. (It was at last)": lineText,
	} {
		if got := endMark(text); got != want {
			t.Errorf("endMark(%q) = %d, want %d", text, got, want)
		}
	}
}

// Stars and times between turns are notes; after the last they end it.
func TestBreaks(t *testing.T) {
	got, err := Parse([]byte("MR. ROE: Yes.\n\n* * *\n\nAnd no.\n\nMS. POE: No.\n\n* * *\n\nThe press office."), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Turns) != 2 || got.Turns[0].Text != "Yes.\n\nAnd no." || got.Turns[1].Text != "No." {
		t.Errorf("got %+v", got.Turns)
	}
}
