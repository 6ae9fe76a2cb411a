package postgres_test

import (
	"log/slog"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/pullquote/pullquote/internal/bench"
	"github.com/pullquote/pullquote/internal/postgres"
	"github.com/pullquote/pullquote/internal/postgres/postgrestest"
	"github.com/pullquote/pullquote/retrieval"
)

// record is a made-up record whose statements can be seen.
type record struct {
	*postgres.Store
	trace *trace
	last  retrieval.PreparedTranscript
}

func madeUp(t *testing.T, passages int) *record {
	t.Helper()
	corpus := bench.NewCorpus(passages, 3)
	r := &record{trace: new(trace)}
	var err error
	if r.Store, err = postgres.OpenWith(t.Context(), postgrestest.Migrated(t), corpus.Model(), slog.New(slog.DiscardHandler), postgres.Options{Tracer: r.trace}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.Close)
	for d := range corpus.Transcripts() {
		if _, _, err := r.Save(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		r.last = d
	}
	return r
}

// nearest finds the ten passages nearest to one of the record, and how.
func (r *record) nearest(t *testing.T, filter retrieval.Filter) (found []retrieval.Candidate, plan string) {
	t.Helper()
	filter.Collection = r.last.Collection
	scope, err := r.Scope(t.Context(), filter, nil)
	if err != nil {
		t.Fatal(err)
	}
	query := retrieval.Vector{Model: r.last.Model, Values: r.last.Vectors[0]}
	r.trace.statements = nil
	r.trace.record(func() { found, err = r.Semantic(t.Context(), scope, query, 10) })
	if err != nil || len(found) != 10 {
		t.Fatalf("%d of 10 are found, %v", len(found), err)
	}
	sent := r.trace.statements[len(r.trace.statements)-1]
	rows, err := r.Pool().Query(t.Context(), "EXPLAIN "+sent.sql, sent.args...)
	if err != nil {
		t.Fatal(err)
	}
	lines, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	return found, strings.Join(lines, "\n")
}

// TestSettle follows a record over the size from which its vectors have an index:
// how they are found changes, and what is found does not.
func TestSettle(t *testing.T) {
	t.Parallel()
	const index = "embeddings_hnsw_1"
	r := madeUp(t, 5_200)
	before, plan := r.nearest(t, retrieval.Filter{})
	if strings.Contains(plan, index) {
		t.Errorf("there is an index before Settle:\n%s", plan)
	}
	for range 2 { // the second time there is nothing to do
		if err := r.Settle(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	after, plan := r.nearest(t, retrieval.Filter{})
	if !strings.Contains(plan, index) {
		t.Errorf("the index is not used:\n%s", plan)
	}
	if same := common(before, after); same < 9 {
		t.Errorf("%d of the 10 nearest are found by the index", same)
	}
	date := string(r.last.Transcript.Date)
	found, plan := r.nearest(t, retrieval.Filter{From: date, To: date})
	if strings.Contains(plan, index) || !strings.Contains(plan, "embeddings_date") {
		t.Errorf("a narrow filter is not read through its own index:\n%s", plan)
	}
	if strings.Contains(plan, "Seq Scan") || len(found) != 10 {
		t.Errorf("%d found by\n%s", len(found), plan)
	}
}

func common(list, other []retrieval.Candidate) int {
	n := 0
	for _, c := range list {
		for _, o := range other {
			if c.TurnKey == o.TurnKey {
				n++
			}
		}
	}
	return n
}

// TestPartitioned divides the passages and the vectors by the statement of doc/SCALING.md, and
// finds the same in them as before, by indexes.
func TestPartitioned(t *testing.T) {
	t.Parallel()
	postgrestest.OneServer(t, "tables are divided within or over machines")
	r := madeUp(t, 6_000)
	words := func() []retrieval.Candidate {
		t.Helper()
		passage := r.last.Passages[0]
		var lexemes []retrieval.Lexeme
		for _, w := range passage.LexemeWeights() {
			lexemes = append(lexemes, w.Lexeme)
		}
		scope, err := r.Scope(t.Context(), retrieval.Filter{Collection: r.last.Collection}, lexemes)
		if err != nil {
			t.Fatal(err)
		}
		q := retrieval.LexicalQuery{Limit: 50}
		for _, lexeme := range slices.Sorted(maps.Keys(scope.Frequencies)) {
			q.Among, q.Terms = append(q.Among, lexeme), append(q.Terms, retrieval.WeightedLexeme{Lexeme: lexeme, Weight: 1})
		}
		found, err := r.Lexical(t.Context(), scope, q)
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	exact, _ := r.nearest(t, retrieval.Filter{})
	before := words()
	guide, err := os.ReadFile("../../doc/SCALING.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(guide), "```sql\n")
	statement, _, found := strings.Cut(rest, "```")
	if !found {
		t.Fatal("doc/SCALING.md has no statement")
	}
	if _, err := r.Pool().Exec(t.Context(), statement); err != nil {
		t.Fatal(err)
	}
	r.Pool().Reset() // and with the connections their plans
	if err := r.Settle(t.Context()); err != nil {
		t.Fatal(err)
	}
	nearest, plan := r.nearest(t, retrieval.Filter{})
	if !strings.Contains(plan, "embeddings_0_hnsw_1") {
		t.Errorf("no index of a partition is searched:\n%s", plan)
	}
	if !reflect.DeepEqual(nearest[0], exact[0]) {
		t.Errorf("the nearest is %v, and was %v", nearest[0], exact[0])
	}
	if after := words(); len(before) != 50 || !reflect.DeepEqual(before, after) {
		t.Errorf("words find %v, and found %v", after, before)
	}
	last := r.last
	last.SHA256, last.Filename = strings.Repeat("ef", 32), "another.txt"
	stored, created, err := r.Save(t.Context(), last)
	if err != nil || !created {
		t.Fatal(created, err)
	}
	if err := r.Delete(t.Context(), stored.ID); err != nil {
		t.Fatal(err)
	}
}
