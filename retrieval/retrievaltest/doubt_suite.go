package retrievaltest

import (
	"testing"

	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
)

// Doubtful is a transcript of which one question and one answer may be another's.
const Doubtful = `{"title":"The quay of Varn","date":"2026-03-01","turns":[
	{"label":"MORROW","speaker":"Ida Morrow","role":"question","text":"Who closed the quay?","doubt":"the label stands once"},
	{"label":"B.","speaker":null,"role":"answer","text":"The harbour master closed it in the night.","doubt":"two speakers have this initial"},
	{"label":"MORROW","speaker":"Ida Morrow","role":"question","text":"When does it open?"},
	{"label":"BASTABLE","speaker":"Jon Bastable","role":"answer","text":"The quay opens at Easter."}]}`

func testDoubt(t *testing.T, r Store) {
	stored := Add(t, r, "news", Doubtful)
	turns, err := r.Turns(t.Context(), stored.ID)
	if err != nil {
		t.Fatal(err)
	}
	want := []model.Optional{"the label stands once", "two speakers have this initial", "", ""}
	for i, turn := range turns {
		if turn.Doubt != want[i] {
			t.Errorf("the doubt of turn %d is %q, want %q", i, turn.Doubt, want[i])
		}
	}
	s := scope(t, r, retrieval.Filter{Collection: "news"}, nil)
	hits, err := r.Hits(t.Context(), s, []retrieval.TurnKey{{TranscriptID: stored.ID, Turn: 1}, {TranscriptID: stored.ID, Turn: 3}})
	if err != nil || len(hits) != 2 {
		t.Fatalf("Hits = %v, %v", hits, err)
	}
	if doubtful := hits[0]; doubtful.Doubt != want[1] || doubtful.Label != "B." || doubtful.Question.Doubt != want[0] || doubtful.Question.Label != "MORROW" {
		t.Errorf("the doubtful hit is %+v, its question %+v", doubtful, doubtful.Question)
	}
	if certain := hits[1]; certain.Doubt != "" || certain.Question.Doubt != "" {
		t.Errorf("the certain hit is %+v, its question %+v", certain, certain.Question)
	}
}
