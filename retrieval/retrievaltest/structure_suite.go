package retrievaltest

import (
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
)

// Rehearsal has no date, times, labels that name nobody, and questions that no role tells.
const Rehearsal = `{"title":"Rehearsal","turns":[
	{"role":"narration","text":"The choir met in the old harbour school. Who came?"},
	{"label":"Voice 1","speaker":null,"role":"statement","text":"Shall we begin with the apple song?","start_ms":1000,"end_ms":4000},
	{"label":"Voice 2","speaker":null,"role":"statement","text":"From the second verse on, please.","start_ms":4000,"end_ms":9000},
	{"label":"Voice 1","speaker":null,"role":"statement","text":"All right.","start_ms":9000,"end_ms":61000}]}`

// structured is a record of five transcripts, one of them of another collection and one in
// its second version, with a speaker of two names. It returns the ids of those of "news".
func structured(t *testing.T, r Store) map[string]string {
	t.Helper()
	ids := map[string]string{
		"rehearsal":  addNamed(t, r, "news", "rehearsal.json", Rehearsal).ID,
		"orchard":    addNamed(t, r, "news", "orchard.json", Orchard).ID,
		"lighthouse": addNamed(t, r, "news", "lighthouse.json", strings.Replace(Lighthouse, "Nine thousand", "Eight thousand", 1)).ID,
		"quay":       addNamed(t, r, "news", "quay.json", strings.ReplaceAll(Doubtful, "Ida Morrow", "I. Morrow")).ID,
	}
	ids["lighthouse"] = addNamed(t, r, "news", "lighthouse.json", Lighthouse).ID
	Add(t, r, "archive", Orchard)
	page, err := r.Speakers(t.Context(), retrieval.SpeakersQuery{Collection: "news", Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	called := func(name string) string {
		i := slices.IndexFunc(page.Speakers, func(s retrieval.Speaker) bool { return s.Name == name })
		return page.Speakers[i].ID
	}
	if _, err := r.EditSpeaker(t.Context(), called("Ida Morrow"), retrieval.SpeakerEdit{Merge: []string{called("I. Morrow")}}); err != nil {
		t.Fatal(err)
	}
	return ids
}

func testCountSpeakers(t *testing.T, r Store) {
	ids := structured(t, r)
	for _, tt := range []struct {
		name   string
		filter retrieval.Filter
		order  retrieval.SpeakerOrder
		limit  int
		want   string
	}{
		{"by appearance", retrieval.Filter{}, retrieval.ByAppearance, 10, `
			4 named, 3 labels, 1 turn unlabelled, 2 uncertain, of 15
			Ida Morrow: 3 turns, 3 asking, in 2, first lighthouse 0
			Jon Bastable: 3 turns, in 2, first lighthouse 1
			[Moderator]: 1 turn, first orchard 0
			Wilma Bastable: 1 turn, first orchard 1
			Elif Öz: 1 turn, first orchard 2
			[Voice 1]: 2 turns, 1 asking, first rehearsal 1
			[Voice 2]: 1 turn, first rehearsal 2`},
		{"the first of them", retrieval.Filter{}, retrieval.ByAppearance, 1, `
			4 named, 3 labels, 1 turn unlabelled, 2 uncertain, of 15
			Ida Morrow: 3 turns, 3 asking, in 2, first lighthouse 0`},
		{"by how much they say", retrieval.Filter{Transcript: ids["orchard"]}, retrieval.ByMost, 2, `
			2 named, 1 labels, 1 turn unlabelled, 0 uncertain, of 4
			Wilma Bastable: 1 turn, first orchard 1
			[Moderator]: 1 turn, first orchard 0`},
		{"by how little they say", retrieval.Filter{Transcript: ids["orchard"]}, retrieval.ByLeast, 1, `
			2 named, 1 labels, 1 turn unlabelled, 0 uncertain, of 4
			Elif Öz: 1 turn, first orchard 2`},
		{"by asking", retrieval.Filter{}, retrieval.ByAsking, 10, `
			1 named, 1 labels, 0 turn unlabelled, 2 uncertain, of 7
			Ida Morrow: 3 turns, 3 asking, in 2, first lighthouse 0, asking lighthouse 0
			[Voice 1]: 2 turns, 1 asking, first rehearsal 1, asking rehearsal 1`},
		{"by asking less", retrieval.Filter{From: "2026-01-01"}, retrieval.ByAskingLess, 10, `
			1 named, 0 labels, 0 turn unlabelled, 2 uncertain, of 5
			Ida Morrow: 3 turns, 3 asking, in 2, first lighthouse 0, asking lighthouse 0`},
		{"one speaker", retrieval.Filter{Speaker: "i. morrow"}, retrieval.ByMost, 10, `
			1 named, 0 labels, 0 turn unlabelled, 1 uncertain, of 4
			Ida Morrow: 3 turns, 3 asking, in 2, first lighthouse 0`},
		{"a role", retrieval.Filter{Role: model.RoleAnswer}, retrieval.ByMost, 10, `
			1 named, 0 labels, 0 turn unlabelled, 1 uncertain, of 4
			Jon Bastable: 3 turns, in 2, first lighthouse 1`},
		{"nobody", retrieval.Filter{From: "2027-01-01"}, retrieval.ByMost, 10, `
			0 named, 0 labels, 0 turn unlabelled, 0 uncertain, of 0`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.filter.Collection = "news"
			v, err := r.CountSpeakers(t.Context(), scope(t, r, tt.filter, nil), retrieval.CountQuery{Order: tt.order, Limit: tt.limit})
			if err != nil {
				t.Fatal(err)
			}
			same(t, sketchSpeakers(v, ids), tt.want)
		})
	}
}

func sketchSpeakers(v retrieval.SpeakerCounts, ids map[string]string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d named, %d labels, %d turn unlabelled, %d uncertain, of %d\n", v.Named, v.Labels, v.Unlabelled, v.Uncertain, v.Turns)
	for _, speaker := range v.List {
		if speaker.Name != "" {
			b.WriteString(speaker.Name + ": ")
		} else {
			b.WriteString("[" + speaker.Label + "]: ")
		}
		fmt.Fprintf(&b, "%d turn", speaker.Turns)
		if speaker.Turns > 1 {
			b.WriteString("s")
		}
		if speaker.Asking > 0 {
			fmt.Fprintf(&b, ", %d asking", speaker.Asking)
		}
		if speaker.Transcripts > 1 {
			fmt.Fprintf(&b, ", in %d", speaker.Transcripts)
		}
		b.WriteString(", first " + sketchTurn(speaker.First, ids))
		if speaker.FirstAsking.TranscriptID != "" {
			b.WriteString(", asking " + sketchTurn(speaker.FirstAsking, ids))
		}
		b.WriteString("\n")
	}
	return b.String()
}

func sketchTurn(key retrieval.TurnKey, ids map[string]string) string {
	for name, id := range ids {
		if id == key.TranscriptID {
			return fmt.Sprintf("%s %d", name, key.Turn)
		}
	}
	return fmt.Sprintf("unknown %d", key.Turn)
}

// same compares a sketch with the one that is wanted, whose lines may be indented.
func same(t *testing.T, got, want string) {
	t.Helper()
	var lines []string
	for line := range strings.Lines(strings.TrimSpace(want)) {
		lines = append(lines, strings.TrimSpace(line))
	}
	if got, want := strings.TrimSpace(got), strings.Join(lines, "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func testOutline(t *testing.T, r Store) {
	ids := structured(t, r)
	for _, tt := range []struct {
		name   string
		filter retrieval.Filter
		query  retrieval.OutlineQuery
		want   string
	}{
		{"all", retrieval.Filter{}, retrieval.OutlineQuery{Limit: 10}, `
			4 transcripts, 16 turns, 15 spoken, 637 characters, 0 words, 2026-02-03 to 2026-05-20, 1 undated, 1 timed, 60 s
			The lighthouse of Varn (2026-02-03, Varn): 4 turns, lighthouse 0 to lighthouse 3
			The quay of Varn (2026-03-01, ): 4 turns, quay 0 to quay 3
			Orchards after the frost (2026-05-20, ): 4 turns, orchard 0 to orchard 3
			Rehearsal (, ): 4 turns, rehearsal 1 to rehearsal 3`},
		{"the latest", retrieval.Filter{}, retrieval.OutlineQuery{Latest: true, Limit: 1}, `
			4 transcripts, 16 turns, 15 spoken, 637 characters, 0 words, 2026-02-03 to 2026-05-20, 1 undated, 1 timed, 60 s
			Orchards after the frost (2026-05-20, ): 4 turns, orchard 0 to orchard 3`},
		{"words", retrieval.Filter{Transcript: ids["orchard"]}, retrieval.OutlineQuery{Words: true, Limit: 1}, `
			1 transcripts, 4 turns, 4 spoken, 166 characters, 33 words, 2026-05-20 to 2026-05-20, 0 undated, 0 timed, 0 s
			Orchards after the frost (2026-05-20, ): 4 turns, orchard 0 to orchard 3`},
		{"a speaker", retrieval.Filter{Speaker: "Jon Bastable"}, retrieval.OutlineQuery{Limit: 10}, `
			2 transcripts, 3 turns, 3 spoken, 203 characters, 0 words, 2026-02-03 to 2026-03-01, 0 undated, 0 timed, 0 s
			The lighthouse of Varn (2026-02-03, Varn): 2 turns, lighthouse 1 to lighthouse 3
			The quay of Varn (2026-03-01, ): 1 turns, quay 3 to quay 3`},
		{"what is certain", retrieval.Filter{Transcript: ids["quay"]}, retrieval.OutlineQuery{Certain: true, Words: true, Limit: 10}, `
			1 transcripts, 2 turns, 2 spoken, 43 characters, 9 words, 2026-03-01 to 2026-03-01, 0 undated, 0 timed, 0 s
			The quay of Varn (2026-03-01, ): 2 turns, quay 2 to quay 3`},
		{"nothing", retrieval.Filter{To: "2020-01-01"}, retrieval.OutlineQuery{Limit: 10}, `
			0 transcripts, 0 turns, 0 spoken, 0 characters, 0 words,  to , 0 undated, 0 timed, 0 s`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.filter.Collection = "news"
			o, err := r.Outline(t.Context(), scope(t, r, tt.filter, nil), tt.query)
			if err != nil {
				t.Fatal(err)
			}
			var b strings.Builder
			fmt.Fprintf(&b, "%d transcripts, %d turns, %d spoken, %d characters, %d words, %s to %s, %d undated, %d timed, %.0f s\n",
				o.Transcripts, o.Turns, o.Spoken, o.Characters, o.Words, o.FirstDate, o.LastDate, o.Undated, o.Timed, o.Duration().Seconds())
			for _, p := range o.List {
				fmt.Fprintf(&b, "%s (%s, %s): %d turns, %s to %s\n", p.Title, p.Date, p.Place, p.Turns, sketchTurn(p.First, ids), sketchTurn(p.Last, ids))
			}
			same(t, b.String(), tt.want)
		})
	}
}

func testExchanges(t *testing.T, r Store) {
	ids := structured(t, r)
	for _, tt := range []struct {
		name     string
		filter   retrieval.Filter
		answered bool
		want     string
	}{
		{"with what they are answered", retrieval.Filter{}, true, `
			lighthouse 0: Why was the lighthouse switched off? lighthouse 1: The lamp failed in J
			lighthouse 2: What does the buoy cost? lighthouse 3: Nine thousand crowns
			quay 0: Who closed the quay? quay 1: The harbour master c
			quay 2: When does it open? quay 3: The quay opens at Ea
			rehearsal 1: Shall we begin with the apple song?`},
		{"alone", retrieval.Filter{Transcript: ids["quay"]}, false, `
			quay 0: Who closed the quay?
			quay 2: When does it open?`},
		{"of an asker", retrieval.Filter{Speaker: "Morrow", To: "2026-02-28"}, false, `
			lighthouse 0: Why was the lighthouse switched off?
			lighthouse 2: What does the buoy cost?`},
		{"to one who answers", retrieval.Filter{Speaker: "Jon Bastable", From: "2026-03-01"}, true, `
			quay 2: When does it open? quay 3: The quay opens at Ea`},
		{"none", retrieval.Filter{Transcript: ids["orchard"]}, true, ``},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.filter.Collection = "news"
			var b strings.Builder
			err := r.Exchanges(t.Context(), scope(t, r, tt.filter, nil), tt.answered, func(e retrieval.Exchange) error {
				fmt.Fprintf(&b, "%s: %s", sketchTurn(e.TurnKey, ids), e.Text)
				if e.Answer != nil {
					fmt.Fprintf(&b, " %s: %.20s", sketchTurn(e.Answer.TurnKey, ids), e.Answer.Text)
				}
				b.WriteString("\n")
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			same(t, strings.ReplaceAll(b.String(), " \n", "\n"), tt.want)
		})
	}
}

func testMentions(t *testing.T, r Store) {
	ids := structured(t, r)
	searcher := retrieval.NewSearcher(r, embeddings.NewBuiltin(), slog.New(slog.DiscardHandler))
	for _, tt := range []struct {
		phrase string
		filter retrieval.Filter
		want   []string
	}{
		{"the harbour", retrieval.Filter{}, []string{"lighthouse 3", "quay 1", "orchard 1", "rehearsal 0"}},
		{"frost", retrieval.Filter{}, []string{"orchard 1"}}, // the title has it before any turn does
		{"quay", retrieval.Filter{Speaker: "Jon Bastable"}, []string{"quay 3"}},
		{"Varn", retrieval.Filter{}, nil}, // titles alone have it
		{"apples", retrieval.Filter{}, []string{"orchard 1", "rehearsal 1"}},
		{"apple blossom", retrieval.Filter{}, []string{"orchard 1"}},
		{"blossom apple", retrieval.Filter{}, nil},
		{"harbour", retrieval.Filter{Speaker: "Jon Bastable"}, []string{"lighthouse 3"}},
		{"eight thousand", retrieval.Filter{}, nil}, // of a version that was replaced
		{"the", retrieval.Filter{}, nil},
	} {
		tt.filter.Collection = "news"
		survey, err := searcher.Survey(t.Context(), tt.filter)
		if err != nil {
			t.Fatal(err)
		}
		found, err := survey.Mentions(t.Context(), tt.phrase)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, key := range found {
			got = append(got, sketchTurn(key, ids))
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%q is mentioned in %q, want %q", tt.phrase, got, tt.want)
		}
	}
}

// Each word of a long turn stands once in it, so that no passage has those beside its own ends.
func testContainingAcross(t *testing.T, r Store) {
	var sentences []string
	for i := range 60 {
		sentences = append(sentences, fmt.Sprintf("X%[1]da x%[1]db x%[1]dc x%[1]dd x%[1]de x%[1]df x%[1]dg.", i))
	}
	stored := Add(t, r, "news", fmt.Sprintf(`{"turns":[{"role":"statement","text":%q},{"role":"statement","text":"X99a."}]}`, strings.Join(sentences, " ")))
	Add(t, r, "news", Orchard)
	s := scope(t, r, retrieval.Filter{Collection: "news"}, nil)
	containing := func(q retrieval.ContainingQuery) (turns []retrieval.TurnKey) {
		t.Helper()
		err := r.Containing(t.Context(), s, q, func(c retrieval.ContainingTurn) error {
			turns = append(turns, c.TurnKey)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return slices.Compact(turns)
	}
	within := 0
	for i := range sentences[1:] {
		q := retrieval.ContainingQuery{Lexemes: []retrieval.Lexeme{retrieval.NewLexeme(fmt.Sprintf("x%dg", i)), retrieval.NewLexeme(fmt.Sprintf("x%da", i+1))}}
		within += len(containing(q))
		q.Across = true
		if got := containing(q); !slices.Equal(got, []retrieval.TurnKey{{TranscriptID: stored.ID}}) {
			t.Errorf("the end of sentence %d is in %v", i, got)
		}
	}
	if within == len(sentences)-1 {
		t.Error("the long turn is one passage")
	}
	apart := []retrieval.Lexeme{retrieval.NewLexeme("x59g"), retrieval.NewLexeme("x99a")}
	if got := containing(retrieval.ContainingQuery{Lexemes: apart, Across: true}); len(got) > 0 {
		t.Errorf("the words of two turns are in %v", got)
	}
	if got := containing(retrieval.ContainingQuery{Lexemes: []retrieval.Lexeme{}, Limit: 1}); len(got) != 1 {
		t.Errorf("of all turns the first is %v", got)
	}
}
