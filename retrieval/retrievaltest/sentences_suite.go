package retrievaltest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/embeddings/embeddingstest"
	"github.com/pullquote/pullquote/internal/correction"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript"
	"github.com/pullquote/pullquote/transcript/model"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// spanEmbedder is a SpanEmbedder of the built-in embedder's space that counts the texts it
// embeds, and fails where it is told to.
type spanEmbedder struct {
	embeddingstest.Apart
	texts int
	most  int // texts that it embeds; 0: any number
}

func newSpanEmbedder() *spanEmbedder {
	return &spanEmbedder{Apart: embeddingstest.Apart{Embedder: embeddings.NewBuiltin()}}
}

var errNoMore = errors.New("the embedder embeds no more")

func (e *spanEmbedder) EmbedSpans(ctx context.Context, kind embeddings.Kind, texts []string, spans [][]embeddings.Span) ([][]float32, [][][]float32, error) {
	if e.most > 0 && e.texts+len(texts) > e.most {
		return nil, nil, errNoMore
	}
	e.texts += len(texts)
	return e.Apart.EmbedSpans(ctx, kind, texts, spans)
}

// addSpanned stores a file with the vectors of its sentences.
func addSpanned(t *testing.T, r Store, e embeddings.Embedder, collection, file string) retrieval.StoredTranscript {
	t.Helper()
	library := retrieval.NewLibrary(r, e)
	stored, _, err := library.Add(t.Context(), retrieval.AddRequest{
		Data: []byte(file), Collection: collection, Options: transcript.Options{Filename: "file.json"},
	})
	if err != nil {
		t.Fatal(err)
	}
	embedAll(t, library)
	return stored
}

func embedAll(t *testing.T, library *retrieval.Library) {
	t.Helper()
	if err := library.EmbedPending(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
}

// sentencesOf are the vectors of the sentences of turns of a transcript.
func sentencesOf(t *testing.T, r Store, collection, id string, turns ...int) []retrieval.PassageSentences {
	t.Helper()
	var keys []retrieval.TurnKey
	for _, turn := range turns {
		keys = append(keys, retrieval.TurnKey{TranscriptID: id, Turn: turn})
	}
	found, err := r.SentenceVectors(t.Context(), scope(t, r, retrieval.Filter{Collection: collection}, nil), keys)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// allSentences checks that all turns of a transcript have the vectors of all of their
// sentences, which are those that the embedder gives of their words.
func allSentences(t *testing.T, r Store, collection, id string) {
	t.Helper()
	turns, err := r.Turns(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	for _, turn := range turns {
		var got []retrieval.SentenceVector
		for _, p := range sentencesOf(t, r, collection, id, turn.Index) {
			got = append(got, p.Sentences...)
		}
		if want := turn.Sentences(); !slices.Equal(spansOf(got), want) {
			t.Errorf("turn %d has sentences at %v, and vectors of %v", turn.Index, want, spansOf(got))
			continue
		}
		agreeWithWords(t, turn, got)
	}
}

func spansOf(vectors []retrieval.SentenceVector) []sentence.Span {
	var spans []sentence.Span
	for _, v := range vectors {
		spans = append(spans, v.Span)
	}
	return spans
}

// agreeWithWords checks that each vector is that of the words in its span.
func agreeWithWords(t *testing.T, turn model.Turn, vectors []retrieval.SentenceVector) {
	t.Helper()
	runes := []rune(turn.Text)
	for _, v := range vectors {
		words := string(runes[v.Start-turn.Start : v.End-turn.Start])
		want, err := embeddings.NewBuiltin().Embed(t.Context(), embeddings.Document, []string{words})
		if err != nil {
			t.Fatal(err)
		}
		if cosine := v.Dot(want[0]); cosine < 0.995 {
			t.Errorf("the vector of %q has a cosine of %.4f to that of its words", words, cosine)
		}
	}
}

func testSentenceVectors(t *testing.T, r Store) {
	embedder := newSpanEmbedder()
	stored := addSpanned(t, r, embedder, "news", Lighthouse)
	other := addSpanned(t, r, embedder, "news", Orchard)
	allSentences(t, r, "news", stored.ID)
	allSentences(t, r, "news", other.ID)
	s := scope(t, r, retrieval.Filter{Collection: "news"}, nil)
	found, err := r.SentenceVectors(t.Context(), s, []retrieval.TurnKey{
		{TranscriptID: other.ID, Turn: 2}, {TranscriptID: stored.ID, Turn: 3}, {TranscriptID: stored.ID, Turn: 99}, {TranscriptID: stored.ID, Turn: 1},
		{TranscriptID: stored.ID, Turn: 3},
	})
	var got []string
	for _, p := range found {
		got = append(got, fmt.Sprint(p.TranscriptID, p.Turn, p.Passage, len(p.Sentences)))
	}
	want := []string{fmt.Sprint(stored.ID, 1, 1, 2), fmt.Sprint(stored.ID, 3, 3, 2), fmt.Sprint(other.ID, 2, 2, 1)}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("found are %q, want %q (%v)", got, want, err)
	}
	if found, err := r.SentenceVectors(t.Context(), s, nil); err != nil || len(found) > 0 {
		t.Errorf("of no turns there are %v (%v)", found, err)
	}
}

// A long turn has several passages, each with its sentences.
func testSentencesOfLongTurns(t *testing.T, r Store) {
	text := strings.Repeat("The lamp of Varn – as we say, “the eye” – was lit again. Who lit it? Mr. Öz did. ", 30)
	stored := addSpanned(t, r, newSpanEmbedder(), "news", fmt.Sprintf(`{"turns":[{"speaker":"Jon Bastable","text":"Yes."},{"speaker":"Ida Morrow","text":%q}]}`, text))
	passages := sentencesOf(t, r, "news", stored.ID, 1)
	if len(passages) < 3 || !slices.IsSortedFunc(passages, func(a, b retrieval.PassageSentences) int { return a.Passage - b.Passage }) {
		t.Errorf("there are %d passages", len(passages))
	}
	allSentences(t, r, "news", stored.ID)
}

func testSentencesReplaced(t *testing.T, r Store) {
	embedder := newSpanEmbedder()
	first := addSpanned(t, r, embedder, "news", Lighthouse)
	embedder.texts = 0
	second := addSpanned(t, r, embedder, "news", strings.Replace(corrected, "Why was", "And why was", 1)) // which moves all that follows
	if embedder.texts != 2 || second.Version != 2 {
		t.Errorf("%d passages were embedded for two that changed, of version %d", embedder.texts, second.Version)
	}
	if left := sentencesOf(t, r, "news", first.ID, 0, 1, 2, 3); len(left) > 0 {
		t.Errorf("the former version still has %d passages with vectors", len(left))
	}
	allSentences(t, r, "news", second.ID)
	if err := r.Delete(t.Context(), second.ID); err != nil {
		t.Fatal(err)
	}
	if left := sentencesOf(t, r, "news", second.ID, 0, 1, 2, 3); len(left) > 0 {
		t.Errorf("what was deleted still has %d passages with vectors", len(left))
	}
}

// Turns that a correction divides and joins have the vectors of their own sentences.
func testSentencesMended(t *testing.T, r Store) {
	embedder := newSpanEmbedder()
	library := retrieval.NewLibrary(r, embedder)
	stored := addSpanned(t, r, embedder, "news", Lighthouse)
	text, err := r.Text(t.Context(), stored.ID)
	if err != nil {
		t.Fatal(err)
	}
	embedder.texts = 0
	at := len([]rune(text[:strings.Index(text, "We expect")]))
	divided, _, err := library.EditTurn(t.Context(), stored.ID, 1, correction.TurnEdit{SplitAt: &at, Speaker: correction.Set("Ann Poe")})
	if err == nil {
		embedAll(t, library)
	}
	if err != nil || divided.TurnCount != 5 || embedder.texts != 2 {
		t.Fatalf("divided it is %+v, with %d passages embedded for two that changed (%v)", divided, embedder.texts, err)
	}
	allSentences(t, r, "news", divided.ID)
	joined, _, err := library.EditTurn(t.Context(), divided.ID, 1, correction.TurnEdit{Join: true})
	if err != nil || joined.TurnCount != 4 {
		t.Fatalf("joined it is %+v (%v)", joined, err)
	}
	embedAll(t, library)
	allSentences(t, r, "news", joined.ID)
}

func testSentencesElsewhere(t *testing.T, r Store) {
	stored := addSpanned(t, r, newSpanEmbedder(), "news", Lighthouse)
	Add(t, r, "archive", Orchard)
	for _, collection := range []string{"archive", "nowhere"} {
		if found := sentencesOf(t, r, collection, stored.ID, 0, 1, 2, 3); len(found) > 0 {
			t.Errorf("in collection %s there are %d passages of another", collection, len(found))
		}
	}
	s := scope(t, r, retrieval.Filter{Collection: "news"}, nil)
	s.Model.Name, s.ModelID = "another", s.ModelID+1
	if found, err := r.SentenceVectors(t.Context(), s, []retrieval.TurnKey{{TranscriptID: stored.ID, Turn: 1}}); err != nil || len(found) > 0 {
		t.Errorf("of another model there are %d passages (%v)", len(found), err)
	}
}

// What was embedded by an embedder that gives no vectors of sentences is found as before,
// and has them when it is stored anew.
func testSentencesBefore(t *testing.T, r Store) {
	before := Add(t, r, "news", Lighthouse)
	if found := sentencesOf(t, r, "news", before.ID, 0, 1, 2, 3); len(found) > 0 {
		t.Errorf("there are %d passages with vectors of sentences", len(found))
	}
	if hits := search(t, r, "What does the buoy cost?", retrieval.Filter{Collection: "news"}); len(hits) == 0 || hits[0].SemanticRank == nil {
		t.Errorf("a search finds %+v", hits)
	}
	embedder := newSpanEmbedder()
	after := addSpanned(t, r, embedder, "news", corrected)
	if embedder.texts != 4 || after.Version != 2 {
		t.Errorf("%d passages of 4 were embedded anew, of version %d", embedder.texts, after.Version)
	}
	allSentences(t, r, "news", after.ID)
}

// A large file whose embedding broke off goes on where it was.
func testSentencesGoOn(t *testing.T, r Store) {
	const turns = 600
	var file strings.Builder
	file.WriteString(`{"turns":[`)
	for i := range turns {
		fmt.Fprintf(&file, `{"speaker":"Jon Bastable","text":"Lamp %d was lit. Nobody saw it at %d."},`, i, i)
	}
	file.WriteString(`{"speaker":"Ida Morrow","text":"Thanks."}]}`)
	embedder := newSpanEmbedder()
	embedder.most = turns / 2
	library := retrieval.NewLibrary(r, embedder)
	stored, _, err := library.Add(t.Context(), retrieval.AddRequest{Data: []byte(file.String()), Collection: "news"})
	if err != nil {
		t.Fatal(err)
	}
	if err := library.EmbedPending(t.Context(), nil); !errors.Is(err, errNoMore) || embedder.texts == 0 {
		t.Fatalf("with %d passages embedded: %v", embedder.texts, err)
	}
	embedder.most = 0
	embedAll(t, library)
	if embedder.texts != turns+1 {
		t.Errorf("%d passages were embedded, want each of %d once", embedder.texts, turns+1)
	}
	for _, turn := range []int{0, turns - 1, turns} {
		if found := sentencesOf(t, r, "news", stored.ID, turn); len(found) != 1 {
			t.Errorf("turn %d has vectors of sentences in %d passages", turn, len(found))
		}
	}
	if turns, err := r.Turns(t.Context(), stored.ID); err != nil {
		t.Error(err)
	} else {
		agreeWithWords(t, turns[1], sentencesOf(t, r, "news", stored.ID, 1)[0].Sentences)
	}
}
