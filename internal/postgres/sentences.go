package postgres

import (
	"context"
	"encoding/binary"
	"fmt"
	"math"

	"github.com/jackc/pgx/v5"

	"github.com/pullquote/pullquote/retrieval"
)

// SentenceVectors implements retrieval.Index. Each turn is looked up by the primary key of
// the table: OFFSET 0 keeps the planner from making a join of it. While the table has no
// statistics the planner takes a collection for a handful of rows, and would read all of
// it to join them: 100 ms with 20,000 passages instead of 1.
func (s *Store) SentenceVectors(ctx context.Context, scope retrieval.Scope, keys []retrieval.TurnKey) ([]retrieval.PassageSentences, error) {
	if len(keys) == 0 || scope.CollectionID == "" {
		return nil, nil
	}
	ids, turns := turnKeys(keys)
	rows, err := s.reader().Query(ctx, `
		SELECT v.transcript_id, v.turn, v.passage, v.sentences
		FROM (SELECT DISTINCT * FROM unnest($2::uuid[], $3::int[])) AS k (transcript_id, turn)
		CROSS JOIN LATERAL (
			SELECT transcript_id, turn, passage, sentences
			FROM sentence_vectors
			WHERE collection_id = $1 AND transcript_id = k.transcript_id AND turn = k.turn AND model_id = $4
			OFFSET 0
		) AS v
		ORDER BY v.transcript_id, v.passage`, scope.CollectionID, ids, turns, scope.ModelID)
	if err != nil {
		return nil, Translate(err)
	}
	found := make([]retrieval.PassageSentences, 0, len(keys))
	var p retrieval.PassageSentences
	var transcript transcriptIDs
	sentences := sentenceVectors{dimensions: scope.Model.Dimensions}
	_, err = pgx.ForEachRow(rows, []any{&transcript, &p.Turn, &p.Passage, &sentences}, func() error {
		if p.TranscriptID, p.Sentences = transcript.text, sentences.list; len(p.Sentences) > 0 {
			found = append(found, p)
		}
		return nil
	})
	return found, Translate(err)
}

// sentenceHead is how many bytes stand before the values of a sentence: its start, its
// end, and its scale.
const sentenceHead = 4 + 4 + 4

// appendSentences appends sentences as the column keeps them.
func appendSentences(b []byte, sentences []retrieval.SentenceVector) []byte {
	for _, s := range sentences {
		b = binary.BigEndian.AppendUint32(b, uint32(s.Start))
		b = binary.BigEndian.AppendUint32(b, uint32(s.End))
		b = binary.BigEndian.AppendUint32(b, math.Float32bits(s.Scale))
		for _, x := range s.Values {
			b = append(b, byte(x))
		}
	}
	return b
}

// sentenceColumn is the value of the column; null where there are no vectors of sentences.
func sentenceColumn(sentences []retrieval.SentenceVector) []byte {
	if sentences == nil {
		return nil
	}
	return appendSentences([]byte{}, sentences)
}

// sentenceVectors scans the column. The list is nil where it is null.
type sentenceVectors struct {
	dimensions int
	list       []retrieval.SentenceVector
}

// ScanBytes implements pgtype.BytesScanner.
func (v *sentenceVectors) ScanBytes(src []byte) error {
	v.list = nil
	if src == nil {
		return nil
	}
	size := sentenceHead + v.dimensions
	if len(src)%size != 0 {
		return fmt.Errorf("%d bytes are no vectors of sentences with %d dimensions", len(src), v.dimensions)
	}
	n := len(src) / size
	v.list = make([]retrieval.SentenceVector, n)
	values := make([]int8, n*v.dimensions) // of all, so that memory is allocated once
	for i := range v.list {
		s, row := &v.list[i], src[i*size:][:size]
		s.Start, s.End = int(int32(binary.BigEndian.Uint32(row))), int(int32(binary.BigEndian.Uint32(row[4:])))
		s.Scale = math.Float32frombits(binary.BigEndian.Uint32(row[8:]))
		s.Values, values = values[:v.dimensions:v.dimensions], values[v.dimensions:]
		for j, b := range row[sentenceHead:] {
			s.Values[j] = int8(b)
		}
	}
	return nil
}
