package bench_test

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/bench"
	"github.com/pullquote/pullquote/internal/postgres"
	"github.com/pullquote/pullquote/internal/postgres/postgrestest"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
)

// TestLikelyPassagesAreTheBest holds the search that scores likely passages first to the
// ranking of all that have a word of the question: the same passages with the same scores,
// in the same order. Questions are of words as rare and as common as they come; transcripts
// have been stored, stored again, deleted and embargoed, and filters leave parts.
func TestLikelyPassagesAreTheBest(t *testing.T) {
	t.Parallel()
	corpus := bench.NewCorpus(6_000, 3)
	store := openStore(t, corpus.Model())
	chance := rand.New(rand.NewPCG(3, 3))
	var words []string
	number := 0
	for d := range corpus.Transcripts() {
		stored, _, err := store.Save(t.Context(), d)
		if err != nil {
			t.Fatal(err)
		}
		switch number++; number % 10 {
		case 3:
			err = store.Delete(t.Context(), stored.ID)
		case 5: // stored again, all scores twice
			d.SHA256, d.Filename = fmt.Sprintf("%064x", 1<<32+number), "again "+d.Filename
			_, _, err = store.Save(t.Context(), d)
		case 7:
			_, err = store.Embargo(t.Context(), stored.ID, nil, retrieval.ForGood)
		case 8:
			turn := chance.IntN(len(d.Transcript.Turns))
			_, err = store.Embargo(t.Context(), stored.ID, &turn, retrieval.ForGood)
		}
		if err != nil {
			t.Fatal(err)
		}
		words = append(words, retrieval.Words(d.Transcript.Text)...)
	}
	filters := []retrieval.Filter{{}, {Role: model.RoleAnswer}, {Role: model.RoleModerator}, {Speaker: "Jane Roe"}, {From: "2021-06-01"}}
	enough := 0
	for range 400 {
		filter := filters[chance.IntN(len(filters))]
		filter.Collection = bench.Collection
		limit := []int{1, 10, 100}[chance.IntN(3)]
		query, scope := question(t, store, filter, words, chance, limit)
		if len(query.Likely.Any) == 0 {
			continue
		}
		found := lexical(t, store, scope, query)
		alone := query
		alone.Among = []retrieval.Lexeme{}
		if reflect.DeepEqual(found, lexical(t, store, scope, alone)) {
			enough++
		}
		all := query
		all.Likely = retrieval.LikelyPassages{}
		if want := lexical(t, store, scope, all); !reflect.DeepEqual(found, want) {
			t.Fatalf("%+v, %+v: found %v, want %v", filter, query, found, want)
		}
	}
	if enough < 50 {
		t.Errorf("the likely passages were enough for %d questions", enough)
	}
}

func openStore(t *testing.T, m embeddings.Model) *postgres.Store {
	t.Helper()
	store, err := postgres.Open(t.Context(), postgrestest.Migrated(t), m, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(store.Close)
	return store
}

// question asks for some words at random, with bounds at random to what is likely, and
// none to what is scored at all.
func question(t *testing.T, store *postgres.Store, filter retrieval.Filter, words []string, chance *rand.Rand, limit int) (retrieval.LexicalQuery, retrieval.Scope) {
	t.Helper()
	var lexemes []retrieval.Lexeme
	for range 1 + chance.IntN(5) {
		lexemes = append(lexemes, retrieval.NewLexeme(words[chance.IntN(len(words))]))
	}
	slices.Sort(lexemes)
	lexemes = slices.Compact(lexemes)
	scope, err := store.Scope(t.Context(), filter, lexemes)
	if err != nil {
		t.Fatal(err)
	}
	query := retrieval.LexicalQuery{Limit: limit, Among: lexemes}
	for _, l := range lexemes {
		n := scope.Frequencies[l]
		query.Terms = append(query.Terms, retrieval.WeightedLexeme{Lexeme: l, Passages: n, Weight: float32(retrieval.InverseDocumentFrequency(n, scope.Passages))})
	}
	c := retrieval.CandidateGeneration{LikelyPostings: 1 + chance.IntN(500), LikelyBoth: chance.IntN(4_000)}
	query.Likely = c.Likely(query)
	return query, scope
}

func lexical(t *testing.T, store *postgres.Store, scope retrieval.Scope, q retrieval.LexicalQuery) []retrieval.Candidate {
	t.Helper()
	found, err := store.Lexical(context.WithoutCancel(t.Context()), scope, q)
	if err != nil {
		t.Fatal(err)
	}
	return found
}
