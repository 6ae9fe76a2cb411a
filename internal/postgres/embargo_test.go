package postgres_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/internal/access"
	"github.com/pullquote/pullquote/retrieval"
)

// embargoedTables have what may be under embargo, and a view without that.
var embargoedTables = regexp.MustCompile(`\b(?:FROM|JOIN) (transcripts|turns|passages|embeddings|appearances)\b`)

// wholeReaders are the files in which statements read the tables themselves, each with what
// they do it for.
var wholeReaders = map[string]string{
	"backlog.go": "embedding", "pending.go": "embedding", "models.go": "embedding", "reindex.go": "embedding", "settle.go": "maintenance",
	"batch.go": "storing", "save.go": "storing", "versions.go": "storing", "speaker_names.go": "storing", "speaker_edits.go": "storing",
	"originals.go": "storing", "collections.go": "deleting", "redaction.go": "deleting", "describe.go": "what the database is, for the operator",
	"embargo.go": "embargoes", "transcripts.go": "the id of the newest version",
}

// Nothing is read for somebody but from the views that leave out what is under embargo.
func TestReadersReadOpenViews(t *testing.T) {
	t.Parallel()
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		name := file.Name()
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") || wholeReaders[name] != "" {
			continue
		}
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range embargoedTables.FindAllString(string(source), -1) {
			if name == "scope.go" && found == "FROM passages" && strings.Count(string(source), found) == strings.Count(string(source), "embargo > now()") {
				continue // which counts those that are under embargo, to leave them out
			}
			t.Errorf("%s has %q: read the view open_…, or say why not", name, found)
		}
	}
}

// Statistics and the directory are those of the record without what is under embargo.
func TestEmbargoLeavesNothingInTheStatistics(t *testing.T) {
	t.Parallel()
	store, _ := openStore(t)
	h := hold(t, store)
	lexemes := []retrieval.Lexeme{lighthouse(t).Passages[0].LexemeWeights()[0].Lexeme}
	passages := func() int {
		t.Helper()
		scope, err := store.Scope(t.Context(), retrieval.Filter{Collection: "news"}, lexemes)
		if err != nil {
			t.Fatal(err)
		}
		if (scope.Frequencies[lexemes[0]] > 0) != (scope.Passages > 0) {
			t.Errorf("%d passages, of which %d have a word", scope.Passages, scope.Frequencies[lexemes[0]])
		}
		return scope.Passages
	}
	all := passages()
	stored, err := store.Embargo(t.Context(), h.transcript, nil, retrieval.ForGood)
	if err != nil || stored.Embargo != retrieval.ForGood {
		t.Fatal(stored, err)
	}
	if n := passages(); n != 0 {
		t.Errorf("%d passages of %d are left", n, all)
	}
	if found, err := store.Collections(t.Context()); err != nil || len(found) > 0 {
		t.Errorf("collections of what is embargoed: %v, %v", found, err)
	}
	if found, err := store.Collections(access.WithEmbargoed(t.Context())); err != nil || len(found) != 1 {
		t.Errorf("collections for who manages them: %v, %v", found, err)
	}
	if _, err := store.Embargo(t.Context(), h.transcript, nil, ""); err != nil || passages() != all {
		t.Errorf("%d passages of %d are back: %v", passages(), all, err)
	}
	noted, err := store.Audit(t.Context(), 2)
	if err != nil || len(noted) != 2 || noted[0].Act != access.EmbargoLifted || noted[1].Act != access.TranscriptEmbargoed || noted[1].Subject != h.transcript+" until for-good" {
		t.Errorf("the log has %v, %v", noted, err)
	}
}
