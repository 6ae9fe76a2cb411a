package marks

import (
	"testing"

	"github.com/pullquote/pullquote/transcript/container"
	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/layout"
)

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
		{"within a broken line", "MR. ROE: We asked the pilot and John\nPoe: he knew. So we went out\nto the mole in the rain, with\nthe keeper. We asked again John\nPoe: he knew.", []string{"MR. ROE"}},
		{"a label without words", "MR. ROE: Yes.\n\nMS. POE:\n\nMR. ROE: No.", []string{"MR. ROE", "MR. ROE"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			content, err := container.Open(t.Context(), []byte(tt.text), container.Options{})
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range Read(layout.SetFurnitureAside(layout.NewLines(content.Lines), labels.HasForm)).Marks {
				if m.Kind == LineTurn {
					got = append(got, m.Label.Text)
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
	for text, want := range map[string]Kind{
		"# # #":                               LineEnd,
		"###":                                 LineEnd,
		"END":                                 LineEnd,
		"END 6:45 P.M. EST":                   LineEnd,
		"[End of transcript]":                 LineEnd,
		"(The briefing concluded at 3 p.m.)":  LineEnd,
		"11:52 A.M. EDT":                      lineBreak,
		"* * *":                               lineBreak,
		"[00:12:30]":                          lineBreak,
		"11:52":                               LineText,
		"End the war.":                        LineText,
		"End of story.":                       LineText,
		"11 people":                           LineText,
		"(Laughter.)":                         LineText,
		"We concluded that. (It was at last)": LineText,
	} {
		if got := EndMark(text); got != want {
			t.Errorf("endMark(%q) = %d, want %d", text, got, want)
		}
	}
}
