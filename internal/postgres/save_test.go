package postgres_test

import (
	"context"
	"errors"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/pullquote/pullquote/internal/bench"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/postgres"
	"github.com/pullquote/pullquote/retrieval"
)

// TestSaveAllLeavesOutWhatFails spoils some transcripts of many: the others are
// stored as if those had not been there.
func TestSaveAllLeavesOutWhatFails(t *testing.T) {
	t.Parallel()
	r := madeUp(t, 200)
	spoilt := map[int]func(*retrieval.PreparedTranscript){
		1: func(d *retrieval.PreparedTranscript) { d.Transcript.Turns[3].Text = "nine\x00thousand" },
		3: func(d *retrieval.PreparedTranscript) { d.Vectors[3][0] = float32(math.NaN()) },
		4: func(d *retrieval.PreparedTranscript) { d.Replaces = "01900000-0000-7000-8000-00000000000a" },
		5: func(d *retrieval.PreparedTranscript) { d.Passages = nil; d.Vectors = nil },
	}
	var prepared []retrieval.PreparedTranscript
	for d := range bench.NewCorpus(1_400, 4).Transcripts() {
		d.SHA256, d.Filename = "ab"+d.SHA256[2:], "spoilt "+d.Filename // other files than those that are there
		if spoil := spoilt[len(prepared)]; spoil != nil {
			spoil(&d)
		}
		prepared = append(prepared, d)
	}
	outcomes, err := r.SaveAll(t.Context(), bench.Collection, prepared[0].Model, slices.Values(prepared))
	if err != nil || len(outcomes) != len(prepared) {
		t.Fatalf("%d outcomes, %v", len(outcomes), err)
	}
	want := []fault.Code{1: fault.Invalid, 3: fault.Internal, 4: fault.NotFound, 6: ""}
	for i, o := range outcomes {
		if code := codeOf(o.Err); code != want[i] || o.Created == (o.Err != nil) {
			t.Errorf("document %d became %v, created %v, want %q", i, o.Err, o.Created, want[i])
		}
	}
	checkStatistics(t, r.Store, 200+3*200)
}

// TestSaveAllStoresAFileOnce stores a load, large enough for its words to wait for
// each other, in which some files come twice.
func TestSaveAllStoresAFileOnce(t *testing.T) {
	t.Parallel()
	r := madeUp(t, 200)
	prepared := slices.Collect(bench.NewCorpus(2_400, 4).Transcripts())
	prepared[5].SHA256, prepared[9].SHA256 = prepared[2].SHA256, prepared[2].SHA256
	outcomes, err := r.SaveAll(t.Context(), bench.Collection, prepared[1].Model, slices.Values(prepared[1:]))
	if err != nil {
		t.Fatal(err)
	}
	for i, o := range outcomes {
		again := i+1 == 5 || i+1 == 9
		if o.Err != nil || o.Created == again || again && o.Stored.ID != outcomes[1].Stored.ID {
			t.Errorf("document %d became %s, created %v, %v", i+1, o.Stored.ID, o.Created, o.Err)
		}
	}
	checkStatistics(t, r.Store, 200+9*200)
}

// TestSaveAllBrokenOff ends a load while its rows are copied: nothing of it is there.
func TestSaveAllBrokenOff(t *testing.T) {
	t.Parallel()
	r := madeUp(t, 200)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	prepared := slices.Collect(bench.NewCorpus(4_800, 4).Transcripts())[1:]
	_, err := r.SaveAll(ctx, bench.Collection, prepared[0].Model, func(yield func(retrieval.PreparedTranscript) bool) {
		for i, d := range prepared {
			if i == 15 {
				cancel()
			}
			if !yield(d) {
				return
			}
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("the load ended with %v", err)
	}
	checkStatistics(t, r.Store, 200)
}

func codeOf(err error) fault.Code {
	if err == nil {
		return ""
	}
	return fault.CodeOf(err)
}

// checkStatistics counts anew what the statistics say, of so many passages.
func checkStatistics(t *testing.T, store *postgres.Store, passages int) {
	t.Helper()
	var counted, stored, wrong int
	err := store.Pool().QueryRow(t.Context(), `
		WITH counted AS (
			SELECT lexeme, count(*) AS passages FROM passages, unnest(lexemes) AS lexeme
			WHERE lexeme < 1 << 30 -- the others are heavy ones, which are there twice
			GROUP BY lexeme
		)
		SELECT (SELECT sum(passages) FROM passage_counts), (SELECT count(*) FROM passages),
			(SELECT count(*) FROM counted c FULL JOIN (SELECT * FROM lexeme_frequencies WHERE passages <> 0) f USING (lexeme)
			WHERE c.passages IS DISTINCT FROM f.passages)`).Scan(&counted, &stored, &wrong)
	if err != nil || counted != passages || stored != passages || wrong != 0 {
		t.Errorf("%d passages are counted and %d stored, want %d; %d lexemes are counted wrong; %v", counted, stored, passages, wrong, err)
	}
}

// TestStatisticsUnderLoad stores transcripts, alone and together, and deletes some of
// them, all at the same time.
func TestStatisticsUnderLoad(t *testing.T) {
	t.Parallel()
	const writers, each = 4, 4
	r := madeUp(t, 400)
	all := slices.Collect(bench.NewCorpus((2+writers*each)*200, 3).Transcripts())[2:]
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			ctx := context.WithoutCancel(t.Context())
			prepared := all[w*each : (w+1)*each]
			outcomes, err := r.SaveAll(ctx, bench.Collection, prepared[0].Model, slices.Values(prepared[1:]))
			if err != nil {
				t.Error(err)
				return
			}
			for _, o := range outcomes[1:] {
				if err := r.Delete(ctx, o.Stored.ID); err != nil {
					t.Error(err)
				}
			}
			if _, _, err := r.Save(ctx, prepared[0]); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	checkStatistics(t, r.Store, 400+writers*2*200)
}

// TestTranscriptIsFoundByItsKey asks for the plan that each row of a load is checked
// by, of a table that has no statistics yet: it must not read the whole collection.
func TestTranscriptIsFoundByItsKey(t *testing.T) {
	t.Parallel()
	const id = "01900000-0000-7000-8000-00000000000b"
	rows, err := madeUp(t, 200).Pool().Query(t.Context(), `
		EXPLAIN SELECT FROM ONLY transcripts x
		WHERE collection_id = '01900000-0000-7000-8000-00000000000a' AND id = '`+id+`' FOR KEY SHARE OF x`)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := pgx.CollectRows(rows, pgx.RowTo[string])
	searched := slices.ContainsFunc(plan, func(line string) bool {
		return strings.Contains(line, "Index Cond:") && strings.Contains(line, id)
	})
	if err != nil || !searched {
		t.Errorf("the plan is\n%s\n%v", strings.Join(plan, "\n"), err)
	}
}
