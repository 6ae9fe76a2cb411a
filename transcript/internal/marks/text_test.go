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
		{"several labels once, most of the others known", "MR. ROE: Yes.\n\nMR. POE: Why?\n\nMAN IN A HAT: Why not?\n\nMR. ROE: Yes.\n\nX: I ask, too.\n\nMR. POE: Soon.\n\nA JUROR: Louder, please.\n\nMR. ROE: Soon.\n\n3RD DISTRICT REP.: Never.\n\nchild: I want to go home.\n\nMR. POE: Soon.", []string{"MR. ROE", "MR. POE", "MAN IN A HAT", "MR. ROE", "X", "MR. POE", "A JUROR", "MR. ROE", "3RD DISTRICT REP.", "child", "MR. POE"}},
		{"a list in somebody's words", "MR. ROE: Three points.\n\nFirst: the gate.\n\nThe second: the pier.\n\nThat is all.\n\nMR. POE: Good.\n\nMR. ROE: Yes.\n\nMR. POE: Good.", []string{"MR. ROE", "MR. POE", "MR. ROE", "MR. POE"}},
		{"small letters, a name also said", "host: with me is jane.\njane: hello.\nhost: how is it?\njane: cold.\nhost: why?\ncaller: hi.\nhost: go on.", []string{"host", "jane", "host", "jane", "host", "caller", "host"}},
		{"nobody sure who", "M: Is it loud?\nP1: It is.\nM: At night?\nP2: It is.\nP?: I sleep.\nM: All of you?\nP1: Yes.", []string{"M", "P1", "M", "P2", "P?", "M", "P1"}},
		{"an office with a shortened word", "Jane Roe:\nIt holds.\n\nJohn Poe:\nSince when?\n\nJane Roe:\nSince noon.\n\nIda Loe, Parl. Secretary for Harbours:\nSince one.\n\nJohn Poe:\nThanks.", []string{"Jane Roe", "John Poe", "Jane Roe", "Ida Loe, Parl. Secretary for Harbours", "John Poe"}},
		{"a chat with days", "3/4/31, 10:02 AM - Jane: are you there?\n3/4/31, 10:03 AM - John: since six\n3/4/31, 10:03 AM - Jane added Ida\n3/4/31, 10:04 AM - Ida: hello\n3/4/31, 10:05 AM - John: who is it", []string{"Jane", "John", "Ida", "John"}},
		{"one paragraph", "JANE ROE: Will it hold? JOHN POE: It will. JANE ROE: Since when? JOHN POE: Since noon. IDA LOE: I built it. JANE ROE: You did.", []string{"JANE ROE", "JOHN POE", "JANE ROE", "JOHN POE", "IDA LOE", "JANE ROE"}},
		{"sentences with the marks of another script", "श्री रो : फाटक सुरक्षित है।\n\nश्रीमती पो : कब से?\n\nश्री रो : दस साल से।\n\nअध्यक्ष : शांत रहें।", []string{"श्री रो", "श्रीमती पो", "श्री रो", "अध्यक्ष"}},
		{"a sign forgotten", "MR. ROE: It holds.\n\nMS. POE: Good.\n\nMR. ROE: Yes.\n\nMS POE Since when?\n\nMR. ROE AND MS. POE\n\nMR. ROE: Since noon.", []string{"MR. ROE", "MS. POE", "MR. ROE", "MS. POE", "MR. ROE"}},
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
