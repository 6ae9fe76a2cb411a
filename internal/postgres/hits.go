package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"

	"github.com/pullquote/pullquote/retrieval"
)

// hitQuery reads turns, each with the question that it answers, in the order of the
// keys. A ranking is cut off before, so that texts are read for its best turns only. Without
// a title, a transcript is called by its file, as retrieval.StoredTranscript.Called has it.
const hitQuery = `
	SELECT t.transcript_id, coalesce(d.title, d.filename), to_char(d.date, 'YYYY-MM-DD'), d.place, d.version, encode(d.sha256, 'hex'), t.turn, t.label, t.speaker, t.affiliation, t.role, t.doubt, t.continues, t.text,
		t.start_char, t.end_char, t.start_ms, t.end_ms, t.cues, d.media,
		q.turn, q.label, q.speaker, q.affiliation, q.doubt, q.text, q.start_char, q.end_char
	FROM unnest($2::uuid[], $3::int[]) WITH ORDINALITY AS k (transcript_id, turn, position)
	JOIN open_turns t ON t.collection_id = $1 AND t.transcript_id = k.transcript_id AND t.turn = k.turn
	JOIN open_transcripts d ON d.collection_id = $1 AND d.id = k.transcript_id
	LEFT JOIN open_turns q ON q.collection_id = $1 AND q.transcript_id = k.transcript_id AND q.turn = t.answers
	ORDER BY k.position`

// Hits implements retrieval.Index.
func (s *Store) Hits(ctx context.Context, scope retrieval.Scope, keys []retrieval.TurnKey) ([]retrieval.Hit, error) {
	ids, turns := turnKeys(keys)
	rows, err := s.reader().Query(ctx, hitQuery, scope.CollectionID, ids, turns)
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

// turnKeys are the keys as arrays.
func turnKeys(keys []retrieval.TurnKey) (ids []string, turns []int) {
	ids, turns = make([]string, len(keys)), make([]int, len(keys))
	for i, k := range keys {
		ids[i], turns[i] = k.TranscriptID, k.Turn
	}
	return ids, turns
}

func scanHit(row pgx.CollectableRow) (h retrieval.Hit, err error) {
	var q retrieval.QuestionTurn
	var turn, start, end *int
	var text *string
	var cues []byte
	err = row.Scan(&h.TranscriptID, &h.Title, &h.Date, &h.Place, &h.Version, &h.SHA256, &h.Turn, &h.Label, &h.Speaker, &h.Affiliation, &h.Role, &h.Doubt, &h.Continues, &h.Text,
		&h.Start, &h.End, &h.StartMS, &h.EndMS, &cues, &h.Media,
		&turn, &q.Label, &q.Speaker, &q.Affiliation, &q.Doubt, &text, &start, &end)
	if err == nil && turn != nil {
		q.Turn, q.Text, q.Start, q.End = *turn, *text, *start, *end
		h.Question = &q
	}
	h.Cues = unpackCues(cues)
	return h, err
}
