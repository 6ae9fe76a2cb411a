package retrievaltest

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript"
)

// corrected is the lighthouse as somebody corrected it.
var corrected = strings.Replace(Lighthouse, "Nine thousand crowns", "Eleven thousand crowns", 1)

func testVersions(t *testing.T, r Store) {
	filter := retrieval.Filter{Collection: "news", Speaker: "Bastable"}
	lexemes := []retrieval.Lexeme{retrieval.NewLexeme("nine"), retrieval.NewLexeme("eleven"), retrieval.NewLexeme("buoy")}
	first := Add(t, r, "news", Lighthouse)
	second := Add(t, r, "news", corrected)
	if second.Version != 2 || second.CurrentID != second.ID || first.Version != 1 || first.ID == second.ID {
		t.Fatalf("the versions are %+v and %+v", first, second)
	}
	former, err := r.Get(t.Context(), first.ID)
	if err != nil || former.CurrentID != second.ID || former.Version != 1 {
		t.Errorf("the former version is %+v (%v)", former, err)
	}
	if turns, err := r.Turns(t.Context(), first.ID); err != nil || !strings.Contains(turns[3].Text, "Nine thousand") {
		t.Errorf("the former version reads %+v (%v)", turns, err)
	}
	if page, err := r.List(t.Context(), retrieval.ListQuery{Collection: "news", Limit: 10}); err != nil || len(page.Transcripts) != 1 || page.Transcripts[0].ID != second.ID {
		t.Errorf("the list is %+v (%v)", page, err)
	}
	s := scope(t, r, filter, lexemes)
	if n := s.Frequencies[lexemes[0]]; n != 0 {
		t.Errorf("a word that only the former version has is in %d passages", n)
	}
	if s.Frequencies[lexemes[1]] == 0 || len(s.Speakers) != 1 {
		t.Errorf("the scope is %+v", s)
	}
	hits := search(t, r, "What does the buoy cost?", filter)
	if len(hits) == 0 || slices.ContainsFunc(hits, func(h retrieval.Hit) bool {
		return h.TranscriptID != second.ID || h.Version != 2 || h.SHA256 != second.SHA256
	}) {
		t.Errorf("a search finds %+v", hits)
	}
	if page, err := r.Speakers(t.Context(), retrieval.SpeakersQuery{Collection: "news", Limit: 10}); err != nil || len(page.Speakers) != 2 || page.Speakers[0].TranscriptCount != 1 {
		t.Errorf("the speakers are %+v (%v)", page, err)
	}
}

// The name of a file may come in NFC or, as from macOS, in NFD.
func testNormalForms(t *testing.T, r Store) {
	first := addNamed(t, r, "news", "caf\u00e9.json", Lighthouse)
	second := addNamed(t, r, "news", "cafe\u0301.json", corrected)
	third := addNamed(t, r, "news", "caf\u00e9.json", Lighthouse)
	if second.Version != 2 || third.Version != 3 || second.Filename != first.Filename {
		t.Errorf("the versions are %+v, %+v and %+v", first, second, third)
	}
}

func testTakenBack(t *testing.T, r Store) {
	first := Add(t, r, "news", Lighthouse)
	Add(t, r, "news", corrected)
	third := Add(t, r, "news", Lighthouse)
	if third.Version != 3 || third.ID == first.ID || third.SHA256 != first.SHA256 {
		t.Errorf("the third version is %+v, the first %+v", third, first)
	}
	if again := Add(t, r, "news", Lighthouse); again.ID != third.ID {
		t.Errorf("it was stored once more: %+v", again)
	}
	before := scope(t, r, retrieval.Filter{Collection: "news"}, nil)
	var fresh Memory
	Add(t, &fresh, "news", Lighthouse)
	if want := scope(t, &fresh, retrieval.Filter{Collection: "news"}, nil); before.Passages != want.Passages {
		t.Errorf("%d passages, want %d", before.Passages, want.Passages)
	}
}

func testReplacedTwice(t *testing.T, r Store) {
	first := Add(t, r, "news", Lighthouse)
	Add(t, r, "news", corrected)
	parsed, err := transcript.Parse(t.Context(), []byte(Orchard), transcript.Options{})
	if err != nil {
		t.Fatal(err)
	}
	late := retrieval.PreparedTranscript{
		Collection: "news", SHA256: strings.Repeat("cd", 32), Replaces: first.ID, Transcript: parsed, Model: embeddings.NewBuiltin().Model(),
	}
	if _, _, err := r.Save(t.Context(), late); fault.CodeOf(err) != fault.Conflict {
		t.Errorf("a version that had been replaced was replaced again: %v", err)
	}
	if page, err := r.List(t.Context(), retrieval.ListQuery{Collection: "news", Limit: 10}); err != nil || len(page.Transcripts) != 1 {
		t.Errorf("the list is %+v (%v)", page, err)
	}
}

func testOtherFileOfTheName(t *testing.T, r Store) {
	first, second := Add(t, r, "news", Lighthouse), Add(t, r, "news", Orchard)
	if second.Version != 1 || second.CurrentID != second.ID {
		t.Errorf("an altogether different file became version %d of %s", second.Version, first.ID)
	}
	if elsewhere := Add(t, r, "archive", corrected); elsewhere.Version != 1 {
		t.Errorf("in another collection it became version %d", elsewhere.Version)
	}
}

func testDeleteVersions(t *testing.T, r Store) {
	first, second := Add(t, r, "news", Lighthouse), Add(t, r, "news", corrected)
	if err := r.Delete(t.Context(), second.ID); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{first.ID, second.ID} {
		if _, err := r.Get(t.Context(), id); fault.CodeOf(err) != fault.NotFound {
			t.Errorf("version %s is still there: %v", id, err)
		}
	}
	if after := scope(t, r, retrieval.Filter{Collection: "news"}, nil); after.Passages != 0 {
		t.Errorf("%d passages are left", after.Passages)
	}
	if page, err := r.Speakers(t.Context(), retrieval.SpeakersQuery{Collection: "news", Limit: 10}); err != nil || len(page.Speakers) != 0 {
		t.Errorf("speakers are left: %+v (%v)", page.Speakers, err)
	}
}

// Files of one name that are sent at once, to two servers of one record, become one line of
// versions, of which one is the newest.
func testVersionsAtOnce(t *testing.T, r Store) {
	const files = 40
	embedder := embeddings.NewBuiltin()
	servers := []*retrieval.Library{retrieval.NewLibrary(r, embedder), retrieval.NewLibrary(r, embedder)}
	var sent sync.WaitGroup
	for i := range files {
		sent.Go(func() {
			file := strings.Replace(Lighthouse, "Nine thousand crowns", fmt.Sprintf("%d thousand crowns", i+10), 1)
			_, created, err := servers[i%len(servers)].Add(t.Context(), retrieval.AddRequest{
				Data: []byte(file), Collection: "news", Options: transcript.Options{Filename: "lighthouse.json"},
			})
			if err != nil || !created {
				t.Errorf("file %d: created %t (%v)", i, created, err)
			}
		})
	}
	sent.Wait()
	page, err := r.List(t.Context(), retrieval.ListQuery{Collection: "news", Limit: files})
	if err != nil || len(page.Transcripts) != 1 || page.Transcripts[0].Version != files {
		t.Errorf("the newest versions are %d: %+v (%v)", len(page.Transcripts), page.Transcripts, err)
	}
}

// One file with a name that is sent at once, to two servers of one record, is stored once.
func testNamedFileAtOnce(t *testing.T, r Store) {
	embedder := embeddings.NewBuiltin()
	servers := []*retrieval.Library{retrieval.NewLibrary(r, embedder), retrieval.NewLibrary(r, embedder)}
	var sent sync.WaitGroup
	var made atomic.Int32
	for i := range 40 {
		sent.Go(func() {
			stored, created, err := servers[i%len(servers)].Add(t.Context(), retrieval.AddRequest{
				Data: []byte(Lighthouse), Collection: "news", Options: transcript.Options{Filename: "lighthouse.json"},
			})
			if err != nil || stored.Version != 1 {
				t.Errorf("request %d: version %d (%v)", i, stored.Version, err)
			}
			if created {
				made.Add(1)
			}
		})
	}
	sent.Wait()
	if made.Load() != 1 {
		t.Errorf("%d stored it", made.Load())
	}
}
