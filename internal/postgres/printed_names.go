package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"

	"github.com/pullquote/pullquote/retrieval"
)

// Names implements retrieval.Index. The words of names are indexed, so that a question
// which names somebody costs a look-up however many people speak. Without words the names
// are read in the order of their index, so that the limit ends that, and what stands beside
// them is read for those alone.
func (s *Store) Names(ctx context.Context, q retrieval.NamesQuery) ([]retrieval.PrintedName, error) {
	if err := s.grant(ctx).Reach(q.Filter.Collection); err != nil {
		return nil, err
	}
	id, err := collectionID(ctx, s.reader(), q.Filter.Collection)
	if err != nil {
		return nil, Translate(err)
	}
	rows, err := s.reader().Query(ctx, `
		WITH found AS (
			SELECT n.collection_id, n.name, n.speaker_id
			FROM speaker_names n
			WHERE n.collection_id = @collection_id AND `+grantedRow("n.")+`
			AND (@words::text[] IS NULL OR n.words && @words)
			AND EXISTS (SELECT FROM (`+appearancesInScope+`) AS a)
			ORDER BY n.name
			LIMIT @limit
		)
		SELECT n.name, n.speaker_id::text, beside.labels, beside.affiliations
		FROM found n
		CROSS JOIN LATERAL (
			SELECT jsonb_agg(DISTINCT a.labels) AS labels, jsonb_agg(DISTINCT a.affiliations) AS affiliations
			FROM (`+appearancesInScope+`) AS a
		) AS beside
		ORDER BY n.name COLLATE "C"`,
		s.granted(ctx, pgx.StrictNamedArgs{
			"collection_id": id, "words": q.Words, "transcript": null(q.Filter.Transcript),
			"from": null(q.Filter.From), "to": null(q.Filter.To), "limit": q.Limit,
		}))
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

// appearancesInScope selects the appearances of a name n in transcripts that a filter leaves.
const appearancesInScope = `
	SELECT a.labels, a.affiliations
	FROM open_appearances a
	WHERE a.collection_id = @collection_id AND a.name = n.name
	AND (@transcript::uuid IS NULL OR a.transcript_id = @transcript)
	AND (@from::date IS NULL AND @to::date IS NULL OR EXISTS (
		SELECT FROM open_transcripts t WHERE t.collection_id = @collection_id AND t.id = a.transcript_id
		AND (@from::date IS NULL OR t.date >= @from) AND (@to::date IS NULL OR t.date <= @to)))`
