package postgres

import (
	"context"
	"strconv"

	"github.com/jackc/pgx/v5"

	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
)

// turnsOfRecord are the turns of current versions, with what a search filters by. The order
// of the record is by date, transcript and turn; undated transcripts are last.
//
// Whether a turn asks is told by its role, or by a question mark in a transcript where no
// turn has that role. Those that have are looked up at once for all turns: a subquery that
// depends on no row.
const turnsOfRecord = `
	SELECT t.*, coalesce(d.title, d.filename) AS title, d.date, d.place,
		CASE WHEN (d.collection_id, d.id) IN (
			SELECT collection_id, transcript_id FROM open_turns
			WHERE collection_id = @collection_id AND (@transcript::uuid IS NULL OR transcript_id = @transcript) AND role = 'question'
		) THEN t.role = 'question' ELSE t.role <> 'narration' AND t.text ~ '[?？؟]' END AS asks
	FROM open_turns t JOIN open_transcripts d ON d.collection_id = t.collection_id AND d.id = t.transcript_id
	WHERE NOT d.superseded`

// turnsInScope are those of a scope.
const turnsInScope = `SELECT * FROM (` + turnsOfRecord + `) AS turns_of_record WHERE ` + conditions

// Outline implements retrieval.Structure. The totals stand in every row.
func (s *Store) Outline(ctx context.Context, scope retrieval.Scope, q retrieval.OutlineQuery) (o retrieval.Outline, err error) {
	order := "date NULLS LAST, transcript_id"
	if q.Latest {
		order = "date DESC NULLS LAST, transcript_id DESC"
	}
	rows, err := s.reader().Query(ctx, `
		WITH outlines AS (
			SELECT transcript_id, title, date, place, count(*) AS turns, count(*) FILTER (WHERE role <> 'narration') AS spoken,
				sum(end_char - start_char) AS characters,
				sum(CASE WHEN @words THEN cardinality(array_remove(string_to_array(translate(text, E'\n\r\t\u00a0', '    '), ' '), '')) ELSE 0 END) AS words,
				coalesce(max(end_ms) - min(start_ms), 0) AS duration, bool_or(end_ms IS NOT NULL) AS timed,
				coalesce(min(turn) FILTER (WHERE role <> 'narration'), min(turn)) AS first,
				coalesce(max(turn) FILTER (WHERE role <> 'narration'), max(turn)) AS last
			FROM (`+turnsInScope+`) AS scoped
			WHERE doubt IS NULL OR NOT @certain
			GROUP BY transcript_id, title, date, place
		)
		SELECT transcript_id::text, title, to_char(date, 'YYYY-MM-DD'), place, turns, spoken, characters, words, duration, first, last,
			count(*) OVER (), sum(turns) OVER (), sum(spoken) OVER (), sum(characters) OVER (), sum(words) OVER (), sum(duration) OVER (),
			to_char(min(date) OVER (), 'YYYY-MM-DD'), to_char(max(date) OVER (), 'YYYY-MM-DD'),
			count(*) FILTER (WHERE date IS NULL) OVER (), count(*) FILTER (WHERE timed) OVER ()
		FROM outlines
		ORDER BY `+order+`
		LIMIT @limit`, conditionArgs(scope, pgx.StrictNamedArgs{"limit": q.Limit, "words": q.Words, "certain": q.Certain}))
	if err != nil {
		return o, Translate(err)
	}
	var p retrieval.TranscriptOutline
	_, err = pgx.ForEachRow(rows, []any{
		&p.ID, &p.Title, &p.Date, &p.Place, &p.Turns, &p.Spoken, &p.Characters, &p.Words, &p.DurationMS, &p.First.Turn, &p.Last.Turn,
		&o.Transcripts, &o.Turns, &o.Spoken, &o.Characters, &o.Words, &o.DurationMS, &o.FirstDate, &o.LastDate, &o.Undated, &o.Timed,
	}, func() error {
		p.First.TranscriptID, p.Last.TranscriptID = p.ID, p.ID
		o.List = append(o.List, p)
		return nil
	})
	return o, Translate(err)
}

// CountSpeakers implements retrieval.Structure. A speaker is an entry of the directory,
// whatever names transcripts print for it; else a label in one transcript. Turns in doubt, and
// those of nobody, are counted only. The first turn is kept as one text, which sorts as the
// record is ordered; of those that ask, the ones with a question mark come before others.
func (s *Store) CountSpeakers(ctx context.Context, scope retrieval.Scope, q retrieval.CountQuery) (v retrieval.SpeakerCounts, err error) {
	rows, err := s.reader().Query(ctx, `
		WITH scoped AS (`+turnsInScope+`), spoken AS (
			SELECT s.transcript_id, s.turn, s.asks, s.end_char - s.start_char AS characters,
				(coalesce(to_char(s.date, 'YYYY-MM-DD'), '~') || ' ' || s.transcript_id || ' ' || lpad(s.turn::text, 10, '0')) COLLATE "C" AS place,
				CASE WHEN s.doubt IS NULL AND NOT (s.role = 'moderator' AND s.speaker = @moderator) THEN coalesce(a.speaker_id, n.speaker_id) END AS person,
				CASE WHEN s.doubt IS NULL THEN coalesce(s.speaker, s.label) END AS label,
				s.doubt IS NOT NULL AS uncertain,
				CASE WHEN NOT s.asks OR @order NOT LIKE 'asking%' THEN NULL WHEN s.text ~ '[?？؟]' THEN '0' ELSE '1' END AS asking
			FROM scoped s
			LEFT JOIN speaker_names n ON n.collection_id = s.collection_id AND n.name = s.speaker
			LEFT JOIN open_appearances a ON a.collection_id = s.collection_id AND a.transcript_id = s.transcript_id AND a.name = s.speaker
			WHERE s.role <> 'narration'
		), counts AS (
			SELECT person, CASE WHEN person IS NULL THEN label END AS label, uncertain, count(*) AS turns, sum(characters) AS characters,
				count(*) FILTER (WHERE asks) AS asking, count(DISTINCT transcript_id) AS transcripts,
				min(place) AS first, min(asking || place) AS first_asking
			FROM spoken
			GROUP BY person, CASE WHEN person IS NULL THEN label END, CASE WHEN person IS NULL AND label IS NOT NULL THEN transcript_id END, uncertain
		), counted AS (
			SELECT *, count(person) OVER () AS all_named, count(*) FILTER (WHERE person IS NULL AND label IS NOT NULL) OVER () AS all_labels,
				sum(turns) FILTER (WHERE person IS NULL AND label IS NULL AND NOT uncertain) OVER () AS all_unlabelled,
				sum(turns) FILTER (WHERE uncertain) OVER () AS all_uncertain, sum(turns) OVER () AS all_turns, sum(characters) OVER () AS all_characters
			FROM counts
			WHERE asking > 0 OR @order NOT LIKE 'asking%'
		)
		SELECT p.name, c.label, c.turns, c.characters, c.asking, c.transcripts, c.first, coalesce(c.first_asking, ''),
			all_named, all_labels, coalesce(all_unlabelled, 0), coalesce(all_uncertain, 0), all_turns, all_characters,
			c.person IS NOT NULL OR c.label IS NOT NULL
		FROM counted c LEFT JOIN speakers p ON p.collection_id = @collection_id AND p.id = c.person
		ORDER BY c.person IS NULL AND c.label IS NULL,
			CASE @order WHEN 'most' THEN -c.characters WHEN 'least' THEN c.characters WHEN 'asking' THEN -c.asking WHEN 'asking less' THEN c.asking END,
			c.first
		LIMIT @limit`,
		conditionArgs(scope, pgx.StrictNamedArgs{"order": string(q.Order), "limit": q.Limit, "moderator": model.Moderator}))
	if err != nil {
		return v, Translate(err)
	}
	var speaker struct {
		retrieval.SpeakerCount
		name, label        model.Optional
		first, firstAsking string
		somebody           bool
	}
	_, err = pgx.ForEachRow(rows, []any{
		&speaker.name, &speaker.label, &speaker.Turns, &speaker.Characters, &speaker.Asking, &speaker.Transcripts, &speaker.first, &speaker.firstAsking,
		&v.Named, &v.Labels, &v.Unlabelled, &v.Uncertain, &v.Turns, &v.Characters, &speaker.somebody,
	}, func() (err error) {
		if !speaker.somebody {
			return nil
		}
		speaker.Name, speaker.Label = string(speaker.name), string(speaker.label)
		if speaker.First, err = turnAt(speaker.first); err == nil {
			speaker.FirstAsking, err = turnAt(speaker.firstAsking)
		}
		v.List = append(v.List, speaker.SpeakerCount)
		return err
	})
	return v, Translate(err)
}

// turnAt is the turn of a place in the statement of CountSpeakers: its date, its transcript's id
// and its number; none of an empty one.
func turnAt(place string) (key retrieval.TurnKey, err error) {
	const turn, id = 10, 36
	if place == "" {
		return key, nil
	}
	key.Turn, err = strconv.Atoi(place[len(place)-turn:])
	key.TranscriptID = place[len(place)-turn-1-id : len(place)-turn-1]
	return key, err
}

// Exchanges implements retrieval.Structure. The conditions hold for the turn that asks or
// for the one that answers it.
func (s *Store) Exchanges(ctx context.Context, scope retrieval.Scope, answered bool, each func(retrieval.Exchange) error) error {
	rows, err := s.reader().Query(ctx, `
		SELECT q.transcript_id::text, q.turn, q.text, a.turn, a.text
		FROM (`+turnsOfRecord+`) AS q
		LEFT JOIN (
			SELECT DISTINCT ON (transcript_id, answers) *
			FROM open_turns
			WHERE @answered AND collection_id = @collection_id AND (@transcript::uuid IS NULL OR transcript_id = @transcript) AND answers IS NOT NULL
			ORDER BY transcript_id, answers, turn
		) AS a ON a.transcript_id = q.transcript_id AND a.answers = q.turn
		WHERE q.collection_id = @collection_id AND (@transcript::uuid IS NULL OR q.transcript_id = @transcript) AND q.asks
		AND EXISTS (
			SELECT FROM (VALUES
				(q.collection_id, q.transcript_id, q.speaker, q.role, q.date),
				(a.collection_id, a.transcript_id, a.speaker, a.role, q.date)
			) AS either (collection_id, transcript_id, speaker, role, date)
			WHERE `+conditions+`
		)
		ORDER BY q.date NULLS LAST, q.transcript_id, q.turn`, conditionArgs(scope, pgx.StrictNamedArgs{"answered": answered}))
	if err != nil {
		return Translate(err)
	}
	var e retrieval.Exchange
	var turn *int
	var text *string
	_, err = pgx.ForEachRow(rows, []any{&e.TranscriptID, &e.Turn, &e.Text, &turn, &text}, func() error {
		e.Answer = nil
		if turn != nil {
			e.Answer = &retrieval.TurnText{TurnKey: retrieval.TurnKey{TranscriptID: e.TranscriptID, Turn: *turn}, Text: *text}
		}
		return each(e)
	})
	return Translate(err)
}

// Containing implements retrieval.Structure: the lexical index finds the passages, and the
// texts are read of those. Across passages it is asked for the rarest lexeme alone, which one
// of two passages has; then what one lacks is looked for in its neighbours.
func (s *Store) Containing(ctx context.Context, scope retrieval.Scope, q retrieval.ContainingQuery, each func(retrieval.ContainingTurn) error) error {
	distinct, having := "", "lexemes @> @lexemes"
	if q.First {
		distinct = "DISTINCT ON (date, transcript_id)"
	}
	if q.Across && len(q.Lexemes) > 1 {
		having = acrossPassages
	}
	var limit *int
	if q.Limit > 0 {
		limit = &q.Limit
	}
	rows, err := s.reader().Query(ctx, `
		SELECT p.transcript_id::text, p.turn, t.text, to_char(p.date, 'YYYY-MM-DD'), coalesce(person.name, t.speaker), t.doubt
		FROM (
			SELECT `+distinct+` collection_id, transcript_id, turn, passage, date
			FROM open_passages AS passages
			WHERE `+conditions+` AND `+having+` AND (@within::uuid[] IS NULL OR transcript_id = ANY(@within))
			ORDER BY date, transcript_id, passage
			LIMIT @limit
		) AS p
		JOIN open_turns t USING (collection_id, transcript_id, turn)
		LEFT JOIN speaker_names n ON n.collection_id = t.collection_id AND n.name = t.speaker
		LEFT JOIN open_appearances a ON a.collection_id = t.collection_id AND a.transcript_id = t.transcript_id AND a.name = t.speaker
		LEFT JOIN speakers person ON person.collection_id = t.collection_id AND person.id = coalesce(a.speaker_id, n.speaker_id)
		ORDER BY p.date, p.transcript_id, p.passage`, conditionArgs(scope, pgx.StrictNamedArgs{"lexemes": q.Lexemes, "within": q.Within, "limit": limit}))
	if err != nil {
		return Translate(err)
	}
	var t retrieval.ContainingTurn
	_, err = pgx.ForEachRow(rows, []any{&t.TranscriptID, &t.Turn, &t.Text, &t.Date, &t.Speaker, &t.Doubt}, func() error { return each(t) })
	return Translate(err)
}

const acrossPassages = `lexemes @> ARRAY(
		SELECT lexeme FROM lexeme_frequencies
		WHERE collection_id = @collection_id AND lexeme = ANY (@lexemes)
		ORDER BY passages, lexeme LIMIT 1)
	AND (lexemes @> @lexemes OR EXISTS (
		SELECT FROM open_passages AS beside
		WHERE beside.collection_id = @collection_id AND beside.transcript_id = passages.transcript_id
		AND beside.passage IN (passages.passage - 1, passages.passage + 1) AND beside.turn = passages.turn
		AND beside.lexemes || passages.lexemes @> @lexemes))`

// WaitingTranscripts implements retrieval.Structure, by the mark alone.
func (s *Store) WaitingTranscripts(ctx context.Context, scope retrieval.Scope) (n int, err error) {
	f := scope.Filter
	err = s.reader().QueryRow(ctx, `
		SELECT count(*) FROM open_transcripts
		WHERE pending AND NOT superseded AND collection_id = @collection_id
		AND (@transcript::uuid IS NULL OR id = @transcript)
		AND (@from::date IS NULL OR date >= @from)
		AND (@to::date IS NULL OR date <= @to)`,
		pgx.StrictNamedArgs{"collection_id": scope.CollectionID, "transcript": null(f.Transcript), "from": null(f.From), "to": null(f.To)}).Scan(&n)
	return n, Translate(err)
}
