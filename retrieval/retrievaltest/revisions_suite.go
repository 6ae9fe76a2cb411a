package retrievaltest

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/correction"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript"
	"github.com/pullquote/pullquote/transcript/model"
)

// counter is an embedder that counts the texts it embeds.
type counter struct {
	embeddings.Embedder
	texts int
}

func (c *counter) Embed(ctx context.Context, kind embeddings.Kind, texts []string) ([][]float32, error) {
	c.texts += len(texts)
	return c.Embedder.Embed(ctx, kind, texts)
}

func newLibrary(r Store) *retrieval.Library {
	return retrieval.NewLibrary(r, embeddings.NewBuiltin())
}

// saveUnread stores the lighthouse as an earlier parser might have read it: without its
// last turn, and without its file.
func saveUnread(t *testing.T, r Store, original []byte) retrieval.StoredTranscript {
	t.Helper()
	parsed, err := transcript.Parse(t.Context(), []byte(Lighthouse), transcript.Options{Filename: "file.json"})
	if err != nil {
		t.Fatal(err)
	}
	parsed.Turns = parsed.Turns[:3]
	sum := sha256.Sum256([]byte(Lighthouse))
	d := retrieval.PreparedTranscript{
		Collection: "news", Filename: "file.json", SHA256: hex.EncodeToString(sum[:]), Transcript: parsed, Original: original,
		Passages: retrieval.Passages(parsed), Model: embeddings.NewBuiltin().Model(),
	}
	for range d.Passages {
		d.Vectors = append(d.Vectors, unit(d.Model.Dimensions, 0))
	}
	stored, _, err := r.Save(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	return stored
}

func packed(t *testing.T, data string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := io.WriteString(w, data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func testOriginal(t *testing.T, r Store) {
	library := newLibrary(r)
	data := []byte("\xef\xbb\xbfIda Morrow: Why is it dark?\r\n\r\nJon Bastable: The lamp failed.\r\n\r\nIda Morrow: Since when?\r\n\r\nJon Bastable: Since May.\r\n")
	stored, _, err := library.Add(t.Context(), retrieval.AddRequest{
		Data: data, Collection: "news", Options: transcript.Options{Filename: "lamp\x01.txt", ContentType: "text/plain", Title: "The lamp", Date: "2026-05-01"},
	})
	if err != nil || !stored.HasOriginal {
		t.Fatalf("the record is %+v (%v)", stored, err)
	}
	original, err := library.Original(t.Context(), stored.ID)
	if err != nil || !bytes.Equal(original.Data, data) || original.Filename != "lamp%01.txt" || original.ContentType != "text/plain" {
		t.Errorf("the file is %q of %q (%v)", original.Data, original.Filename, err)
	}
	got, err := r.Get(t.Context(), stored.ID)
	if len(got.Warnings) != 1 || got.Reading.Warning != got.Warnings[0] {
		t.Errorf("of its name it is said %q", got.Warnings)
	}
	if want := (retrieval.Reading{Warning: got.Reading.Warning, ContentType: "text/plain", Title: "The lamp", Date: "2026-05-01"}); err != nil || got.Reading != want {
		t.Errorf("it was read with %+v (%v)", got.Reading, err)
	}
	if r, changed, err := library.Reparse(t.Context(), stored.ID); err != nil || changed || r.Title != "The lamp" {
		t.Errorf("read again it is %+v, changed %v (%v)", r, changed, err)
	}
}

func testOriginalShared(t *testing.T, r Store) {
	library := newLibrary(r)
	first, elsewhere := Add(t, r, "news", Lighthouse), Add(t, r, "archive", Lighthouse)
	second := Add(t, r, "news", corrected)
	again := addNamed(t, r, "news", "again.json", Lighthouse) // the file of a superseded version, as a transcript of its own
	third, _, err := library.Edit(t.Context(), second.ID, correction.Facts{Title: correction.Set("The lamp of Varn")})
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string]string{first.ID: Lighthouse, second.ID: corrected, third.ID: corrected, again.ID: Lighthouse, elsewhere.ID: Lighthouse} {
		if original, err := library.Original(t.Context(), id); err != nil || string(original.Data) != want {
			t.Errorf("the file of %s is %q (%v)", id, original.Data, err)
		}
	}
	if err := r.Delete(t.Context(), third.ID); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{again.ID, elsewhere.ID} {
		if _, err := library.Original(t.Context(), id); err != nil {
			t.Errorf("the file of %s went with another transcript: %v", id, err)
		}
	}
	if _, err := library.Original(t.Context(), first.ID); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("the file of a deleted transcript: %v", err)
	}
}

// A transcript that was stored before files were kept is as it was, until its file is
// added again.
func testWithoutOriginal(t *testing.T, r Store) {
	library := newLibrary(r)
	stored := saveUnread(t, r, nil)
	for what, err := range map[string]error{
		"Original": second(library.Original(t.Context(), stored.ID)), "Reparse": third(library.Reparse(t.Context(), stored.ID)),
	} {
		if fault.CodeOf(err) != fault.NotFound || !strings.Contains(fault.MessageOf(err), "was not kept") {
			t.Errorf("%s: %v", what, err)
		}
	}
	if again := Add(t, r, "news", Lighthouse); again.ID != stored.ID || !again.HasOriginal {
		t.Errorf("added again it is %+v", again)
	}
	if original, err := library.Original(t.Context(), stored.ID); err != nil || string(original.Data) != Lighthouse {
		t.Errorf("the file is %q (%v)", original.Data, err)
	}
}

func second[A, B any](_ A, b B) B        { return b }
func third[A, B, C any](_ A, _ B, c C) C { return c }

// A better parser makes a new version, once.
func testReparse(t *testing.T, r Store) {
	library := newLibrary(r)
	stored := saveUnread(t, r, packed(t, Lighthouse))
	newest, changed, err := library.Reparse(t.Context(), stored.ID)
	if err != nil || !changed || newest.Version != 2 || newest.TurnCount != 4 || newest.SHA256 != stored.SHA256 {
		t.Fatalf("read again it is %+v, changed %v (%v)", newest, changed, err)
	}
	if same, changed, err := library.Reparse(t.Context(), newest.ID); err != nil || changed || same.ID != newest.ID {
		t.Errorf("read once more it is %+v, changed %v (%v)", same, changed, err)
	}
	if _, _, err := library.Reparse(t.Context(), stored.ID); fault.CodeOf(err) != fault.Conflict || !strings.Contains(fault.MessageOf(err), newest.ID) {
		t.Errorf("a version that was replaced: %v", err)
	}
	if turns, err := r.Turns(t.Context(), stored.ID); err != nil || len(turns) != 3 {
		t.Errorf("the former version has %d turns (%v)", len(turns), err)
	}
	if hits := search(t, r, "nine thousand crowns", retrieval.Filter{Collection: "news"}); len(hits) == 0 || hits[0].TranscriptID != newest.ID || hits[0].Turn != 3 {
		t.Errorf("a search finds %+v", hits)
	}
	if page, err := r.List(t.Context(), retrieval.ListQuery{Collection: "news", Limit: 10}); err != nil || len(page.Transcripts) != 1 || page.Transcripts[0].ID != newest.ID {
		t.Errorf("the list is %+v (%v)", page, err)
	}
}

func testEdit(t *testing.T, r Store) {
	library := newLibrary(r)
	first := Add(t, r, "news", Lighthouse)
	facts := correction.Facts{Title: correction.Set(" The lamp\nof Varn "), Date: correction.Set("2026-02-04"), Place: correction.Set("")}
	edited, changed, err := library.Edit(t.Context(), first.ID, facts)
	if err != nil || !changed || edited.Title != "The lamp of Varn" || edited.Date != "2026-02-04" || edited.Place != "" || edited.Version != 2 || len(edited.Corrections) != 1 {
		t.Fatalf("the edited transcript is %+v, changed %v (%v)", edited, changed, err)
	}
	if same, changed, err := library.Edit(t.Context(), edited.ID, facts); err != nil || changed || same.ID != edited.ID {
		t.Errorf("edited again it is %+v, changed %v (%v)", same, changed, err)
	}
	if former, err := r.Get(t.Context(), first.ID); err != nil || former.Title != "The lighthouse of Varn" || former.CurrentID != edited.ID {
		t.Errorf("the former version is %+v (%v)", former, err)
	}
	if again := Add(t, r, "news", Lighthouse); again.ID != edited.ID {
		t.Errorf("the same file is stored as %+v", again)
	}
	hits := search(t, r, "buoy", retrieval.Filter{Collection: "news", From: "2026-02-04"})
	if len(hits) == 0 || hits[0].Title != "The lamp of Varn" || hits[0].TranscriptID != edited.ID {
		t.Errorf("a search finds %+v", hits)
	}
	_, _, err = library.Edit(t.Context(), first.ID, correction.Facts{Title: correction.Set("Late")})
	if fault.CodeOf(err) != fault.Conflict || !strings.Contains(fault.MessageOf(err), edited.ID) {
		t.Errorf("a version that was replaced: %v", err)
	}
}

// A turn that was mended is found under its new speaker at once; only what has changed is
// embedded again.
func testEditTurn(t *testing.T, r Store) {
	embedder := &counter{Embedder: embeddings.NewBuiltin()}
	library := retrieval.NewLibrary(r, embedder)
	first := Add(t, r, "news", Lighthouse)
	edited, changed, err := library.EditTurn(t.Context(), first.ID, 3, correction.TurnEdit{Speaker: correction.Set("Ann Poe")})
	if err != nil || !changed || !slices.ContainsFunc(edited.Speakers, func(s model.Speaker) bool { return s.Name == "Ann Poe" }) {
		t.Fatalf("the edited transcript is %+v, changed %v (%v)", edited, changed, err)
	}
	if embedder.texts != 1 {
		t.Errorf("%d passages were embedded for one that changed", embedder.texts)
	}
	hits := search(t, r, "buoy", retrieval.Filter{Collection: "news", Speaker: "Ann Poe"})
	if len(hits) != 1 || hits[0].Turn != 3 || hits[0].Speaker != "Ann Poe" || hits[0].TranscriptID != edited.ID {
		t.Errorf("a search finds %+v", hits)
	}
	if hits := search(t, r, "crowns", retrieval.Filter{Collection: "news", Speaker: "Bastable"}); slices.ContainsFunc(hits, func(h retrieval.Hit) bool { return h.Turn == 3 }) {
		t.Errorf("a search finds the former speaker: %+v", hits)
	}
	if same, changed, err := library.EditTurn(t.Context(), edited.ID, 3, correction.TurnEdit{Speaker: correction.Set("Ann Poe")}); err != nil || changed || same.ID != edited.ID {
		t.Errorf("edited again it is %+v, changed %v (%v)", same, changed, err)
	}
	if _, _, err := library.EditTurn(t.Context(), edited.ID, 4, correction.TurnEdit{Join: true}); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("a turn that is not there: %v", err)
	}
	if turns, err := r.Turns(t.Context(), first.ID); err != nil || turns[3].Speaker != "Jon Bastable" {
		t.Errorf("the former version reads %+v (%v)", turns, err)
	}
}

// What was mended by hand stays when the file is edited, and when that is taken back. A
// correction whose words are gone is reported, and kept in case they come back.
func testCorrectionsStay(t *testing.T, r Store) {
	library := newLibrary(r)
	first := Add(t, r, "news", Lighthouse)
	mended, _, err := library.EditTurn(t.Context(), first.ID, 1, correction.TurnEdit{Speaker: correction.Set("Ann Poe")})
	if err == nil {
		mended, _, err = library.EditTurn(t.Context(), mended.ID, 3, correction.TurnEdit{Role: model.RoleStatement})
	}
	if err == nil {
		mended, _, err = library.Edit(t.Context(), mended.ID, correction.Facts{Title: correction.Set("The lamp of Varn")})
	}
	if err != nil {
		t.Fatal(err)
	}
	edited := Add(t, r, "news", corrected)
	turns, err := r.Turns(t.Context(), edited.ID)
	if err != nil || edited.Version != 5 || edited.Title != "The lamp of Varn" || turns[1].Speaker != "Ann Poe" || turns[3].Role != model.RoleAnswer {
		t.Errorf("the edited file became %+v with %+v (%v)", edited, turns, err)
	}
	if len(edited.Warnings) != 1 || !strings.Contains(edited.Warnings[0], "Nine thousand crowns") {
		t.Errorf("it has the warnings %q", edited.Warnings)
	}
	back := Add(t, r, "news", Lighthouse)
	turns, err = r.Turns(t.Context(), back.ID)
	if err != nil || len(back.Warnings) > 0 || back.Title != "The lamp of Varn" || turns[1].Speaker != "Ann Poe" || turns[3].Role != model.RoleStatement {
		t.Errorf("taken back it became %+v with %+v (%v)", back, turns, err)
	}
	if same, changed, err := library.Reparse(t.Context(), back.ID); err != nil || changed || same.ID != back.ID {
		t.Errorf("read again it is %+v, changed %v (%v)", same, changed, err)
	}
	if _, _, err := library.Reparse(t.Context(), mended.ID); fault.CodeOf(err) != fault.Conflict {
		t.Errorf("a version that was replaced: %v", err)
	}
}

// Turns that were divided within their sentences do not make another transcript of an
// edited file, though one of them is not found again.
func testMendedIsKnown(t *testing.T, r Store) {
	library := newLibrary(r)
	file := "Ida Morrow: who lit the lamp and when was it lit\n\nJon Bastable: the keeper did and I saw it from the quay\n\n" +
		"Ida Morrow: who pays for the oil well nobody does\n\nJon Bastable: the oil is a gift so nobody pays\n"
	stored := addNamed(t, r, "news", "lamp.txt", file)
	for turn, words := range []string{"when was", "", "I saw it", "", "well nobody", "", "nobody pays"} {
		if words == "" {
			continue
		}
		text, err := r.Text(t.Context(), stored.ID)
		if err != nil {
			t.Fatal(err)
		}
		at := strings.Index(text, words)
		if stored, _, err = library.EditTurn(t.Context(), stored.ID, turn, correction.TurnEdit{SplitAt: &at, Speaker: correction.Set("Ann Poe")}); err != nil {
			t.Fatal(err)
		}
	}
	edited := addNamed(t, r, "news", "lamp.txt", strings.Replace(file, "a gift so", "a present so", 1))
	if edited.Version != stored.Version+1 || len(edited.Corrections) != 4 || edited.TurnCount != 7 || len(edited.Warnings) != 1 {
		t.Errorf("the edited file became version %d after %d, with %d turns and the warnings %q", edited.Version, stored.Version, edited.TurnCount, edited.Warnings)
	}
}

// A title or a date that a file is added again with is a correction, alone or among other
// files.
func testRestated(t *testing.T, r Store) {
	library := newLibrary(r)
	first := Add(t, r, "news", Lighthouse)
	request := retrieval.AddRequest{Data: []byte(Lighthouse), Collection: "news", Options: transcript.Options{Filename: "file.json", Title: "The lamp of Varn"}}
	titled, created, err := library.Add(t.Context(), request)
	if err != nil || created || titled.Version != 2 || titled.Title != "The lamp of Varn" || titled.Date != first.Date || len(titled.Corrections) != 1 {
		t.Errorf("added again it is %+v, created %v (%v)", titled, created, err)
	}
	request.Title, request.Date = "", "2026-02-04"
	other := request
	other.Data, other.Filename = []byte(strings.ReplaceAll(Lighthouse, "lamp", "bell")), "bell.json"
	var outcomes []retrieval.Outcome
	for o := range library.AddAll(t.Context(), func(yield func(retrieval.AddRequest, error) bool) { _ = yield(other, nil) && yield(request, nil) }) {
		outcomes = append(outcomes, o)
	}
	if len(outcomes) != 2 || !outcomes[0].Created || outcomes[0].Err != nil {
		t.Fatalf("the outcomes are %+v", outcomes)
	}
	if o := outcomes[1]; o.Err != nil || o.Created || !o.Edited || o.Stored.Date != "2026-02-04" || o.Stored.Title != "The lamp of Varn" {
		t.Errorf("among others it is %+v", o)
	}
	same, _, err := library.Add(t.Context(), request)
	if err != nil || same.ID != outcomes[1].Stored.ID {
		t.Errorf("with the date that it has it is %+v (%v)", same, err)
	}
	request.Date = "nope"
	if _, _, err := library.Add(t.Context(), request); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("a date that is none: %v", err)
	}
}
