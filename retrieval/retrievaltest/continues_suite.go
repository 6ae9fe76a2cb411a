package retrievaltest

import (
	"testing"

	"github.com/pullquote/pullquote/retrieval"
)

// interrupted is a transcript in which a quotation goes on over three turns of a speaker.
const interrupted = `{"title":"The quay of Varn","date":"2026-03-01","turns":[
	{"speaker":"Ida Morrow","role":"statement","text":"She wrote: “The quay is rotten from end to end."},
	{"speaker":"Jon Bastable","role":"question","text":"Slower, please?"},
	{"speaker":"Ida Morrow","role":"statement","text":"Nobody mends it, and nobody will."},
	{"speaker":"Jon Bastable","role":"question","text":"Is that all?"},
	{"speaker":"Ida Morrow","role":"statement","text":"We close it tonight.” I have the copy."}]}`

func testContinues(t *testing.T, r Store) {
	stored := Add(t, r, "news", interrupted)
	turns, err := r.Turns(t.Context(), stored.ID)
	if err != nil || len(turns) != 5 {
		t.Fatalf("Turns = %v, %v", turns, err)
	}
	if quoting := turns[2].Quoting(); quoting != "quoting" {
		t.Errorf("the turn is said %q", quoting)
	}
	hits, err := r.Hits(t.Context(), scope(t, r, retrieval.Filter{Collection: "news"}, nil), []retrieval.TurnKey{{TranscriptID: stored.ID, Turn: 2}})
	if err != nil || len(hits) != 1 {
		t.Fatalf("Hits = %v, %v", hits, err)
	}
	if aloud := hits[0].Aloud(hits[0].Span()); len(aloud) != 1 || aloud[0] != hits[0].Span() {
		t.Errorf("of the hit %v is read aloud, want %v", aloud, hits[0].Span())
	}
}
