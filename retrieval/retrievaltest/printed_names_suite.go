package retrievaltest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/retrieval"
)

func testPrintedNames(t *testing.T, r Store) {
	march := addTalk(t, r, "2026-03-01", "Jane Roe|MS. ROE|Harbour Board", "Karl Poe", "Karl Poe")
	addTalk(t, r, "2026-04-01", "Jane Roe|DR. ROE|Varn Courier", "Élise Roe")
	for _, tt := range []struct {
		name string
		retrieval.NamesQuery
		want string
	}{
		{"everybody", retrieval.NamesQuery{}, `Jane Roe ["DR. ROE" "MS. ROE"] ["Harbour Board" "Varn Courier"]; Karl Poe [] []; Élise Roe [] []`},
		{"by any of the words", retrieval.NamesQuery{Words: []string{"elise", "poe"}}, `Karl Poe [] []; Élise Roe [] []`},
		{"by no word", retrieval.NamesQuery{Words: []string{"doe"}}, ``},
		{"of a transcript", retrieval.NamesQuery{Filter: retrieval.Filter{Transcript: march}, Words: []string{"roe"}}, `Jane Roe ["MS. ROE"] ["Harbour Board"]`},
		{"from a day on", retrieval.NamesQuery{Filter: retrieval.Filter{From: "2026-03-02"}}, `Jane Roe ["DR. ROE"] ["Varn Courier"]; Élise Roe [] []`},
		{"until a day", retrieval.NamesQuery{Filter: retrieval.Filter{To: "2026-03-01"}, Words: []string{"roe"}}, `Jane Roe ["MS. ROE"] ["Harbour Board"]`},
		{"the first", retrieval.NamesQuery{Limit: 1}, `Jane Roe ["DR. ROE" "MS. ROE"] ["Harbour Board" "Varn Courier"]`},
		{"of no collection", retrieval.NamesQuery{Filter: retrieval.Filter{Collection: "elsewhere"}}, ``},
	} {
		if tt.Filter.Collection == "" {
			tt.Filter.Collection = "news"
		}
		if tt.Limit == 0 {
			tt.Limit = 10
		}
		names, err := r.Names(t.Context(), tt.NamesQuery)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, n := range names {
			got = append(got, fmt.Sprintf("%s %q %q", n.Name, n.Labels, n.Affiliations))
			if !retrieval.ValidID(n.SpeakerID) {
				t.Errorf("%s: %s has the id %q", tt.name, n.Name, n.SpeakerID)
			}
		}
		if strings.Join(got, "; ") != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, strings.Join(got, "; "), tt.want)
		}
	}
}
