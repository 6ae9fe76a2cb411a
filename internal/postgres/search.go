package postgres

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/pgvector/pgvector-go"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
)

// Scope implements retrieval.Index: one trip for the collection, the
// transcript, the speakers and the statistics.
func (s *Store) Scope(ctx context.Context, filter retrieval.Filter, lexemes []retrieval.Lexeme) (retrieval.Scope, error) {
	scope := retrieval.Scope{Filter: filter, Frequencies: map[retrieval.Lexeme]int{}}
	var known []int32
	var frequencies []int32
	var transcriptFound bool
	var exceptions speakerExceptions
	var modelID *int16
	var modelName *string
	var dimensions *int
	err := s.pool.QueryRow(ctx, `
		SELECT c.id, c.passages,
			$2::uuid IS NULL OR EXISTS (SELECT FROM transcripts t WHERE t.collection_id = c.id AND t.id = $2),
			s.names, s.transcripts_apart, s.names_apart,
			coalesce(f.lexemes, '{}'), coalesce(f.passages, '{}'),
			m.id, m.name, m.dimensions,
			$9 AND narrow.passages <= $10
		FROM collections c
		LEFT JOIN embedding_models m ON m.serving
		LEFT JOIN LATERAL (
			SELECT array_agg(lexeme) AS lexemes, array_agg(passages) AS passages
			FROM lexeme_frequencies
			WHERE collection_id = c.id AND lexeme = ANY ($5)
		) AS f ON true
		LEFT JOIN LATERAL (`+speakerQuery+`) AS s ON true
		CROSS JOIN LATERAL (`+narrowQuery+`) AS narrow
		WHERE c.name = $1`,
		filter.Collection, null(filter.Transcript), speakerWords(filter.Speaker), speakerID(filter.Speaker), lexemes,
		null(string(filter.Role)), null(filter.From), null(filter.To), filtered(filter), narrowPassages,
	).Scan(&scope.CollectionID, &scope.Passages, &transcriptFound, &scope.Speakers, &exceptions.transcripts, &exceptions.names, &known, &frequencies,
		&modelID, &modelName, &dimensions, &scope.Narrow)
	if fault.CodeOf(Translate(err)) == fault.NotFound {
		transcriptFound, err = filter.Transcript == "", nil // there is no such collection yet
	}
	if err != nil {
		return scope, Translate(err)
	}
	if !transcriptFound {
		return scope, fault.New(fault.NotFound, "there is no transcript %s in collection %q; name the collection that it is in", filter.Transcript, filter.Collection)
	}
	if modelID != nil {
		scope.ModelID, scope.Model = *modelID, embeddings.Model{Name: *modelName, Dimensions: *dimensions}
	}
	scope.Exceptions = exceptions.list()
	if len(scope.Speakers)+len(scope.Exceptions) == 0 && speakerID(filter.Speaker) != nil {
		return scope, fault.New(fault.NotFound, "there is no speaker %s in collection %q; list its speakers to see their ids", filter.Speaker, filter.Collection)
	}
	for i, lexeme := range known {
		scope.Frequencies[retrieval.Lexeme(lexeme)] = int(frequencies[i])
	}
	return scope, nil
}

// narrowPassages is how many passages are read one by one rather than looked for in
// the index of the vectors, which finds less the fewer of its rows a filter leaves.
const narrowPassages = 20_000

// narrowQuery counts the passages that a filter leaves, as far as the number
// matters. Where a name stands for others in some transcripts it is about right;
// how a search is done depends on it, and not what is found.
const narrowQuery = `
	SELECT count(*) AS passages FROM (
		SELECT FROM passages p
		WHERE $9 AND p.collection_id = c.id
		AND ($2::uuid IS NULL OR p.transcript_id = $2)
		AND ($3::text[] IS NULL AND $4::uuid IS NULL OR p.speaker = ANY (s.names))
		AND ($6::text IS NULL OR p.role = $6)
		AND ($7::date IS NULL OR p.date >= $7)
		AND ($8::date IS NULL OR p.date <= $8)
		LIMIT $10 + 1
	) AS counted`

// filtered reports whether a filter leaves anything out.
func filtered(f retrieval.Filter) bool {
	f.Collection = ""
	return f != retrieval.Filter{}
}

// conditions narrow a search to its scope. Their values are parameters $1 to
// $9; plans are made for the values, so a condition that is null costs nothing.
// $7 to $9 are for names that stand for others in some transcripts only.
const conditions = `collection_id = $1
	AND ($2::uuid IS NULL OR transcript_id = $2)
	AND ($3::text[] IS NULL OR speaker = ANY ($3))
	AND ($4::text IS NULL OR role = $4)
	AND ($5::date IS NULL OR date >= $5)
	AND ($6::date IS NULL OR date <= $6)
	AND ($8::uuid[] IS NULL OR (speaker = ANY ($7)) <> (transcript_id = ANY ($8) AND transcript_id || speaker = ANY ($9)))`

func conditionValues(scope retrieval.Scope) []any {
	f := scope.Filter
	names, transcripts, exceptions := speakerConditions(scope)
	return []any{scope.CollectionID, null(f.Transcript), names, null(string(f.Role)), null(f.From), null(f.To),
		scope.Speakers, transcripts, exceptions}
}

// Lexical implements retrieval.Index.
//
// The score of a passage is BM25: the inner product of its stored weights with
// the question's inverse document frequencies. <#> is the negative inner
// product, so the best come first. Thousands are sorted, and so without what is
// read of the best alone, which are found again by their place in the table. Of
// those the weights themselves are read where they are asked for apart, which costs
// less than a product for each term.
func (s *Store) Lexical(ctx context.Context, scope retrieval.Scope, q retrieval.LexicalQuery) ([]retrieval.Candidate, error) {
	apart, order := "NULL::sparsevec", "distance, p.transcript_id, p.passage"
	if q.Apart {
		apart, order = "p.weights", "p.transcript_id, p.passage"
	}
	return s.candidates(ctx, q.Terms, q.Limit, `
		SELECT p.transcript_id, p.turn, p.passage, -distance, p.start_char, p.end_char, `+apart+`
		FROM (
			SELECT ctid, transcript_id, passage, weights <#> $10 AS distance
			FROM passages
			WHERE `+conditions+` AND lexemes && $11
			ORDER BY distance, transcript_id, passage
			LIMIT $12
		) AS best
		JOIN passages p ON p.ctid = best.ctid
		ORDER BY `+order,
		append(conditionValues(scope), queryVector(q.Terms), q.Among, q.Limit)...)
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
	distance := fmt.Sprintf(`(embedding::halfvec(%d) <=> $10)`, scope.Model.Dimensions)
	order := distance
	if scope.Narrow {
		order += ` + 0` // which the index of the vectors does not have
	}
	found, err := s.candidates(ctx, nil, limit, `
		SELECT transcript_id, turn, passage, 1 - `+distance+`, 0, 0, NULL::sparsevec
		FROM embeddings
		WHERE model_id = `+fmt.Sprint(scope.ModelID)+` AND `+conditions+`
		ORDER BY `+order+`
		LIMIT $11`,
		append(conditionValues(scope), pgvector.NewHalfVector(query.Values), limit)...)
	slices.SortStableFunc(found, func(a, b retrieval.Candidate) int { return cmp.Compare(b.Score, a.Score) })
	return found, err
}

func (s *Store) candidates(ctx context.Context, terms []retrieval.WeightedLexeme, limit int, statement string, args ...any) ([]retrieval.Candidate, error) {
	rows, err := s.pool.Query(ctx, statement, args...)
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

// hitQuery reads turns with the questions that they answer. The texts are joined after the limit.
const hitQuery = `
	SELECT t.transcript_id, d.title, to_char(d.date, 'YYYY-MM-DD'), d.place, d.version, encode(d.sha256, 'hex'), t.turn, t.speaker, t.affiliation, t.role, t.text,
		t.start_char, t.end_char, t.start_ms, t.end_ms,
		q.turn, q.speaker, q.affiliation, q.text, q.start_char, q.end_char
	FROM unnest($2::uuid[], $3::int[]) WITH ORDINALITY AS k (transcript_id, turn, position)
	JOIN turns t ON t.collection_id = $1 AND t.transcript_id = k.transcript_id AND t.turn = k.turn
	JOIN transcripts d ON d.collection_id = $1 AND d.id = k.transcript_id
	LEFT JOIN turns q ON q.collection_id = $1 AND q.transcript_id = k.transcript_id AND q.turn = t.answers
	ORDER BY k.position`

// Hits implements retrieval.Index.
func (s *Store) Hits(ctx context.Context, scope retrieval.Scope, keys []retrieval.TurnKey) ([]retrieval.Hit, error) {
	ids := make([]string, len(keys))
	turns := make([]int, len(keys))
	for i, k := range keys {
		ids[i], turns[i] = k.TranscriptID, k.Turn
	}
	rows, err := s.pool.Query(ctx, hitQuery, scope.CollectionID, ids, turns)
	if err != nil {
		return nil, Translate(err)
	}
	hits, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (retrieval.Hit, error) {
		h, err := scanHit(row)
		h.Collection = scope.Filter.Collection
		return h, err
	})
	return hits, Translate(err)
}

func scanHit(row pgx.CollectableRow) (h retrieval.Hit, err error) {
	var q retrieval.QuestionTurn
	var turn, start, end *int
	var text *string
	err = row.Scan(&h.TranscriptID, &h.Title, &h.Date, &h.Place, &h.Version, &h.SHA256, &h.Turn, &h.Speaker, &h.Affiliation, &h.Role, &h.Text,
		&h.Start, &h.End, &h.StartMS, &h.EndMS,
		&turn, &q.Speaker, &q.Affiliation, &text, &start, &end)
	if err == nil && turn != nil {
		q.Turn, q.Text, q.Start, q.End = *turn, *text, *start, *end
		h.Question = &q
	}
	return h, err
}

// null is an absent value where s is empty.
func null(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
