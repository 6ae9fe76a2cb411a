package retrievaltest

import (
	"reflect"
	"slices"
	"testing"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
)

func testCollections(t *testing.T, r Store) {
	if got, err := r.Collections(t.Context()); err != nil || len(got) > 0 {
		t.Errorf("an empty record has %v, %v", got, err)
	}
	gone := Add(t, r, "gone", Orchard)
	Add(t, r, "news", Lighthouse)
	Add(t, r, "news", Orchard)
	Add(t, r, "Archive", Orchard)
	if err := r.Delete(t.Context(), gone.ID); err != nil {
		t.Fatal(err)
	}
	got, err := r.Collections(t.Context())
	if err != nil || len(got) != 2 || got[0].Name != "Archive" || got[1].Name != "news" {
		t.Fatalf("collections %+v, %v", got, err)
	}
	archive, news := got[0], got[1]
	if archive.TranscriptCount != 1 || news.TranscriptCount != 2 || archive.TurnCount == 0 || news.TurnCount <= archive.TurnCount {
		t.Errorf("counted are %+v", got)
	}
	if archive.FirstDate != archive.LastDate || news.FirstDate == "" || news.FirstDate > news.LastDate {
		t.Errorf("their dates are %+v", got)
	}
	if !slices.Equal(news.Roles, []model.Role{model.RoleQuestion, model.RoleAnswer, model.RoleStatement, model.RoleModerator}) {
		t.Errorf("the roles are %q", news.Roles)
	}
}

func testRenameCollection(t *testing.T, r Store) {
	news := Add(t, r, "news", Lighthouse)
	Add(t, r, "farm", Orchard)
	gone := Add(t, r, "old", Orchard)
	if err := r.Delete(t.Context(), gone.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := r.RenameCollection(t.Context(), "news", "farm"); fault.CodeOf(err) != fault.Conflict {
		t.Errorf("renamed to one that there is: %v", err)
	}
	if _, err := r.RenameCollection(t.Context(), "old", "new"); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("renamed one without transcripts: %v", err)
	}
	for _, name := range []string{"coast", "coast", "old"} { // to itself, and to one that has lost its transcripts
		before, err := r.Collections(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		was := before[slices.IndexFunc(before, func(c retrieval.Collection) bool { return c.Name != "farm" })]
		renamed, err := r.RenameCollection(t.Context(), was.Name, name)
		was.Name = name
		if err != nil || !reflect.DeepEqual(renamed, was) {
			t.Errorf("renamed it is %+v, %v; want %+v", renamed, err, was)
		}
	}
	if stored, err := r.Get(t.Context(), news.ID); err != nil || stored.Collection != "old" {
		t.Errorf("its transcript is of %q: %v", stored.Collection, err)
	}
	if _, err := r.Original(t.Context(), news.ID); err != nil {
		t.Errorf("its file: %v", err)
	}
	if hits := search(t, r, "buoy reef", retrieval.Filter{Collection: "old", Speaker: "Bastable"}); len(hits) == 0 {
		t.Error("a search finds nothing in it")
	}
	Add(t, r, "news", Orchard) // a name that has become free
}

func testDeleteCollection(t *testing.T, r Store) {
	kept := Add(t, r, "farm", Orchard)
	gone := Add(t, r, "news", Lighthouse)
	Add(t, r, "news", Orchard)
	before, err := r.Collections(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	deleted, err := r.DeleteCollection(t.Context(), "news")
	if err != nil || deleted.TranscriptCount != 2 || !reflect.DeepEqual(deleted, before[1]) {
		t.Errorf("deleted was %+v, %v; want %+v", deleted, err, before[1])
	}
	if after, err := r.Collections(t.Context()); err != nil || !reflect.DeepEqual(after, before[:1]) {
		t.Errorf("left are %+v, %v; want %+v", after, err, before[:1])
	}
	if _, err := r.DeleteCollection(t.Context(), "news"); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("deleted once more: %v", err)
	}
	if _, err := r.Original(t.Context(), gone.ID); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("its file: %v", err)
	}
	if _, err := r.Original(t.Context(), kept.ID); err != nil {
		t.Errorf("the file of the other collection: %v", err)
	}
	speakers, err := r.Speakers(t.Context(), retrieval.SpeakersQuery{Collection: "news", Limit: 5})
	if err != nil || len(speakers.Speakers) > 0 {
		t.Errorf("its speakers: %+v, %v", speakers, err)
	}
	s := scope(t, r, retrieval.Filter{Collection: "news"}, []retrieval.Lexeme{retrieval.NewLexeme("harbour")})
	if s.Passages != 0 || s.Frequencies[retrieval.NewLexeme("harbour")] != 0 {
		t.Errorf("its scope is %+v", s)
	}
	if stored := Add(t, r, "news", Lighthouse); stored.Version != 1 {
		t.Errorf("added again it is %+v", stored)
	}
}
