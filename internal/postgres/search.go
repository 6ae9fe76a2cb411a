package postgres

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/pgvector/pgvector-go"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
)

// conditions narrow a search to its scope. Plans are made for the values, so a
// condition that is null costs nothing.
const conditions = `collection_id = @collection_id
	AND (@transcript::uuid IS NULL OR transcript_id = @transcript)
	AND (@any_names::text[] IS NULL OR speaker = ANY (@any_names))
	AND (@role::text IS NULL OR role = @role)
	AND (@from::date IS NULL OR date >= @from)
	AND (@to::date IS NULL OR date <= @to)
	AND (@apart_transcripts::uuid[] IS NULL
		OR (speaker = ANY (@names)) <> (transcript_id = ANY (@apart_transcripts) AND transcript_id || speaker = ANY (@apart)))`

// conditionArgs are the values of conditions, and others.
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
// conditions: all names under which the scope's speakers appear anywhere, by which
// the planner estimates; and the exceptions, null where there are none: their
// transcripts, by which most rows are told at once, and each with the name at its end.
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
// Thousands of candidates are sorted by it. The inner query therefore carries only
// what orders and identifies a row, and the join reads the other columns for the
// best of them: to carry the weights through the sort took half of the time at a
// million passages. The join is by the primary key. ctid, the place of the row in
// its table, is only a shortcut to it: the statement takes half as long again where a
// thousand keys are looked up in the index. By itself it would not do, since in a
// partitioned table rows of several partitions have the same ctid.
//
// With q.Apart the rows have the weights themselves, and the program multiplies them
// term by term: that costs less than an inner product for each term.
func (s *Store) Lexical(ctx context.Context, scope retrieval.Scope, q retrieval.LexicalQuery) ([]retrieval.Candidate, error) {
	apart, order := "NULL::sparsevec", "distance, p.transcript_id, p.passage"
	if q.Apart {
		apart, order = "p.weights", "p.transcript_id, p.passage"
	}
	return s.candidates(ctx, q.Terms, q.Limit, `
		SELECT p.transcript_id, p.turn, p.passage, -distance, p.start_char, p.end_char, `+apart+`
		FROM (
			SELECT ctid, transcript_id, passage, weights <#> @terms AS distance
			FROM passages
			WHERE `+conditions+` AND lexemes && @among
			ORDER BY distance, transcript_id, passage
			LIMIT @limit
		) AS best
		JOIN passages p ON p.ctid = best.ctid
			AND p.collection_id = @collection_id AND p.transcript_id = best.transcript_id AND p.passage = best.passage
		ORDER BY `+order,
		conditionArgs(scope, pgx.StrictNamedArgs{"terms": queryVector(q.Terms), "among": q.Among, "limit": q.Limit}))
}

func queryVector(terms []retrieval.WeightedLexeme) pgvector.SparseVector {
	elements := make(map[int32]float32, len(terms))
	for _, t := range terms {
		elements[int32(t.Lexeme)] = t.Weight
	}
	return pgvector.NewSparseVectorFromMap(elements, retrieval.LexemeDimensions)
}

// Semantic implements retrieval.Index.
//
// The score is the cosine. The cast and the model's id stand in the text as
// numbers, because only so does the statement match the model's index; the
// distance must be ordered by as it is for the index to be used. A narrow scope is
// read exactly, through the index of what it is filtered by. In a wider one that is
// filtered the index goes on where too few are left, and what it finds then may be
// nearer than what it found before: hence the order is made here.
func (s *Store) Semantic(ctx context.Context, scope retrieval.Scope, query retrieval.Vector, limit int) ([]retrieval.Candidate, error) {
	if query.Model != scope.Model {
		return nil, fault.New(fault.Internal, "the question is embedded by %s and the record by %s", query.Model.Name, scope.Model.Name)
	}
	distance := fmt.Sprintf(`(embedding::halfvec(%d) <=> @query)`, scope.Model.Dimensions)
	order := distance
	if scope.Narrow {
		order += ` + 0` // which the index of the vectors does not have
	}
	found, err := s.candidates(ctx, nil, limit, `
		SELECT transcript_id, turn, passage, 1 - `+distance+`, 0, 0, NULL::sparsevec
		FROM embeddings
		WHERE model_id = `+fmt.Sprint(scope.ModelID)+` AND `+conditions+`
		ORDER BY `+order+`
		LIMIT @limit`,
		conditionArgs(scope, pgx.StrictNamedArgs{"query": pgvector.NewHalfVector(query.Values), "limit": limit}))
	slices.SortStableFunc(found, func(a, b retrieval.Candidate) int { return cmp.Compare(b.Score, a.Score) })
	return found, err
}

func (s *Store) candidates(ctx context.Context, terms []retrieval.WeightedLexeme, limit int, statement string, args pgx.StrictNamedArgs) ([]retrieval.Candidate, error) {
	rows, err := s.pool.Query(ctx, statement, args)
	if err != nil {
		return nil, Translate(err)
	}
	found := make([]retrieval.Candidate, 0, limit)
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

// transcriptIDs scans the ids of transcripts. Rows in the order of the record have the
// same one many times, which becomes a string once.
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
