package retrievaltest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript"
	"github.com/pullquote/pullquote/transcript/model"
)

// Two invented transcripts, in Pullquote's own format.
const (
	Lighthouse = `{"title":"The lighthouse of Varn","date":"2026-02-03","place":"Varn","turns":[
		{"speaker":"Ida Morrow","affiliation":"Varn Courier","role":"question","text":"Why was the lighthouse switched off?"},
		{"speaker":"Jon Bastable","role":"answer","text":"The lamp failed in January. We expect a new lamp in April, and until then a buoy marks the reef."},
		{"speaker":"Ida Morrow","affiliation":"Varn Courier","role":"question","text":"What does the buoy cost?"},
		{"speaker":"Jon Bastable","role":"answer","text":"Nine thousand crowns, which the harbour pays. “It’s cheap,” as the pilots say – 🚢."}]}`
	Orchard = `{"title":"Orchards after the frost","date":"2026-05-20","turns":[
		{"speaker":"Moderator","role":"moderator","text":"Welcome to the panel on orchards."},
		{"speaker":"Wilma Bastable","role":"statement","text":"The frost of April took half of the apple blossom in the valley, and the harbour was full of ice."},
		{"speaker":"Elif Öz","role":"statement","text":"Pears came through it."},
		{"speaker":null,"role":"statement","text":"Plums did not."}]}`
)

// Add stores a file of Pullquote's own format with the built-in embedder.
func Add(t testing.TB, r Store, collection, file string) retrieval.StoredTranscript {
	t.Helper()
	return addNamed(t, r, collection, "file.json", file)
}

func addNamed(t testing.TB, r Store, collection, filename, file string) retrieval.StoredTranscript {
	t.Helper()
	stored, _, err := retrieval.NewLibrary(r, embeddings.NewBuiltin()).Add(t.Context(), retrieval.AddRequest{
		Data: []byte(file), Collection: collection, Options: transcript.Options{Filename: filename},
	})
	if err != nil {
		t.Fatal(err)
	}
	return stored
}

// TestRecord is the suite for a Record. open gives each test an empty one that
// is prepared for the vectors of the built-in embedder.
func TestRecord(t *testing.T, open func(t *testing.T) Store) {
	for _, test := range []struct {
		name string
		run  func(t *testing.T, r Store)
	}{
		{"a transcript comes back as it was stored", testRoundTrip},
		{"the same file is stored once in each collection", testSameFile},
		{"of many at once with the same file one stores it", testSameFileAtOnce},
		{"many transcripts are stored together", testSaveAll},
		{"many files are added together", testAddAll},
		{"a list comes in pages", testList},
		{"a list is searched and put in order", testListQuery},
		{"collections are counted", testCollections},
		{"a collection is renamed", testRenameCollection},
		{"a deleted collection leaves no trace", testDeleteCollection},
		{"what is not there is not found", testNotFound},
		{"a deleted transcript leaves no trace", testDelete},
		{"an edited file replaces the version before", testVersions},
		{"the name of a file in another normal form is its name", testNormalForms},
		{"a file that was taken back is stored again", testTakenBack},
		{"of two that replace the same version one does", testReplacedTwice},
		{"files of one name that are sent at once are versions of one transcript", testVersionsAtOnce},
		{"one file with a name that is sent many times at once is stored once", testNamedFileAtOnce},
		{"a file of the same name is not always an edited one", testOtherFileOfTheName},
		{"a transcript is deleted with its versions", testDeleteVersions},
		{"a file comes back as it came", testOriginal},
		{"a file is kept as long as a transcript was made of it", testOriginalShared},
		{"a file that was not kept comes when it is added again", testWithoutOriginal},
		{"a better parser makes a new version, once", testReparse},
		{"an edit makes a new version", testEdit},
		{"a turn that was mended is found at once", testEditTurn},
		{"what was mended stays", testCorrectionsStay},
		{"a mended transcript is known by its file", testMendedIsKnown},
		{"a file added again with another title", testRestated},
		{"a recording is found at its words", testRecording},
		{"a recording is given with its file", testRecordingGiven},
		{"filters narrow a search", testFilters},
		{"a filter that leaves nothing is told from one that does", testUnmatched},
		{"some passages of a word are found without ranking", testUnranked},
		{"a transcript of another collection is not found", testOtherCollection},
		{"hits come in order with their questions", testHits},
		{"a doubt comes back with its turn", testDoubt},
		{"a turn that goes on with a quotation quotes", testContinues},
		{"sentences have vectors in the order of the record", testSentenceVectors},
		{"a long turn has the vectors of all its sentences", testSentencesOfLongTurns},
		{"vectors of sentences follow an edited file", testSentencesReplaced},
		{"vectors of sentences follow what was mended", testSentencesMended},
		{"sentences of another collection or model are not found", testSentencesElsewhere},
		{"a record from before sentences had vectors", testSentencesBefore},
		{"a large file whose embedding broke off goes on", testSentencesGoOn},
		{"what waits to be embedded is found by its words", testPending},
		{"what cannot be embedded does not keep the rest", testUnembeddable},
		{"an embedder in trouble gives up nothing", testEmbedderInTrouble},
		{"several embed at once, and nothing twice", testEmbeddedOnce},
		{"what is replaced or deleted waits no longer", testPendingGone},
		{"a server embeds what is added to it", testKeepEmbedding},
		{"rankings are exact", testRankings},
		{"words are found in scripts without spaces", testUnspaced},
		{"words that stand together are found over the end of a passage", testContainingAcross},
		{"those who speak are counted", testCountSpeakers},
		{"transcripts are counted", testOutline},
		{"questions come with what they are answered", testExchanges},
		{"words are found in each transcript once", testMentions},
		{"speakers are entered as transcripts come", testSpeakers},
		{"of many at once one begins a speaker's entry", testSpeakersAtOnce},
		{"speakers come in pages and by name", testSpeakersPages},
		{"names are looked up by their words", testPrintedNames},
		{"merged speakers are found under all their names", testMerge},
		{"of two who share a name each is found", testSplit},
		{"what a user decided outlives a transcript", testSpeakersStay},
		{"an edit that cannot be says why", testEditErrors},
		{"any history leaves the directory that it should", testSpeakersHistory},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			test.run(t, open(t))
		})
	}
}

func testRoundTrip(t *testing.T, r Store) {
	want, err := transcript.Parse(t.Context(), []byte(Lighthouse), transcript.Options{Filename: "file.json"})
	if err != nil {
		t.Fatal(err)
	}
	stored := Add(t, r, "news", Lighthouse)
	got, err := r.Get(t.Context(), stored.ID)
	if err != nil || got.Title != want.Title || got.Date != want.Date || got.Place != want.Place || got.TurnCount != 4 || got.Collection != "news" ||
		!reflect.DeepEqual(got.Speakers, want.Speakers) {
		t.Errorf("Get = %+v, %v", got, err)
	}
	turns, err := r.Turns(t.Context(), stored.ID)
	if err != nil || !reflect.DeepEqual(turns, want.Turns) {
		t.Errorf("Turns = %+v, %v, want %+v", turns, err, want.Turns)
	}
	text, err := r.Text(t.Context(), stored.ID)
	if err != nil || text != want.Text {
		t.Errorf("Text = %q, %v, want %q", text, err, want.Text)
	}
}

func testSameFile(t *testing.T, r Store) {
	first, again, other := Add(t, r, "news", Lighthouse), Add(t, r, "news", Lighthouse), Add(t, r, "archive", Lighthouse)
	if first.ID != again.ID || first.ID == other.ID {
		t.Errorf("ids are %s, again %s, in another collection %s", first.ID, again.ID, other.ID)
	}
}

func testSameFileAtOnce(t *testing.T, r Store) {
	parsed, err := transcript.Parse(t.Context(), []byte(Lighthouse), transcript.Options{})
	if err != nil {
		t.Fatal(err)
	}
	d := retrieval.PreparedTranscript{Collection: "news", SHA256: strings.Repeat("ab", 32), Transcript: parsed, Passages: retrieval.Passages(parsed)}
	d.Model = embeddings.NewBuiltin().Model()
	for range d.Passages {
		d.Vectors = append(d.Vectors, unit(d.Model.Dimensions, 0))
	}
	const n = 8
	var created [n]bool
	var ids [n]string
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			stored, isNew, err := r.Save(context.WithoutCancel(t.Context()), d)
			if err != nil {
				t.Error(err)
			}
			created[i], ids[i] = isNew, stored.ID
		})
	}
	wg.Wait()
	made := 0
	for i := range n {
		if created[i] {
			made++
		}
		if ids[i] != ids[0] {
			t.Errorf("ids differ: %s and %s", ids[i], ids[0])
		}
	}
	if made != 1 {
		t.Errorf("%d stored it", made)
	}
}

func unit(dimensions, axis int) []float32 {
	v := make([]float32, dimensions)
	v[axis] = 1
	return v
}

func testList(t *testing.T, r Store) {
	var want, got []string
	for i := range 5 {
		file := strings.Replace(Lighthouse, "Varn Courier", fmt.Sprintf("Courier %d", i), 1)
		want = append(want, addNamed(t, r, "news", fmt.Sprintf("%d.json", i), file).ID)
	}
	Add(t, r, "archive", Orchard)
	cursor := ""
	for range 3 {
		page, err := r.List(t.Context(), retrieval.ListQuery{Collection: "news", Cursor: cursor, Limit: 2})
		if err != nil {
			t.Fatal(err)
		}
		for _, stored := range page.Transcripts {
			got = append(got, stored.ID)
		}
		cursor = page.NextCursor
	}
	if !slices.Equal(got, want) || cursor != "" {
		t.Errorf("pages have %v and end with cursor %q, want %v", got, cursor, want)
	}
	if page, err := r.List(t.Context(), retrieval.ListQuery{Collection: "news"}); err != nil || len(page.Transcripts) != len(want) || page.NextCursor != "" {
		t.Errorf("without a limit the list is %v, %v", page, err)
	}
	if page, err := r.Speakers(t.Context(), retrieval.SpeakersQuery{Collection: "news"}); err != nil || len(page.Speakers) == 0 || page.NextCursor != "" {
		t.Errorf("without a limit the directory is %v, %v", page, err)
	}
	for _, limit := range []int{-1, retrieval.MaxPage + 1} {
		_, listErr := r.List(t.Context(), retrieval.ListQuery{Collection: "news", Limit: limit})
		_, speakersErr := r.Speakers(t.Context(), retrieval.SpeakersQuery{Collection: "news", Limit: limit})
		if fault.CodeOf(listErr) != fault.Invalid || fault.CodeOf(speakersErr) != fault.Invalid {
			t.Errorf("a limit of %d: %v, %v", limit, listErr, speakersErr)
		}
	}
	if page, err := r.List(t.Context(), retrieval.ListQuery{Collection: "nowhere", Limit: 2}); err != nil || len(page.Transcripts) > 0 {
		t.Errorf("a collection that is not there lists %v, %v", page, err)
	}
	if _, err := r.List(t.Context(), retrieval.ListQuery{Collection: "news", Cursor: "xyz", Limit: 2}); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("a cursor that is none: %v", err)
	}
}

func testListQuery(t *testing.T, r Store) {
	for _, file := range []struct{ name, text string }{
		{"b.json", `{"title":"beacon","date":"2024-03-01","turns":[{"speaker":"Zoë Núñez","text":"It burns."}]}`},
		{"a-untitled.json", `{"turns":[{"speaker":"Ada Quist","text":"It went out."}]}`},
		{"c.json", `{"title":"Cable","date":"2025-01-01","turns":[{"speaker":"Ada Quist","text":"It is laid."}]}`},
		{"d.json", `{"title":"Dyke","date":"2024-03-01","turns":[{"speaker":"Noor Halim","text":"100% of it holds."}]}`},
	} {
		addNamed(t, r, "harbour", file.name, file.text)
	}
	for name, test := range map[string]struct {
		words string
		order retrieval.Order
		want  []string
	}{
		"as they were added":       {"", retrieval.OrderAdded, []string{"b.json", "a-untitled.json", "c.json", "d.json"}},
		"the newest first":         {"", retrieval.OrderAddedDown, []string{"d.json", "c.json", "a-untitled.json", "b.json"}},
		"by title, or file":        {"", retrieval.OrderTitle, []string{"a-untitled.json", "b.json", "c.json", "d.json"}},
		"by title, backwards":      {"", retrieval.OrderTitleDown, []string{"d.json", "c.json", "b.json", "a-untitled.json"}},
		"by date, unknown first":   {"", retrieval.OrderDate, []string{"a-untitled.json", "b.json", "d.json", "c.json"}},
		"by date, unknown last":    {"", retrieval.OrderDateDown, []string{"c.json", "d.json", "b.json", "a-untitled.json"}},
		"a title":                  {"CAB", "", []string{"c.json"}},
		"a speaker":                {"quist", "", []string{"a-untitled.json", "c.json"}},
		"without its diacritics":   {"nunez zoe", "", []string{"b.json"}},
		"a file":                   {"untitled", "", []string{"a-untitled.json"}},
		"all words, wherever":      {"cable quist c.json", "", []string{"c.json"}},
		"words that none has all":  {"cable nunez", "", nil},
		"what stands for anything": {"%", "", nil},
		"in order":                 {"json", retrieval.OrderTitleDown, []string{"d.json", "c.json", "b.json", "a-untitled.json"}},
	} {
		var got []string
		for cursor := ""; ; {
			page, err := r.List(t.Context(), retrieval.ListQuery{Collection: "harbour", Words: test.words, Order: test.order, Cursor: cursor, Limit: 1})
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			for _, stored := range page.Transcripts {
				got = append(got, string(stored.Filename))
			}
			if cursor = page.NextCursor; cursor == "" {
				break
			}
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: %q; want %q", name, got, test.want)
		}
	}
}

func testNotFound(t *testing.T, r Store) {
	for _, id := range []string{uuid.Must(uuid.NewV7()).String(), "no-id", ""} {
		_, get := r.Get(t.Context(), id)
		_, turns := r.Turns(t.Context(), id)
		_, text := r.Text(t.Context(), id)
		for what, err := range map[string]error{"Get": get, "Turns": turns, "Text": text, "Delete": r.Delete(t.Context(), id)} {
			if fault.CodeOf(err) != fault.NotFound {
				t.Errorf("%s(%q): %v", what, id, err)
			}
		}
	}
}

func testDelete(t *testing.T, r Store) {
	Add(t, r, "news", Orchard)
	lexemes := []retrieval.Lexeme{retrieval.NewLexeme("harbour"), retrieval.NewLexeme("buoy")}
	filter := retrieval.Filter{Collection: "news", Speaker: "Bastable"}
	before := scope(t, r, filter, lexemes)
	gone := Add(t, r, "news", Lighthouse)
	if during := scope(t, r, filter, lexemes); during.Passages <= before.Passages || len(during.Speakers) != 2 {
		t.Fatalf("with both transcripts the scope is %+v", during)
	}
	if err := r.Delete(t.Context(), gone.ID); err != nil {
		t.Fatal(err)
	}
	after := scope(t, r, filter, lexemes)
	for lexeme, n := range after.Frequencies {
		if n == 0 {
			delete(after.Frequencies, lexeme)
		}
	}
	if !reflect.DeepEqual(before, after) {
		t.Errorf("the scope was %+v and is %+v", before, after)
	}
	if _, err := r.Turns(t.Context(), gone.ID); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("its turns are still there: %v", err)
	}
	if hits := search(t, r, "buoy reef", filter); slices.ContainsFunc(hits, func(h retrieval.Hit) bool { return h.TranscriptID == gone.ID }) {
		t.Error("a search still finds it")
	}
}

func scope(t *testing.T, r Store, filter retrieval.Filter, lexemes []retrieval.Lexeme) retrieval.Scope {
	t.Helper()
	s, err := r.Scope(t.Context(), filter, lexemes)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func search(t *testing.T, r Store, text string, filter retrieval.Filter) []retrieval.Hit {
	t.Helper()
	result, err := retrieval.NewSearcher(r, embeddings.NewBuiltin(), slog.New(slog.DiscardHandler)).Search(t.Context(), retrieval.Query{Text: text, Filter: filter, Limit: 20})
	if err != nil {
		t.Fatal(err)
	}
	return result.Hits
}

func testUnmatched(t *testing.T, r Store) {
	Add(t, r, "news", Lighthouse)
	for filter, want := range map[retrieval.Filter]bool{
		{}:                                       false,
		{Speaker: "Bastable"}:                    false,
		{Speaker: "Bastable", Role: "answer"}:    false,
		{Speaker: "Bastable", Role: "narration"}: true,
		{Role: "narration"}:                      true,
		{From: "2099-01-01"}:                     true,
		{To: "2099-01-01"}:                       false,
	} {
		filter.Collection = "news"
		got := scope(t, r, filter, nil)
		if got.Unmatched != want || got.Empty() != want {
			t.Errorf("filter %+v leaves nothing: %v, want %v", filter, got.Unmatched, want)
		}
		if known := got.First != "" && got.First == got.Last; known != want {
			t.Errorf("filter %+v: its collection has events from %q to %q", filter, got.First, got.Last)
		}
	}
}

func testUnranked(t *testing.T, r Store) {
	Add(t, r, "news", Lighthouse)
	Add(t, r, "archive", Lighthouse)
	name := []retrieval.Lexeme{retrieval.NewNameLexeme("bastable")}
	s := scope(t, r, retrieval.Filter{Collection: "news"}, name)
	all := s.Frequencies[name[0]]
	if all < 2 {
		t.Fatalf("%d passages have the word", all)
	}
	for limit, want := range map[int]int{1: 1, 100: all} {
		found, err := r.Lexical(t.Context(), s, retrieval.LexicalQuery{Among: name, Limit: limit})
		if err != nil || len(found) != want {
			t.Errorf("%d passages, %v, want %d", len(found), err, want)
		}
	}
}

func testFilters(t *testing.T, r Store) {
	lighthouse := Add(t, r, "news", Lighthouse)
	Add(t, r, "news", Orchard)
	Add(t, r, "archive", Orchard)
	tests := []struct {
		name   string
		filter retrieval.Filter
		want   []string // speakers of the hits, sorted
	}{
		{"none", retrieval.Filter{}, []string{"", "Elif Öz", "Ida Morrow", "Ida Morrow", "Jon Bastable", "Jon Bastable", "Moderator", "Wilma Bastable"}},
		{"transcript", retrieval.Filter{Transcript: lighthouse.ID}, []string{"Ida Morrow", "Ida Morrow", "Jon Bastable", "Jon Bastable"}},
		{"full name", retrieval.Filter{Speaker: "wilma bastable"}, []string{"Wilma Bastable"}},
		{"part of a name", retrieval.Filter{Speaker: "Bastable"}, []string{"Jon Bastable", "Jon Bastable", "Wilma Bastable"}},
		{"in capitals and without diacritics", retrieval.Filter{Speaker: "ELIF OZ"}, []string{"Elif Öz"}},
		{"nobody's name", retrieval.Filter{Speaker: "Quill"}, nil},
		{"role", retrieval.Filter{Role: model.RoleStatement}, []string{"", "Elif Öz", "Wilma Bastable"}},
		{"from a day on", retrieval.Filter{From: "2026-05-20"}, []string{"", "Elif Öz", "Moderator", "Wilma Bastable"}},
		{"up to a day", retrieval.Filter{To: "2026-02-03"}, []string{"Ida Morrow", "Ida Morrow", "Jon Bastable", "Jon Bastable"}},
		{"all together", retrieval.Filter{Speaker: "Bastable", Role: model.RoleAnswer, From: "2026-01-01", To: "2026-12-31"}, []string{"Jon Bastable", "Jon Bastable"}},
	}
	for _, tt := range tests {
		tt.filter.Collection = "news"
		var got []string
		for _, h := range search(t, r, "the harbour, the buoy, the lighthouse, apples and pears", tt.filter) {
			got = append(got, string(h.Speaker))
		}
		slices.Sort(got)
		if !slices.Equal(got, tt.want) {
			t.Errorf("filter by %s: hits by %q, want %q", tt.name, got, tt.want)
		}
	}
}

func testOtherCollection(t *testing.T, r Store) {
	stored := Add(t, r, "news", Lighthouse)
	Add(t, r, "archive", Orchard)
	for _, collection := range []string{"archive", "nowhere"} {
		_, err := r.Scope(t.Context(), retrieval.Filter{Collection: collection, Transcript: stored.ID}, nil)
		if fault.CodeOf(err) != fault.NotFound {
			t.Errorf("in %s: %v", collection, err)
		}
	}
	if s := scope(t, r, retrieval.Filter{Collection: "nowhere"}, nil); !s.Empty() {
		t.Errorf("a collection that is not there has scope %+v", s)
	}
}

func testHits(t *testing.T, r Store) {
	stored := Add(t, r, "news", Lighthouse)
	s := scope(t, r, retrieval.Filter{Collection: "news"}, nil)
	hits, err := r.Hits(t.Context(), s, []retrieval.TurnKey{{TranscriptID: stored.ID, Turn: 3}, {TranscriptID: stored.ID, Turn: 0}})
	if err != nil || len(hits) != 2 {
		t.Fatalf("Hits = %v, %v", hits, err)
	}
	answer, question := hits[0], hits[1]
	if answer.Speaker != "Jon Bastable" || answer.Date != "2026-02-03" || answer.Title != "The lighthouse of Varn" || answer.Collection != "news" {
		t.Errorf("the first hit is %+v", answer)
	}
	if q := answer.Question; q == nil || q.Turn != 2 || q.Speaker != "Ida Morrow" || q.Affiliation != "Varn Courier" || q.Text != "What does the buoy cost?" {
		t.Errorf("its question is %+v", answer.Question)
	}
	if question.Turn != 0 || question.Question != nil {
		t.Errorf("the second hit is %+v", question)
	}
	text, err := r.Text(t.Context(), stored.ID)
	if err != nil {
		t.Fatal(err)
	}
	if span := string([]rune(text)[answer.Start:answer.End]); span != answer.Text {
		t.Errorf("the text has %q where the hit has %q", span, answer.Text)
	}

	untitled := addNamed(t, r, "files", "lamp.json", `{"turns": [{"speaker": "Jon Bastable", "text": "It burns."}]}`)
	s = scope(t, r, retrieval.Filter{Collection: "files"}, nil)
	hits, err = r.Hits(t.Context(), s, []retrieval.TurnKey{{TranscriptID: untitled.ID}})
	if err != nil || len(hits) != 1 || hits[0].Title != "lamp.json" || untitled.Title != "" {
		t.Errorf("a transcript without a title is called as in %+v: %v", hits, err)
	}
}

// testRankings holds both rankings to those of Memory, which are exact: the
// scores agree rank by rank, to the precision of a stored vector.
func testRankings(t *testing.T, r Store) {
	var reference Memory
	for _, file := range []string{Lighthouse, Orchard} {
		Add(t, r, "news", file)
		Add(t, &reference, "news", file)
	}
	for _, question := range []string{"harbour", "the buoy and the reef", "frost in April", "apple blossom"} {
		gotLexical, gotSemantic := scores(t, r, question)
		wantLexical, wantSemantic := scores(t, &reference, question)
		if !agree(gotLexical, wantLexical) {
			t.Errorf("%q by words scores %v, want %v", question, gotLexical, wantLexical)
		}
		if !agree(gotSemantic, wantSemantic) {
			t.Errorf("%q by meaning scores %v, want %v", question, gotSemantic, wantSemantic)
		}
	}
}

// scores are those of the two rankings for a question, best first.
func scores(t *testing.T, r Store, question string) (lexical, semantic []float64) {
	t.Helper()
	s := scope(t, r, retrieval.Filter{Collection: "news"}, nil)
	var terms []retrieval.WeightedLexeme
	for _, w := range retrieval.Words(question) {
		terms = append(terms, retrieval.WeightedLexeme{Lexeme: retrieval.NewLexeme(w), Weight: float32(len(w)), Passages: 1})
	}
	embedder := embeddings.NewBuiltin()
	vectors, err := embedder.Embed(t.Context(), embeddings.Query, []string{question})
	if err != nil {
		t.Fatal(err)
	}
	query := retrieval.LexicalQuery{Terms: terms, Among: retrieval.Rarest(terms, 20, 20), Limit: 20}
	byWords, err := r.Lexical(t.Context(), s, query)
	if err != nil {
		t.Fatal(err)
	}
	query.Apart = true
	apart, err := r.Lexical(t.Context(), s, query)
	if err != nil {
		t.Fatal(err)
	}
	if len(apart) != len(byWords) || !slices.IsSortedFunc(apart, retrieval.InRecord) {
		t.Errorf("%q: with weights apart there are %d passages, want %d in the order of the record", question, len(apart), len(byWords))
	}
	for _, c := range apart {
		sum := 0.0
		for i, weight := range c.Weights {
			sum += float64(weight * terms[i].Weight)
		}
		if len(c.Weights) != len(terms) || math.Abs(sum-c.Score) > 0.001 || c.End <= c.Start {
			t.Errorf("%q: passage %+v scores %v by its terms apart", question, c, sum)
		}
	}
	byMeaning, err := r.Semantic(t.Context(), s, retrieval.Vector{Model: embedder.Model(), Values: vectors[0]}, 20)
	if err != nil {
		t.Fatal(err)
	}
	return scoresOf(byWords), scoresOf(byMeaning)
}

func scoresOf(candidates []retrieval.Candidate) []float64 {
	var scores []float64
	for _, c := range candidates {
		scores = append(scores, c.Score)
	}
	return scores
}

func agree(a, b []float64) bool {
	const precision = 0.005 // of half floats, summed
	return slices.EqualFunc(a, b, func(x, y float64) bool { return math.Abs(x-y) < precision })
}

// testUnspaced looks for words that have no spaces around them, by words alone: by
// meaning something is always found.
func testUnspaced(t *testing.T, r Store) {
	Add(t, r, "news", `{"title":"青い渡し船","turns":[
		{"speaker":"高橋花子","text":"新しいフェリーは来年の四月に就航します。"},
		{"speaker":"小川由美","text":"えびの漁場が狭くなります。"},
		{"speaker":"林海燕","text":"新渡轮可以装三十辆汽车。"},
		{"speaker":"มาลี","text":"ชาวประมงคัดค้านโครงการท่าเรือ"}]}`)
	for _, tt := range []struct{ query, speaker string }{
		{"フェリー", "高橋花子"}, {"ﾌｪﾘｰ", "高橋花子"}, {"就航", "高橋花子"}, {"漁場はどこですか", "小川由美"},
		{"渡轮", "林海燕"}, {"汽车有多少辆？", "林海燕"}, {"ชาวประมง", "มาลี"}, {"高橋さん", "高橋花子"}, {"飛行機", ""},
	} {
		var found []string
		for _, h := range search(t, r, tt.query, retrieval.Filter{Collection: "news"}) {
			if h.LexicalRank != nil && *h.LexicalRank == 1 {
				found = append(found, string(h.Speaker))
			}
		}
		if strings.Join(found, " ") != tt.speaker {
			t.Errorf("%q finds the words of %q, want %q", tt.query, found, tt.speaker)
		}
	}
}

// numbered are transcripts of one turn each.
func numbered(t *testing.T, n int) []retrieval.PreparedTranscript {
	t.Helper()
	prepared := make([]retrieval.PreparedTranscript, n)
	for i := range prepared {
		parsed, err := transcript.Parse(t.Context(), fmt.Appendf(nil, `{"turns":[{"speaker":"Jane Roe","text":"The harbour has berth number%d."}]}`, i), transcript.Options{})
		if err != nil {
			t.Fatal(err)
		}
		model := embeddings.NewBuiltin().Model()
		prepared[i] = retrieval.PreparedTranscript{
			Collection: "news", SHA256: fmt.Sprintf("%064x", i), Transcript: parsed, Passages: retrieval.Passages(parsed),
			Model: model, Vectors: [][]float32{unit(model.Dimensions, 0)},
		}
	}
	return prepared
}

// testSaveAll stores many transcripts at once, one of them twice and two that are
// there already.
func testSaveAll(t *testing.T, r Store) {
	prepared := numbered(t, 8)
	for _, d := range prepared[2:4] {
		if _, _, err := r.Save(t.Context(), d); err != nil {
			t.Fatal(err)
		}
	}
	outcomes, err := r.SaveAll(t.Context(), "news", prepared[0].Model, slices.Values(append(prepared, prepared[0])))
	if err != nil {
		t.Fatal(err)
	}
	var created strings.Builder
	for i, o := range outcomes {
		if o.Err != nil || o.Stored.SHA256 != prepared[i%8].SHA256 {
			t.Errorf("transcript %d became %+v", i, o)
		}
		fmt.Fprint(&created, o.Created, " ")
	}
	if got, want := created.String(), "true true false false true true true true false "; got != want {
		t.Errorf("created are %s, want %s", got, want)
	}
	harbour := retrieval.NewLexeme("harbour")
	if s := scope(t, r, retrieval.Filter{Collection: "news"}, []retrieval.Lexeme{harbour}); s.Passages != 8 || s.Frequencies[harbour] != 8 {
		t.Errorf("of 8 passages there are %d, %d with their word", s.Passages, s.Frequencies[harbour])
	}
	if hits := search(t, r, "berth number5", retrieval.Filter{Collection: "news"}); len(hits) == 0 || hits[0].TranscriptID != outcomes[5].Stored.ID {
		t.Errorf("the transcript is not found: %+v", hits)
	}
	other := prepared[0].Model
	other.Name = "another"
	_, err = r.SaveAll(t.Context(), "news", other, func(func(retrieval.PreparedTranscript) bool) { t.Error("transcripts were asked for") })
	if !errors.Is(err, retrieval.ErrModelChanged) {
		t.Errorf("with another model: %v", err)
	}
}

// testAddAll adds files of which one is none, one is there twice, and one is a new
// version of another.
func testAddAll(t *testing.T, r Store) {
	edited := strings.Replace(Lighthouse, "in April", "in May", 1)
	files := []string{Orchard, "", Lighthouse, Orchard, edited, Orchard + " "}
	outcomes := slices.Collect(retrieval.NewLibrary(r, embeddings.NewBuiltin()).AddAll(t.Context(), func(yield func(retrieval.AddRequest, error) bool) {
		for i, file := range files {
			name := fmt.Sprintf("%d.json", i)
			if file == edited {
				name = "2.json"
			}
			if !yield(retrieval.AddRequest{Data: []byte(file), Collection: "news", Options: transcript.Options{Filename: name}}, nil) {
				return
			}
		}
	}))
	var got []string
	for _, o := range outcomes {
		got = append(got, fmt.Sprintf("%v %d %v", o.Created, o.Stored.Version, o.Err != nil))
	}
	want := []string{"true 1 false", "false 0 true", "true 1 false", "false 1 false", "true 2 false", "true 1 false"}
	if !slices.Equal(got, want) {
		t.Errorf("the files became %q, want %q", got, want)
	}
}
