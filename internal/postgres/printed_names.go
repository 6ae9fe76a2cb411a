package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"

	"github.com/pullquote/pullquote/retrieval"
)

// Names implements retrieval.Index. The words of names are indexed, so that a question
// which names somebody costs a look-up however many people speak; without words the limit
// ends it.
func (s *Store) Names(ctx context.Context, q retrieval.NamesQuery) ([]retrieval.PrintedName, error) {
	rows, err := s.pool.Query(ctx, `
		SELECT n.name, n.speaker_id::text, coalesce(jsonb_agg(DISTINCT a.labels), '[]'), coalesce(jsonb_agg(DISTINCT a.affiliations), '[]')
		FROM speaker_names n
		JOIN appearances a ON a.collection_id = n.collection_id AND a.name = n.name
		WHERE n.collection_id = (SELECT id FROM collections WHERE name = @collection)
		AND (@words::text[] IS NULL OR n.words && @words)
		AND (@transcript::uuid IS NULL OR a.transcript_id = @transcript)
		AND (@from::date IS NULL AND @to::date IS NULL OR EXISTS (
			SELECT FROM transcripts t WHERE t.collection_id = n.collection_id AND t.id = a.transcript_id
			AND (@from::date IS NULL OR t.date >= @from) AND (@to::date IS NULL OR t.date <= @to)))
		GROUP BY n.name, n.speaker_id
		ORDER BY n.name COLLATE "C"
		LIMIT @limit`,
		pgx.StrictNamedArgs{
			"collection": q.Filter.Collection, "words": q.Words, "transcript": null(q.Filter.Transcript),
			"from": null(q.Filter.From), "to": null(q.Filter.To), "limit": q.Limit,
		})
	if err != nil {
		return nil, Translate(err)
	}
	names, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (n retrieval.PrintedName, err error) {
		var labels, affiliations [][]string
		err = row.Scan(&n.Name, &n.SpeakerID, &labels, &affiliations)
		n.Labels, n.Affiliations = union(labels), union(affiliations)
		return n, err
	})
	return names, Translate(err)
}
