package retrievaltest

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
)

// talk is a file in which people speak in turn. Their names may have a label and
// an affiliation: "Jane Roe|MS. ROE|Harbour Board".
func talk(date string, people ...string) string {
	type turn struct {
		Speaker     string `json:"speaker"`
		Label       string `json:"label,omitempty"`
		Affiliation string `json:"affiliation,omitempty"`
		Text        string `json:"text"`
	}
	file := struct {
		Date  string `json:"date"`
		Turns []turn `json:"turns"`
	}{Date: date}
	for i, p := range people {
		parts := strings.Split(p+"||", "|")
		file.Turns = append(file.Turns, turn{parts[0], parts[1], parts[2], fmt.Sprintf("The harbour has %d berths.", i+2)})
	}
	text, err := json.Marshal(file)
	if err != nil {
		panic(err) // of texts only: it always encodes
	}
	return string(text)
}

// addTalk stores a talk in the collection "news" and returns its id.
func addTalk(t *testing.T, r Store, date string, people ...string) string {
	t.Helper()
	name := date + strings.Join(people, " ") // of its own: one does not replace another
	return addNamed(t, r, "news", name, talk(date, people...)).ID
}

// directoryOf writes the directory of a collection down, an entry on each line.
func directoryOf(t *testing.T, r Store, collection string) string {
	t.Helper()
	page, err := r.Speakers(t.Context(), retrieval.SpeakersQuery{Collection: collection, Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, s := range page.Speakers {
		fmt.Fprintf(&b, "%s %q in %d, turns %d, %s to %s:", s.Name, s.Affiliations, s.TranscriptCount, s.TurnCount, s.FirstDate, s.LastDate)
		for _, a := range s.Aliases {
			fmt.Fprintf(&b, " %s %q %d/%d", a.Name, a.Labels, a.TranscriptCount, a.TurnCount)
			if len(a.OnlyIn)+len(a.ExceptIn) > 0 {
				fmt.Fprintf(&b, " only in %d, except in %d", len(a.OnlyIn), len(a.ExceptIn))
			}
			b.WriteByte(';')
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func checkDirectory(t *testing.T, r Store, when, want string) {
	t.Helper()
	want = strings.ReplaceAll(strings.TrimLeft(want, "\n"), "\t", "")
	if got := directoryOf(t, r, "news"); got != want {
		t.Errorf("%s the directory is\n%swant\n%s", when, got, want)
	}
}

// speakerOf is the one speaker of the collection "news" whom a name stands for.
func speakerOf(t *testing.T, r Store, name string) retrieval.Speaker {
	t.Helper()
	page, err := r.Speakers(t.Context(), retrieval.SpeakersQuery{Collection: "news", Name: name, Limit: 10})
	if err != nil || len(page.Speakers) != 1 {
		t.Fatalf("%q is the name of %v, %v; want one", name, page.Speakers, err)
	}
	return page.Speakers[0]
}

func edit(t *testing.T, r Store, id string, edit retrieval.SpeakerEdit) []retrieval.Speaker {
	t.Helper()
	edited, err := retrieval.NewLibrary(r, embeddings.NewBuiltin()).EditSpeaker(t.Context(), id, edit)
	if err != nil {
		t.Fatal(err)
	}
	return edited
}

// foundBy are the printed speakers of the turns that a filter finds, sorted.
func foundBy(t *testing.T, r Store, speaker string) string {
	t.Helper()
	result, err := retrieval.NewSearcher(r, embeddings.NewBuiltin(), slog.New(slog.DiscardHandler)).Search(t.Context(),
		retrieval.Query{Text: "harbour berths", Filter: retrieval.Filter{Collection: "news", Speaker: speaker}, Limit: retrieval.MaxLimit})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, h := range result.Hits {
		names = append(names, string(h.Speaker))
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}

func checkFoundBy(t *testing.T, r Store, speaker, want string) {
	t.Helper()
	if got := foundBy(t, r, speaker); got != want {
		t.Errorf("the filter %q finds turns of %q, want %q", speaker, got, want)
	}
}

func testSpeakers(t *testing.T, r Store) {
	addTalk(t, r, "2026-03-04", "Jane Roe|MS. ROE|Harbour Board", "John Poe|Q", "Jane Roe|JANE ROE")
	addTalk(t, r, "2026-01-02", "JANE ROE|JANE ROE|Port of Varn", "J. Roe", "")
	addTalk(t, r, "", "jané roe", "…")
	Add(t, r, "archive", talk("2026-06-01", "Jane Roe"))
	checkDirectory(t, r, "after four transcripts", `
		… [] in 1, turns 1,  to : … [] 1/1;
		J. Roe [] in 1, turns 1, 2026-01-02 to 2026-01-02: J. Roe [] 1/1;
		Jane Roe ["Harbour Board" "Port of Varn"] in 3, turns 4, 2026-01-02 to 2026-03-04: JANE ROE ["JANE ROE"] 1/1; Jane Roe ["JANE ROE" "MS. ROE"] 1/2; jané roe [] 1/1;
		John Poe [] in 1, turns 1, 2026-03-04 to 2026-03-04: John Poe ["Q"] 1/1;
	`)
	checkFoundBy(t, r, "Jane", "JANE ROE, Jane Roe, Jane Roe, jané roe")
	roe := speakerOf(t, r, "jane roe")
	if got, err := r.Speaker(t.Context(), roe.ID); err != nil || fmt.Sprint(got) != fmt.Sprint(roe) || got.Collection != "news" {
		t.Errorf("the entry is %+v, %v; the list has %+v", got, err, roe)
	}
}

func testSpeakersAtOnce(t *testing.T, r Store) {
	library := retrieval.NewLibrary(r, embeddings.NewBuiltin())
	ctx := context.WithoutCancel(t.Context())
	jane := addNamed(t, r, "news", "jane.json", talk("", "Jane Roe", "John Poe"))
	roe := speakerOf(t, r, "Jane Roe").ID
	edit(t, r, roe, retrieval.SpeakerEdit{Name: "Roe"}) // which keeps the entry when its transcript goes
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			people := []string{"John Poe", "Jane Roe", "Ida Elm", "Bo Ash"}
			if i%2 == 0 {
				slices.Reverse(people)
			}
			_, _, err := library.Add(ctx, retrieval.AddRequest{Data: []byte(talk(fmt.Sprintf("2026-01-0%d", i+1), people...)), Collection: "news"})
			if err != nil {
				t.Error(err)
			}
			if _, err = library.EditSpeaker(ctx, roe, retrieval.SpeakerEdit{Name: "J. Roe"}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Go(func() {
		if err := r.Delete(ctx, jane.ID); err != nil {
			t.Error(err)
		}
	})
	wg.Wait()
	for _, name := range []string{"Jane Roe", "John Poe", "Ida Elm", "Bo Ash"} {
		if s := speakerOf(t, r, name); s.TranscriptCount != 8 {
			t.Errorf("%s speaks in %d of 8 transcripts", name, s.TranscriptCount)
		}
	}
}

func testSpeakersPages(t *testing.T, r Store) {
	addTalk(t, r, "", "Wim Oake", "Ada Roe", "Élise Ash", "Bo Roe", "Zoë Elm")
	list := func(q retrieval.SpeakersQuery) (names string, next string) {
		t.Helper()
		q.Collection = "news"
		page, err := r.Speakers(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range page.Speakers {
			names += s.Name + ", "
		}
		return names, page.NextCursor
	}
	first, next := list(retrieval.SpeakersQuery{Limit: 3})
	second, end := list(retrieval.SpeakersQuery{Limit: 3, Cursor: next})
	if first != "Ada Roe, Bo Roe, Élise Ash, " || second != "Wim Oake, Zoë Elm, " || end != "" {
		t.Errorf("the pages are %s and %s, then %q", first, second, end)
	}
	first, next = list(retrieval.SpeakersQuery{Name: "roe", Limit: 1})
	second, end = list(retrieval.SpeakersQuery{Name: "roe", Limit: 1, Cursor: next})
	if first != "Ada Roe, " || second != "Bo Roe, " || end != "" {
		t.Errorf("the pages of those called Roe are %s and %s, then %q", first, second, end)
	}
	if got, _ := list(retrieval.SpeakersQuery{Name: speakerOf(t, r, "Ada").ID, Limit: 3}); got != "Ada Roe, " {
		t.Errorf("by id there are %s", got)
	}
	for _, cursor := range []string{"xyz", uuid.Must(uuid.NewV7()).String()} {
		if _, err := r.Speakers(t.Context(), retrieval.SpeakersQuery{Collection: "news", Cursor: cursor, Limit: 2}); fault.CodeOf(err) != fault.Invalid {
			t.Errorf("a cursor that is none: %v", err)
		}
	}
	if page, err := r.Speakers(t.Context(), retrieval.SpeakersQuery{Collection: "nowhere", Limit: 2}); err != nil || len(page.Speakers) > 0 {
		t.Errorf("a collection that is not there has %v, %v", page, err)
	}
}

func testMerge(t *testing.T, r Store) {
	addTalk(t, r, "2026-01-02", "Christopher Poe", "J. Roe", "Chris Poe")
	addTalk(t, r, "2026-03-04", "Mr. Poe", "Jane Roe")
	before := directoryOf(t, r, "news")
	poe := speakerOf(t, r, "Christopher")
	merged := edit(t, r, poe.ID, retrieval.SpeakerEdit{Merge: []string{speakerOf(t, r, "Chris").ID, speakerOf(t, r, "Mr. Poe").ID}})
	if len(merged) != 1 || merged[0].ID != poe.ID || merged[0].TurnCount != 3 || merged[0].TranscriptCount != 2 {
		t.Errorf("the merged entry is %+v", merged)
	}
	checkDirectory(t, r, "merged", `
		Christopher Poe [] in 2, turns 3, 2026-01-02 to 2026-03-04: Chris Poe [] 1/1; Christopher Poe [] 1/1; Mr. Poe [] 1/1;
		J. Roe [] in 1, turns 1, 2026-01-02 to 2026-01-02: J. Roe [] 1/1;
		Jane Roe [] in 1, turns 1, 2026-03-04 to 2026-03-04: Jane Roe [] 1/1;
	`)
	for _, name := range []string{"Mr. Poe", "chris", poe.ID} { // the turns keep the names that are printed
		checkFoundBy(t, r, name, "Chris Poe, Christopher Poe, Mr. Poe")
	}
	edit(t, r, poe.ID, retrieval.SpeakerEdit{Name: "C. J. Poe"})
	turns := map[string]int{} // are counted as the directory calls who says them
	err := r.Containing(t.Context(), scope(t, r, retrieval.Filter{Collection: "news"}, nil), retrieval.ContainingQuery{Lexemes: []retrieval.Lexeme{}}, func(c retrieval.ContainingTurn) error {
		turns[string(c.Speaker)]++
		return nil
	})
	if want := map[string]int{"C. J. Poe": 3, "J. Roe": 1, "Jane Roe": 1}; err != nil || !maps.Equal(turns, want) {
		t.Errorf("the turns are of %v (%v), want %v", turns, err, want)
	}
	checkFoundBy(t, r, "C J Poe", "Chris Poe, Christopher Poe, Mr. Poe")
	addTalk(t, r, "2026-05-06", "Chris Poe", "Mister Poe")
	checkFoundBy(t, r, "Mr. Poe", "Chris Poe, Chris Poe, Christopher Poe, Mr. Poe")

	edit(t, r, poe.ID, retrieval.SpeakerEdit{Name: "Christopher Poe"})
	edit(t, r, poe.ID, retrieval.SpeakerEdit{Split: retrieval.Split{Aliases: []string{"Chris Poe"}}})
	edit(t, r, poe.ID, retrieval.SpeakerEdit{Split: retrieval.Split{Aliases: []string{"Mr. Poe"}}})
	page, err := r.List(t.Context(), retrieval.ListQuery{Collection: "news", Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Delete(t.Context(), page.Transcripts[2].ID); err != nil {
		t.Fatal(err)
	}
	checkDirectory(t, r, "split again", before)
	checkFoundBy(t, r, "Mr. Poe", "Mr. Poe")
}

func testSplit(t *testing.T, r Store) {
	addTalk(t, r, "2026-01-02", "Jane Roe|MS. ROE|Harbour Board", "John Poe")
	other := addTalk(t, r, "2026-03-04", "Jane Roe|DR. ROE|Varn Clinic", "Jane Roe", "Dr. Roe", "John Poe")
	addTalk(t, r, "2026-05-06", "Jane Roe")
	before := directoryOf(t, r, "news")
	roe := speakerOf(t, r, "Jane Roe")
	parted := edit(t, r, roe.ID, retrieval.SpeakerEdit{Split: retrieval.Split{Transcripts: []string{other}}})
	if len(parted) != 2 || parted[0].ID != roe.ID || parted[1].Name != "Jane Roe" || !slices.Equal(parted[1].Aliases[0].OnlyIn, []string{other}) {
		t.Fatalf("the split left %+v", parted)
	}
	doctor := parted[1].ID
	edit(t, r, doctor, retrieval.SpeakerEdit{Merge: []string{speakerOf(t, r, "Dr. Roe").ID}})
	edit(t, r, doctor, retrieval.SpeakerEdit{Name: "Dr. Jane Roe"})
	checkDirectory(t, r, "split", `
		Dr. Jane Roe ["Varn Clinic"] in 1, turns 3, 2026-03-04 to 2026-03-04: Dr. Roe [] 1/1; Jane Roe ["DR. ROE"] 1/2 only in 1, except in 0;
		Jane Roe ["Harbour Board"] in 2, turns 2, 2026-01-02 to 2026-05-06: Jane Roe ["MS. ROE"] 2/2 only in 0, except in 1;
		John Poe [] in 2, turns 2, 2026-01-02 to 2026-03-04: John Poe [] 2/2;
	`)
	checkFoundBy(t, r, roe.ID, "Jane Roe, Jane Roe")
	checkFoundBy(t, r, doctor, "Dr. Roe, Jane Roe, Jane Roe")
	checkFoundBy(t, r, "Dr. Jane Roe", "Dr. Roe, Jane Roe, Jane Roe")
	checkFoundBy(t, r, "Jane Roe", "Dr. Roe, Jane Roe, Jane Roe, Jane Roe, Jane Roe") // both are called so

	edit(t, r, doctor, retrieval.SpeakerEdit{Split: retrieval.Split{Aliases: []string{"Dr. Roe"}}})
	edit(t, r, roe.ID, retrieval.SpeakerEdit{Merge: []string{doctor}})
	checkDirectory(t, r, "merged again", before)
	checkFoundBy(t, r, roe.ID, "Jane Roe, Jane Roe, Jane Roe, Jane Roe")

	whose := edit(t, r, roe.ID, retrieval.SpeakerEdit{Split: retrieval.Split{Aliases: []string{"Jane Roe"}, Transcripts: []string{other}, Name: "The other"}})
	checkFoundBy(t, r, "the other", "Jane Roe, Jane Roe")
	if err := r.Delete(t.Context(), other); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Speaker(t.Context(), whose[1].ID); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("a speaker of a deleted transcript only: %v", err)
	}
	_, err := r.Scope(t.Context(), retrieval.Filter{Collection: "news", Speaker: whose[1].ID}, nil)
	if fault.CodeOf(err) != fault.NotFound {
		t.Errorf("a filter by that speaker: %v", err)
	}
}

func testSpeakersStay(t *testing.T, r Store) {
	first := addTalk(t, r, "2026-01-02", "Jane Roe", "J. Roe", "John Poe")
	edit(t, r, speakerOf(t, r, "Jane Roe").ID, retrieval.SpeakerEdit{Merge: []string{speakerOf(t, r, "J. Roe").ID}})
	if err := r.Delete(t.Context(), first); err != nil {
		t.Fatal(err)
	}
	checkDirectory(t, r, "without a transcript", `
		Jane Roe [] in 0, turns 0,  to : J. Roe [] 0/0; Jane Roe [] 0/0;
	`)
	addTalk(t, r, "2026-01-02", "Jane Roe", "J. Roe", "John Poe")
	checkDirectory(t, r, "with the transcript again", `
		Jane Roe [] in 1, turns 2, 2026-01-02 to 2026-01-02: J. Roe [] 1/1; Jane Roe [] 1/1;
		John Poe [] in 1, turns 1, 2026-01-02 to 2026-01-02: John Poe [] 1/1;
	`)
	checkFoundBy(t, r, "Jane", "J. Roe, Jane Roe")
}

func testEditErrors(t *testing.T, r Store) {
	id := addTalk(t, r, "", "Jane Roe", "John Poe")
	only := addTalk(t, r, "", "John Poe")
	Add(t, r, "archive", talk("", "Jane Roe"))
	archived, err := r.Speakers(t.Context(), retrieval.SpeakersQuery{Collection: "archive", Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	roe, poe, nobody := speakerOf(t, r, "Jane").ID, speakerOf(t, r, "John").ID, uuid.Must(uuid.NewV7()).String()
	library := retrieval.NewLibrary(r, embeddings.NewBuiltin())
	before := directoryOf(t, r, "news")
	for _, tt := range []struct {
		name string
		id   string
		edit retrieval.SpeakerEdit
		code fault.Code
		says string
	}{
		{"nothing", roe, retrieval.SpeakerEdit{}, fault.Invalid, "one thing"},
		{"two things", roe, retrieval.SpeakerEdit{Name: "Roe", Merge: []string{poe}}, fault.Invalid, "one thing"},
		{"a name for a split of nothing", roe, retrieval.SpeakerEdit{Split: retrieval.Split{Name: "Roe"}}, fault.Invalid, "one thing"},
		{"a name of spaces", roe, retrieval.SpeakerEdit{Name: " "}, fault.Invalid, "cannot be called"},
		{"a name without a word", roe, retrieval.SpeakerEdit{Name: " ., "}, fault.Invalid, "cannot be called"},
		{"a name that is too long", roe, retrieval.SpeakerEdit{Name: strings.Repeat("Roe", 100)}, fault.Invalid, "up to 200 characters"},
		{"nobody", nobody, retrieval.SpeakerEdit{Name: "Roe"}, fault.NotFound, nobody},
		{"no id", "roe", retrieval.SpeakerEdit{Name: "Roe"}, fault.NotFound, "there is no speaker"},
		{"merge with oneself", roe, retrieval.SpeakerEdit{Merge: []string{roe}}, fault.Invalid, "with itself"},
		{"merge with oneself in capitals", roe, retrieval.SpeakerEdit{Merge: []string{strings.ToUpper(roe)}}, fault.Invalid, "with itself"},
		{"merge with nobody", roe, retrieval.SpeakerEdit{Merge: []string{poe, nobody}}, fault.NotFound, nobody},
		{"merge with no id", roe, retrieval.SpeakerEdit{Merge: []string{"poe"}}, fault.NotFound, "there is no speaker"},
		{"merge with another collection's", roe, retrieval.SpeakerEdit{Merge: []string{archived.Speakers[0].ID}}, fault.Invalid, `"archive"`},
		{"split another's alias", roe, retrieval.SpeakerEdit{Split: retrieval.Split{Aliases: []string{"John Poe"}}}, fault.Invalid, `use one of ["Jane Roe"]`},
		{"split a transcript without the speaker", roe, retrieval.SpeakerEdit{Split: retrieval.Split{Transcripts: []string{only}}}, fault.Invalid, "no words of Jane Roe"},
		{"split no transcript", roe, retrieval.SpeakerEdit{Split: retrieval.Split{Transcripts: []string{"first"}}}, fault.Invalid, "no words of Jane Roe"},
		{"split a transcript without an id", roe, retrieval.SpeakerEdit{Split: retrieval.Split{Transcripts: []string{""}}}, fault.Invalid, "no words of Jane Roe"},
		{"split the only alias", poe, retrieval.SpeakerEdit{Split: retrieval.Split{Aliases: []string{"John Poe"}}}, fault.Invalid, "all there is"},
		{"split all transcripts", poe, retrieval.SpeakerEdit{Split: retrieval.Split{Transcripts: []string{id, only}}}, fault.Invalid, "all there is"},
	} {
		_, err := library.EditSpeaker(t.Context(), tt.id, tt.edit)
		if err == nil || fault.CodeOf(err) != tt.code || !strings.Contains(fault.MessageOf(err), tt.says) {
			t.Errorf("%s: %v (%s), want %s: …%s", tt.name, err, fault.CodeOf(err), tt.code, tt.says)
		}
	}
	checkDirectory(t, r, "after edits that failed", before)
}

// testSpeakersHistory does the same at random to a record and to Memory, and
// compares their directories and what filters find. There are never so many
// turns that a search would leave some out.
func testSpeakersHistory(t *testing.T, r Store) {
	random := rand.New(rand.NewPCG(3, 7))
	twins := []*history{{record: r}, {record: new(Memory)}}
	for range 60 {
		step := step{random.IntN(10), random.IntN(20), random.IntN(20)}
		for _, h := range twins {
			h.do(t, step)
		}
		got, want := directoryOf(t, r, "news"), directoryOf(t, twins[1].record, "news")
		if got != want {
			t.Fatalf("after step %+v the directory is\n%swant\n%s", step, got, want)
		}
		people, same := twins[0].speakers(t), twins[1].speakers(t)
		i := step.one % len(people)
		got, want = foundBy(t, r, people[i].ID), foundBy(t, twins[1].record, same[i].ID)
		if got != want {
			t.Fatalf("after step %+v %s has turns of %q, want %q", step, people[i].Name, got, want)
		}
	}
}

// history is a record to which steps are done.
type history struct {
	record      Store
	transcripts []string
	stored      int
}

// step is a kind of change, and to which of what there is.
type step struct{ kind, one, two int }

func (h *history) speakers(t *testing.T) []retrieval.Speaker {
	t.Helper()
	page, err := h.record.Speakers(t.Context(), retrieval.SpeakersQuery{Collection: "news", Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	return page.Speakers
}

func (h *history) do(t *testing.T, s step) {
	t.Helper()
	people := h.speakers(t)
	cast := []string{"Jane Roe", "JANE ROE", "J. Roe", "John Poe", "Ida Elm"}
	switch {
	case s.kind < 2 || len(h.transcripts) < 2:
		h.stored++
		id := addTalk(t, h.record, fmt.Sprintf("2026-01-%02d", h.stored%28+1), cast[s.one%5], cast[s.two%5])
		h.transcripts = append(h.transcripts, id)
	case s.kind < 4:
		i := s.one % len(h.transcripts)
		if err := h.record.Delete(t.Context(), h.transcripts[i]); err != nil {
			t.Fatal(err)
		}
		h.transcripts = slices.Delete(h.transcripts, i, i+1)
	default:
		h.edit(t, s, people)
	}
}

// edit does what may be refused, which must change nothing then.
func (h *history) edit(t *testing.T, s step, people []retrieval.Speaker) {
	one, two := people[s.one%len(people)], people[s.two%len(people)]
	alias := one.Aliases[s.two%len(one.Aliases)].Name
	var transcript string
	if len(h.transcripts) > 0 {
		transcript = h.transcripts[s.two%len(h.transcripts)]
	}
	change := []retrieval.SpeakerEdit{
		{Merge: []string{two.ID}},
		{Merge: []string{two.ID}},
		{Split: retrieval.Split{Aliases: []string{alias}}},
		{Split: retrieval.Split{Transcripts: []string{transcript}}},
		{Split: retrieval.Split{Transcripts: []string{transcript}}},
		{Split: retrieval.Split{Aliases: []string{alias}, Transcripts: []string{transcript}}},
	}[s.kind-4]
	_, err := retrieval.NewLibrary(h.record, embeddings.NewBuiltin()).EditSpeaker(t.Context(), one.ID, change)
	if err != nil && fault.CodeOf(err) != fault.Invalid {
		t.Fatalf("%+v: %v", change, err)
	}
}
