package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"

	"github.com/pullquote/pullquote/internal/access"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
)

// EditSpeaker implements retrieval.Directory. Every change to the directory of a
// collection, by an edit, an ingest or a deletion, first locks the collection.
func (s *Store) EditSpeaker(ctx context.Context, id string, edit retrieval.SpeakerEdit) (edited []retrieval.Speaker, err error) {
	if err := validID(id); err != nil {
		return nil, unknownSpeaker(err, id)
	}
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		var collection string
		err := tx.QueryRow(ctx, `SELECT collection_id FROM speakers WHERE id = @id AND `+grantedRow(""), s.granted(ctx, pgx.StrictNamedArgs{"id": id})).Scan(&collection)
		if err != nil {
			return unknownSpeaker(Translate(err), id)
		}
		if err := lockCollection(ctx, tx, collection); err != nil {
			return err
		}
		e, err := s.readEntry(ctx, tx, id)
		if err != nil {
			return unknownSpeaker(Translate(err), id)
		}
		if err := s.note(ctx, tx, access.SpeakerChanged, id); err != nil {
			return err
		}
		changed, err := editor{s, tx, e}.apply(ctx, edit)
		for _, id := range changed {
			if err != nil {
				break
			}
			var speaker retrieval.Speaker
			speaker, err = s.readSpeaker(ctx, tx, id)
			edited = append(edited, speaker)
		}
		return err
	})
	return edited, Translate(err)
}

// editor changes an entry of the directory in a transaction.
type editor struct {
	store *Store
	tx    pgx.Tx
	entry
}

// apply makes the change and returns the ids of the entries that have changed.
func (e editor) apply(ctx context.Context, edit retrieval.SpeakerEdit) (changed []string, err error) {
	switch {
	case edit.Name != "":
		return []string{e.ID}, e.rename(ctx, edit.Name)
	case len(edit.Merge) > 0:
		return []string{e.ID}, e.merge(ctx, edit.Merge)
	default:
		other, err := e.split(ctx, edit.Split)
		return []string{e.ID, other}, err
	}
}

func (e editor) rename(ctx context.Context, name string) error {
	_, err := e.tx.Exec(ctx, `UPDATE speakers SET name = $3, words = $4, edited = true WHERE collection_id = $1 AND id = $2`,
		e.collectionID, e.ID, name, notNil(retrieval.NameWords(name)))
	return err
}

// merge gives the entry all that other entries have, and removes them. An appearance
// that was set apart no longer needs to be where its name now is the entry's
// everywhere.
func (e editor) merge(ctx context.Context, others []string) error {
	if err := e.mergeable(ctx, others); err != nil {
		return err
	}
	batch := new(pgx.Batch)
	batch.Queue(`UPDATE speaker_names SET speaker_id = $2 WHERE collection_id = $1 AND speaker_id = ANY ($3)`, e.collectionID, e.ID, others)
	batch.Queue(`UPDATE appearances SET speaker_id = $2 WHERE collection_id = $1 AND speaker_id = ANY ($3)`, e.collectionID, e.ID, others)
	batch.Queue(`
		UPDATE appearances a SET speaker_id = NULL
		FROM speaker_names n
		WHERE a.collection_id = $1 AND a.speaker_id = $2 AND n.collection_id = $1 AND n.name = a.name AND n.speaker_id = $2`, e.collectionID, e.ID)
	batch.Queue(`DELETE FROM speakers WHERE collection_id = $1 AND id = ANY ($2)`, e.collectionID, others)
	batch.Queue(`UPDATE speakers SET edited = true WHERE collection_id = $1 AND id = $2`, e.collectionID, e.ID)
	return e.tx.SendBatch(ctx, batch).Close()
}

// mergeable is an error if one of the others is unknown or in another collection.
func (e editor) mergeable(ctx context.Context, others []string) error {
	for _, id := range others {
		other, err := e.store.readEntry(ctx, e.tx, id)
		if err != nil {
			return unknownSpeaker(Translate(err), id)
		}
		if other.collectionID != e.collectionID {
			return fault.New(fault.Invalid, "speaker %s is in collection %q and %s in %q; merge speakers of one collection", id, other.Collection, e.ID, e.Collection)
		}
	}
	return nil
}

// split makes an entry of a part of this one, and returns the id of the new one.
func (e editor) split(ctx context.Context, split retrieval.Split) (id string, err error) {
	holdings, err := e.holdings(ctx)
	if err != nil {
		return "", err
	}
	moved, kept, err := split.Divide(e.Name, holdings)
	if err != nil {
		return "", err
	}
	other := editor{e.store, e.tx, entry{collectionID: e.collectionID}}
	other.ID = newID()
	_, err = e.tx.Exec(ctx, `INSERT INTO speakers (collection_id, id, name, words) VALUES ($1, $2, '', '{}')`, e.collectionID, other.ID)
	if err != nil {
		return "", err
	}
	if err := e.give(ctx, other.ID, moved); err != nil {
		return "", err
	}
	if split.Name == "" {
		split.Name = retrieval.CommonName(moved)
	}
	if err := other.rename(ctx, split.Name); err != nil {
		return "", err
	}
	return other.ID, e.rename(ctx, retrieval.NameAfterSplit(e.Name, moved, kept))
}

// holdings are the names of the entry, without a transcript, and the transcripts in
// which each appears as the entry's.
func (e editor) holdings(ctx context.Context) ([]retrieval.Holding, error) {
	rows, err := e.tx.Query(ctx, `
		SELECT '', name, 0 FROM speaker_names WHERE collection_id = $1 AND speaker_id = $2
		UNION ALL
		SELECT a.transcript_id::text, a.name, a.turns
		FROM appearances a JOIN speaker_names n USING (collection_id, name)
		WHERE a.collection_id = $1 AND n.speaker_id = $2 AND a.speaker_id IS NULL
		UNION ALL
		SELECT transcript_id::text, name, turns FROM appearances WHERE collection_id = $1 AND speaker_id = $2`, e.collectionID, e.ID)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (h retrieval.Holding, err error) {
		err = row.Scan(&h.TranscriptID, &h.Name, &h.Turns)
		return h, err
	})
}

// give moves holdings of the entry to another one. A holding without a transcript
// moves the name in the whole collection, but for appearances that are set apart; one
// with a transcript sets that appearance apart.
func (e editor) give(ctx context.Context, other string, holdings []retrieval.Holding) error {
	var everywhere, names, transcripts []string
	for _, h := range holdings {
		if h.TranscriptID == "" {
			everywhere = append(everywhere, h.Name)
		} else {
			names, transcripts = append(names, h.Name), append(transcripts, h.TranscriptID)
		}
	}
	_, err := e.tx.Exec(ctx, `
		UPDATE speaker_names SET speaker_id = $2 WHERE collection_id = $1 AND name = ANY ($3)`, e.collectionID, other, everywhere)
	if err != nil {
		return err
	}
	_, err = e.tx.Exec(ctx, `
		UPDATE appearances a SET speaker_id = $2
		FROM unnest($3::uuid[], $4::text[]) AS given (transcript_id, name)
		WHERE a.collection_id = $1 AND a.transcript_id = given.transcript_id AND a.name = given.name AND NOT a.name = ANY ($5)`,
		e.collectionID, other, transcripts, names, notNil(everywhere))
	return err
}
