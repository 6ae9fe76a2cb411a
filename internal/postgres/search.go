package postgres

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/pgvector/pgvector-go"

	"github.com/pullquote/pullquote/retrieval"
)

// conditions narrow a search to its scope. Plans are made for the values, so the
// planner drops a condition whose value is null.
//
// Without exceptions a speaker is told by name: @any_names. With exceptions, which are
// names in single transcripts, @any_names has all names that come into question, for
// the planner to estimate by. A row then belongs to the scope if its name is one of
// @names, unless it is an exception, or if it is not and is an exception. To see that
// most rows are none, their transcript is looked up in @apart_transcripts first.
const conditions = `collection_id = @collection_id
	AND (@transcript::uuid IS NULL OR transcript_id = @transcript)
	AND (@any_names::text[] IS NULL OR speaker = ANY (@any_names))
	AND (@role::text IS NULL OR role = @role)
	AND (@from::date IS NULL OR date >= @from)
	AND (@to::date IS NULL OR date <= @to)
	AND (@apart_transcripts::uuid[] IS NULL
		OR (speaker = ANY (@names)) <> (transcript_id = ANY (@apart_transcripts) AND transcript_id || speaker = ANY (@apart)))`

// conditionArgs are the values of conditions, and those others that a statement has.
func conditionArgs(scope retrieval.Scope, others pgx.StrictNamedArgs) pgx.StrictNamedArgs {
	f := scope.Filter
	anyNames, transcripts, apart := speakerConditions(scope)
	args := pgx.StrictNamedArgs{
		"collection_id": scope.CollectionID, "transcript": null(f.Transcript),
		"role": null(string(f.Role)), "from": null(f.From), "to": null(f.To),
		"names": scope.Speakers, "any_names": anyNames, "apart_transcripts": transcripts, "apart": apart,
	}
	maps.Copy(args, others)
	return args
}

// speakerConditions are the values of @any_names, @apart_transcripts and @apart in
// conditions. In @apart each exception is the id of its transcript followed by the
// name. Without exceptions both are null.
func speakerConditions(scope retrieval.Scope) (anyNames, transcripts, apart []string) {
	if len(scope.Exceptions) == 0 {
		return scope.Speakers, nil, nil
	}
	anyNames = slices.Clone(scope.Speakers)
	for _, e := range scope.Exceptions {
		anyNames = append(anyNames, e.Name)
		transcripts = append(transcripts, e.TranscriptID)
		apart = append(apart, e.TranscriptID+e.Name)
	}
	slices.Sort(anyNames)
	return slices.Compact(anyNames), transcripts, apart
}

// Lexical implements retrieval.Index.
//
// The score of a passage is BM25: the inner product of its stored weights with the
// question's inverse document frequencies. The operator <#> is the negative inner
// product, so that the best passages have the smallest distance.
//
// Where q.Likely has what is likely to be among the best, these passages are scored first and
// mostly instead of the others: to visit a passage is what costs, 1 µs and more, and to
// intersect posting lists costs a hundredth of it.
//
// With q.Apart the rows have the weights themselves, and the program multiplies them
// term by term: that costs less than an inner product for each term.
//
// Without terms nothing is ranked: the first passages that are met will do. Of a common
// lexeme these are near, where all of them would take long to sort.
func (s *Store) Lexical(ctx context.Context, scope retrieval.Scope, q retrieval.LexicalQuery) ([]retrieval.Candidate, error) {
	if len(q.Terms) == 0 {
		return s.candidates(ctx, nil, q.Limit, `
			SELECT transcript_id, turn, passage, 0, start_char, end_char, NULL::sparsevec
			FROM open_passages
			WHERE `+conditions+` AND lexemes && @among
			LIMIT @limit`,
			conditionArgs(scope, pgx.StrictNamedArgs{"among": q.Among, "limit": q.Limit}))
	}
	found, enough, err := s.likely(ctx, scope, q)
	if err == nil && !enough {
		found, err = s.among(ctx, scope, q)
	}
	if q.Apart {
		slices.SortFunc(found, retrieval.InRecord)
	}
	return found, err
}

// likely finds the best of the likely passages, and tells whether enough of these score so much
// that no others are among the best. They are so few that their columns are carried through the sort.
func (s *Store) likely(ctx context.Context, scope retrieval.Scope, q retrieval.LexicalQuery) (found []retrieval.Candidate, enough bool, err error) {
	if q.Likely.Empty() {
		return nil, false, nil
	}
	which, args := scored(q)
	found, err = s.candidates(ctx, q.Terms, q.Limit, `
		SELECT transcript_id, turn, passage, -(weights <#> @terms) AS score, start_char, end_char, `+weightsOf("open_passages", q)+`
		FROM open_passages
		WHERE `+conditions+` AND (`+strings.Join(which, " OR ")+`)
		ORDER BY score DESC, transcript_id, passage
		LIMIT @limit`, conditionArgs(scope, args))
	above := 0
	for _, c := range found {
		if c.Score > float64(q.Likely.Reach) {
			above++
		}
	}
	return found, above >= q.Likely.Best, err
}

// among finds the best of all passages that are to be scored.
//
// Thousands of candidates are sorted. The inner query therefore carries only
// what orders and identifies a row, and the join reads the other columns for the
// best of them: to carry the weights through the sort took half of the time at a
// million passages. The join is by the primary key. ctid, the place of the row in
// its table, is only a shortcut to it: the statement takes half as long again where a
// thousand keys are looked up in the index. By itself it would not do, since in a
// partitioned table rows of several partitions have the same ctid.
func (s *Store) among(ctx context.Context, scope retrieval.Scope, q retrieval.LexicalQuery) ([]retrieval.Candidate, error) {
	which, args := scored(q)
	which, args["among"] = append(which, `lexemes && @among`), q.Among
	return s.candidates(ctx, q.Terms, q.Limit, `
		SELECT p.transcript_id, p.turn, p.passage, best.score, p.start_char, p.end_char, `+weightsOf("p", q)+`
		FROM (
			SELECT ctid, transcript_id, passage, -(weights <#> @terms) AS score
			FROM open_passages
			WHERE `+conditions+` AND (`+strings.Join(which, " OR ")+`)
			ORDER BY score DESC, transcript_id, passage
			LIMIT @limit) AS best
		JOIN open_passages p ON p.ctid = best.ctid
			AND p.collection_id = @collection_id AND p.transcript_id = best.transcript_id AND p.passage = best.passage
		ORDER BY best.score DESC, p.transcript_id, p.passage`, conditionArgs(scope, args))
}

// weightsOf selects the weights of a row where they are wanted apart.
func weightsOf(row string, q retrieval.LexicalQuery) string {
	if q.Apart {
		return row + ".weights"
	}
	return "NULL::sparsevec"
}

// scored are the conditions one of which a likely passage meets, and what a statement that scores
// passages needs. What has two of the lexemes Both has the first and another, or the second and
// a later one, and so on.
func scored(q retrieval.LexicalQuery) (likely []string, args pgx.StrictNamedArgs) {
	args = pgx.StrictNamedArgs{"terms": queryVector(q.Terms), "limit": q.Limit}
	if len(q.Likely.Any) > 0 {
		likely, args["any"] = append(likely, `lexemes && @any`), q.Likely.Any
	}
	for i := 1; i < len(q.Likely.Both); i++ {
		likely, args["both"] = append(likely, fmt.Sprintf(`lexemes && (@both::int[])[%d:%[1]d] AND lexemes && (@both::int[])[%d:]`, i, i+1)), q.Likely.Both
	}
	return likely, args
}

// queryVector is the sparse vector of a question's terms.
func queryVector(terms []retrieval.WeightedLexeme) pgvector.SparseVector {
	elements := make(map[int32]float32, len(terms))
	for _, t := range terms {
		elements[int32(t.Lexeme)] = t.Weight
	}
	return pgvector.NewSparseVectorFromMap(elements, retrieval.LexemeDimensions)
}

// Semantic implements retrieval.Index.
//
// The score is the cosine. The index of a model is on an expression with its
// dimensions and has a condition on its id (indexStatement): for a statement to match
// them, both numbers must stand in its text. The index is used only where the rows are
// ordered by the distance itself.
//
// A narrow scope is therefore ordered by the distance plus zero: its vectors are read
// through the index of a column that it is filtered by, and compared exactly. In a
// wider scope with a filter the HNSW index searches on where too few rows are left
// (hnsw.iterative_scan). What it finds later may be nearer than what it found before,
// so the rows are sorted here.
func (s *Store) Semantic(ctx context.Context, scope retrieval.Scope, query retrieval.Vector, limit int) ([]retrieval.Candidate, error) {
	if query.Model != scope.Model {
		return nil, fmt.Errorf("the question is embedded by %s and the record by %s", query.Model.Name, scope.Model.Name)
	}
	distance := fmt.Sprintf(`(embedding::halfvec(%d) <=> @query)`, scope.Model.Dimensions)
	order := distance
	if scope.Narrow {
		order += ` + 0` // an expression that the HNSW index is not on
	}
	found, err := s.candidates(ctx, nil, limit, `
		SELECT transcript_id, turn, passage, 1 - `+distance+`, 0, 0, NULL::sparsevec
		FROM open_embeddings
		WHERE model_id = `+fmt.Sprint(scope.ModelID)+` AND `+conditions+`
		ORDER BY `+order+`
		LIMIT @limit`,
		conditionArgs(scope, pgx.StrictNamedArgs{"query": pgvector.NewHalfVector(query.Values), "limit": limit}))
	slices.SortStableFunc(found, func(a, b retrieval.Candidate) int { return cmp.Compare(b.Score, a.Score) })
	return found, err
}

// roomForCandidates is made at once: as many as a search asks for by default.
const roomForCandidates = 1_000

// candidates sends a ranking's statement and reads its rows. Those of a ranking by words
// have the weights of the terms, or null.
func (s *Store) candidates(ctx context.Context, terms []retrieval.WeightedLexeme, limit int, statement string, args pgx.StrictNamedArgs) ([]retrieval.Candidate, error) {
	rows, err := s.reader().Query(ctx, statement, args)
	if err != nil {
		return nil, Translate(err)
	}
	found := make([]retrieval.Candidate, 0, min(limit, roomForCandidates))
	var c retrieval.Candidate
	var transcript transcriptIDs
	apart := newTermWeights(terms)
	_, err = pgx.ForEachRow(rows, []any{&transcript, &c.Turn, &c.Passage, &c.Score, &c.Start, &c.End, &apart}, func() error {
		c.TranscriptID, c.Weights = transcript.text, apart.weights
		found = append(found, c)
		return nil
	})
	return found, Translate(err)
}

// transcriptIDs scans the ids of transcripts. In the order of the record many rows in
// a row have the same id, which is made a string once.
type transcriptIDs struct {
	id   pgtype.UUID
	text string
}

// ScanUUID implements pgtype.UUIDScanner.
func (t *transcriptIDs) ScanUUID(id pgtype.UUID) error {
	if id != t.id {
		t.id, t.text = id, id.String()
	}
	return nil
}
