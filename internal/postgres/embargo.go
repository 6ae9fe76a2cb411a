package postgres

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/access"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
)

// Whatever is read for somebody is read from the views open_… (migrations/00019_embargo.sql),
// which have nothing that is under embargo now. The tables themselves are for those who store,
// and for a context that is access.WithEmbargoed.

// wholeTranscripts have the columns of the view open_transcripts.
const wholeTranscripts = `(SELECT *, false AS partly FROM transcripts)`

// transcriptsOf are the transcripts that a context may see.
func transcriptsOf(ctx context.Context) string {
	if access.Embargoed(ctx) {
		return wholeTranscripts
	}
	return `open_transcripts`
}

// turnsOf are the turns that a context may see.
func turnsOf(ctx context.Context) string {
	if access.Embargoed(ctx) {
		return `turns`
	}
	return `open_turns`
}

// embargoes are what is under embargo of transcript t, in the collection @collection_id: itself, and its turns. The view has
// none of either.
const embargoes = `coalesce(embargo_text(CASE WHEN t.embargo > now() THEN t.embargo END), ''),
	CASE WHEN t.turns_embargo > now() THEN (
		SELECT coalesce(jsonb_agg(jsonb_build_object('turn', u.turn, 'embargo', embargo_text(u.embargo)) ORDER BY u.turn), '[]')
		FROM turns u WHERE u.collection_id = @collection_id AND u.transcript_id = t.id AND u.embargo > now())
	ELSE '[]' END`

// Embargo implements retrieval.Writer. The row of the collection is locked, as by whoever
// stores a new version.
func (s *Store) Embargo(ctx context.Context, id string, turn *int, until retrieval.Embargo) (r retrieval.StoredTranscript, err error) {
	if err := validID(id); err != nil {
		return r, err
	}
	ctx = access.WithEmbargoed(ctx)
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		var document, current string
		collection, err := s.collectionOf(ctx, tx, id)
		if err != nil {
			return err
		}
		err = tx.QueryRow(ctx, `SELECT t.document, `+currentID+` FROM transcripts t WHERE t.collection_id = @collection_id AND t.id = @id`,
			pgx.StrictNamedArgs{"collection_id": collection, "id": id}).Scan(&document, &current)
		if err != nil {
			return err
		}
		if err := lockCollection(ctx, tx, collection); err != nil {
			return err
		}
		e := embargoer{tx, collection}
		if turn == nil {
			err = e.whole(ctx, document, until)
		} else if current != id {
			err = fault.New(fault.Conflict, "the transcript %s has been replaced by %s; embargo a turn of that", id, current)
		} else {
			err = e.turn(ctx, document, id, *turn, until)
		}
		if err != nil {
			return err
		}
		act, subject := access.TranscriptEmbargoed, id
		if turn != nil {
			subject += " turn " + strconv.Itoa(*turn)
		}
		if until == "" {
			act = access.EmbargoLifted
		} else {
			subject += " until " + string(until)
		}
		return s.note(ctx, tx, act, subject)
	})
	if err != nil {
		return r, unknownTranscript(Translate(err), id)
	}
	return s.Get(ctx, id)
}

// embargoer sets embargoes in a transaction that has locked the collection's row.
type embargoer struct {
	tx         pgx.Tx
	collection string
}

// timestamp is an embargo as Postgres takes it; null for none.
func timestamp(until retrieval.Embargo) *string {
	if until == retrieval.ForGood {
		return null("infinity")
	}
	return null(string(until))
}

// whole embargoes all versions of a transcript.
func (e embargoer) whole(ctx context.Context, document string, until retrieval.Embargo) error {
	_, err := e.tx.Exec(ctx, `UPDATE transcripts SET embargo = $3::text::timestamptz, embargoed_at = now() WHERE collection_id = $1 AND document = $2`,
		e.collection, document, timestamp(until))
	if err != nil {
		return err
	}
	return e.copy(ctx, document)
}

// turn embargoes a turn of the newest version, and what stands in its place in the others.
func (e embargoer) turn(ctx context.Context, document, id string, turn int, until retrieval.Embargo) error {
	tag, err := e.tx.Exec(ctx, `UPDATE turns SET embargo = $4::text::timestamptz WHERE collection_id = $1 AND transcript_id = $2 AND turn = $3`,
		e.collection, id, turn, timestamp(until))
	if err == nil && tag.RowsAffected() == 0 {
		err = fault.New(fault.NotFound, "the transcript %s has no turn %d", id, turn)
	}
	if err != nil {
		return err
	}
	if _, err := e.tx.Exec(ctx, `UPDATE transcripts SET embargoed_at = now() WHERE collection_id = $1 AND document = $2`, e.collection, document); err != nil {
		return err
	}
	others, err := readIDs(ctx, e.tx, `SELECT id::text FROM transcripts WHERE collection_id = $1 AND document = $2 AND id <> $3`, e.collection, document, id)
	if err != nil {
		return err
	}
	for _, other := range others {
		if err := e.carry(ctx, id, other, false); err != nil {
			return err
		}
	}
	return e.copy(ctx, document)
}

// carry gives the turns of one version, which is of another file or not, the embargoes that those
// of another have.
func (e embargoer) carry(ctx context.Context, from, to string, another bool) error {
	former, err := e.turns(ctx, from)
	if err != nil {
		return err
	}
	next, err := e.turns(ctx, to)
	if err != nil {
		return err
	}
	var turns []int
	var until []string
	for i, embargo := range retrieval.CarryEmbargoes(former, next, another) {
		if embargo != "" {
			turns, until = append(turns, next[i].Turn), append(until, *timestamp(embargo))
		}
	}
	_, err = e.tx.Exec(ctx, `
		UPDATE turns t SET embargo = given.embargo
		FROM turns u LEFT JOIN unnest($3::int[], $4::text[]::timestamptz[]) AS given (turn, embargo) ON given.turn = u.turn
		WHERE t.collection_id = $1 AND t.transcript_id = $2 AND u.collection_id = $1 AND u.transcript_id = $2 AND u.turn = t.turn
		AND t.embargo IS DISTINCT FROM given.embargo`, e.collection, to, notNil(turns), notNil(until))
	return err
}

// turns are those of a version with their embargoes, those that have ended included.
func (e embargoer) turns(ctx context.Context, id string) ([]retrieval.EmbargoedText, error) {
	rows, err := e.tx.Query(ctx, `
		SELECT turn, text, coalesce(embargo_text(embargo), '') FROM turns WHERE collection_id = $1 AND transcript_id = $2 ORDER BY turn`, e.collection, id)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[retrieval.EmbargoedText])
}

// copy writes the embargoes of a transcript, in all versions, and of its turns to the rows that
// have a copy of them.
func (e embargoer) copy(ctx context.Context, document string) error {
	for _, statement := range []string{
		`UPDATE transcripts d SET turns_embargo = u.latest
		FROM (
			SELECT d.id, (SELECT max(embargo) FROM turns u WHERE u.collection_id = d.collection_id AND u.transcript_id = d.id) AS latest
			FROM transcripts d WHERE d.collection_id = $1 AND d.document = $2
		) AS u
		WHERE d.collection_id = $1 AND d.id = u.id AND d.turns_embargo IS DISTINCT FROM u.latest`,
		`UPDATE passages p SET embargo = greatest(d.embargo, u.embargo)
		FROM transcripts d JOIN turns u ON u.collection_id = d.collection_id AND u.transcript_id = d.id
		WHERE d.collection_id = $1 AND d.document = $2 AND p.collection_id = $1 AND p.transcript_id = d.id AND p.turn = u.turn
		AND p.embargo IS DISTINCT FROM greatest(d.embargo, u.embargo)`,
		`UPDATE embeddings p SET embargo = greatest(d.embargo, u.embargo)
		FROM transcripts d JOIN turns u ON u.collection_id = d.collection_id AND u.transcript_id = d.id
		WHERE d.collection_id = $1 AND d.document = $2 AND p.collection_id = $1 AND p.transcript_id = d.id AND p.turn = u.turn
		AND p.embargo IS DISTINCT FROM greatest(d.embargo, u.embargo)`,
		`UPDATE appearances a SET embargo = greatest(d.embargo, nullif(u.earliest, '-infinity')), turns_embargo = u.latest
		FROM transcripts d, LATERAL (
			SELECT speaker, min(coalesce(embargo, '-infinity')) AS earliest, max(embargo) AS latest
			FROM turns WHERE collection_id = d.collection_id AND transcript_id = d.id GROUP BY speaker
		) AS u
		WHERE d.collection_id = $1 AND d.document = $2 AND a.collection_id = $1 AND a.transcript_id = d.id AND a.name = u.speaker`,
	} {
		if _, err := e.tx.Exec(ctx, statement, e.collection, document); err != nil {
			return err
		}
	}
	return nil
}

// embargo gives the transcripts that were written the embargo that they come with, and to new
// versions those of the version before. By now the collection is locked.
func (w *writer) embargo(ctx context.Context) error {
	e := embargoer{w.tx, w.collection}
	for _, entry := range w.entries {
		until, replaces := entry.prepared.Embargo, entry.prepared.Replaces
		if !entry.created || replaces == "" && until == "" {
			continue
		}
		document := entry.id // of a first version
		if replaces != "" {
			var former *string
			var embargoed, another bool
			err := w.tx.QueryRow(ctx, `
				SELECT document, embargo_text(embargo), embargo IS NOT NULL OR turns_embargo IS NOT NULL, sha256 <> $3
				FROM transcripts WHERE collection_id = $1 AND id = $2`, w.collection, replaces, entry.sha256).Scan(&document, &former, &embargoed, &another)
			if err != nil {
				return err
			}
			if !embargoed && until == "" {
				continue
			}
			if embargoed {
				if err := e.carry(ctx, replaces, entry.id, another); err != nil {
					return err
				}
			}
			if former != nil && (until == "" || !w.store.grant(ctx).May(access.Admin)) { // who may not lift it may prolong it
				until = until.OrLater(retrieval.Embargo(*former))
			}
		}
		if err := e.whole(ctx, document, until); err != nil {
			return err
		}
		if entry.prepared.Embargo != "" {
			subject := entry.id + " until " + string(until)
			if entry.prepared.Namesake {
				subject += ", as a file of its name is"
			}
			if err := w.store.note(ctx, w.tx, access.TranscriptEmbargoed, subject); err != nil {
				return err
			}
		}
	}
	return nil
}

// closeAnswers takes out of answers that were read what is under embargo now. It is done at each
// reading, so that the words are there again when the embargo ends.
func (s *Store) closeAnswers(ctx context.Context, answers ...*answer.Answer) error {
	ids := make([]string, len(answers))
	for i, a := range answers {
		ids[i] = a.ID
	}
	rows, err := s.pool.Query(ctx, `
		SELECT a.id::text, found.transcript::text, a.created_at FROM answers a, unnest(a.transcripts) AS found (transcript) WHERE a.id = ANY ($1::uuid[])`, ids)
	if err != nil {
		return Translate(err)
	}
	type made struct {
		id string
		at time.Time
	}
	of := map[string][]made{} // transcripts
	var m made
	var transcript string
	_, err = pgx.ForEachRow(rows, []any{&m.id, &transcript, &m.at}, func() error {
		of[transcript] = append(of[transcript], m)
		return nil
	})
	if err != nil || len(of) == 0 {
		return Translate(err)
	}
	rows, err = s.pool.Query(ctx, `SELECT transcript_id::text, turn, embargoed_at FROM closed_turns WHERE transcript_id = ANY ($1::uuid[])`, slices.Collect(maps.Keys(of)))
	if err != nil {
		return Translate(err)
	}
	closed := map[string]*answer.Closed{}
	var turn *int
	var embargoed *time.Time
	_, err = pgx.ForEachRow(rows, []any{&transcript, &turn, &embargoed}, func() error {
		for _, m := range of[transcript] {
			c := cmp.Or(closed[m.id], &answer.Closed{})
			c.Add(transcript, turn, embargoed == nil || !embargoed.Before(m.at))
			closed[m.id] = c
		}
		return nil
	})
	for _, a := range answers {
		if c := closed[a.ID]; c != nil {
			a.Close(*c)
		}
	}
	return Translate(err)
}
