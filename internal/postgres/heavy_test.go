package postgres_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/retrieval/retrievaltest"
)

// TestHeavyLexemesOfFormerPassages holds the migration that indexes heavy lexemes to what
// the program indexes, to the last bit of a weight.
func TestHeavyLexemesOfFormerPassages(t *testing.T) {
	t.Parallel()
	store, _ := openStore(t)
	for _, file := range []string{retrievaltest.Lighthouse, retrievaltest.Orchard} {
		if _, _, err := retrieval.NewLibrary(store, embeddings.NewBuiltin()).Add(t.Context(), retrieval.AddRequest{Data: []byte(file), Collection: "news"}); err != nil {
			t.Fatal(err)
		}
	}
	exec := func(statement string) {
		if _, err := store.Pool().Exec(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	indexed := func() (lexemes []int32) {
		err := store.Pool().QueryRow(t.Context(), `
			SELECT array_agg(lexeme ORDER BY transcript_id, passage, lexeme) FROM passages, unnest(lexemes) AS lexeme`).Scan(&lexemes)
		if err != nil {
			t.Fatal(err)
		}
		return lexemes
	}
	want := indexed()
	exec(`UPDATE passages SET lexemes = ARRAY(SELECT lexeme FROM unnest(lexemes) AS lexeme WHERE lexeme < 1 << 30)`)
	if light := indexed(); len(light) == len(want) || len(light) == 0 {
		t.Fatalf("%d of %d lexemes are not heavy", len(light), len(want))
	}
	migration, err := os.ReadFile("../../migrations/00024_heavy_lexemes.sql")
	if err != nil {
		t.Fatal(err)
	}
	_, up, _ := strings.Cut(string(migration), "-- +goose Up")
	exec(up)
	if got := indexed(); !slices.Equal(got, want) {
		t.Errorf("by the migration there are %d lexemes, by the program %d", len(got), len(want))
	}
}
