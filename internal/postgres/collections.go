package postgres

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/pullquote/pullquote/internal/access"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
)

// Collections implements retrieval.Store.
func (s *Store) Collections(ctx context.Context) ([]retrieval.Collection, error) {
	return s.describeCollections(ctx, s.reader(), nil)
}

// describeCollections are the collections that have transcripts, all or the one of the id.
// Which roles there are is asked of an index, role by role.
func (s *Store) describeCollections(ctx context.Context, db querier, id *string) ([]retrieval.Collection, error) {
	of := `t.collection_id`
	if id != nil {
		of = `@collection_id`
	}
	var roles []string
	for _, role := range model.Roles { // constants
		roles = append(roles, fmt.Sprintf(`CASE WHEN EXISTS (SELECT FROM open_passages p WHERE p.collection_id = %s AND p.role = '%s') THEN '%s' END`, of, role, role))
	}
	rows, err := db.Query(ctx, `
		SELECT c.name, count(*), sum(t.turn_count), to_char(min(t.date), 'YYYY-MM-DD'), to_char(max(t.date), 'YYYY-MM-DD'),
			array_remove(ARRAY[`+strings.Join(roles, ", ")+`], NULL)
		FROM collections c JOIN `+transcriptsOf(ctx)+` t ON t.collection_id = c.id AND NOT t.superseded
		WHERE (@collection_id::uuid IS NULL OR t.collection_id = @collection_id) AND `+grantedCollection+`
		GROUP BY t.collection_id, c.name
		ORDER BY c.name COLLATE "C"`, s.granted(ctx, pgx.StrictNamedArgs{"collection_id": id}))
	if err != nil {
		return nil, Translate(err)
	}
	collections, err := pgx.CollectRows(rows, pgx.RowToStructByPos[retrieval.Collection])
	return collections, Translate(err)
}

// lockNamed locks the collection of a name, so that nobody is storing anything in it; the id is
// noCollection where there is none. By the time that it is locked it may have another name: then the one
// that has the name is locked.
func lockNamed(ctx context.Context, tx pgx.Tx, name string) (id string, err error) {
	for {
		if id, err = collectionID(ctx, tx, name); err != nil || id == noCollection {
			return id, err
		}
		if err := lockCollection(ctx, tx, id); err != nil {
			return id, err
		}
		if still, err := collectionID(ctx, tx, name); err != nil || still == id {
			return id, err
		}
	}
}

// lockDescribed locks a collection, if the grant has it, and describes it; "not_found" where it
// has no transcripts.
func (s *Store) lockDescribed(ctx context.Context, tx pgx.Tx, name string) (id string, c retrieval.Collection, err error) {
	id = noCollection
	if s.grant(ctx).Sees(name) {
		if id, err = lockNamed(ctx, tx, name); err != nil {
			return id, c, Translate(err)
		}
	}
	found, err := s.describeCollections(access.WithEmbargoed(ctx), tx, &id)
	if err == nil && len(found) == 0 {
		err = fault.New(fault.NotFound, "there is no collection %q; list the collections to see their names", name)
	}
	if err != nil {
		return id, c, err
	}
	return id, found[0], nil
}

// RenameCollection implements retrieval.Store. The row of a collection stays when its last
// transcript is deleted: one of the new name gets the old one in exchange.
func (s *Store) RenameCollection(ctx context.Context, name, to string) (c retrieval.Collection, err error) {
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		if _, c, err = s.lockDescribed(ctx, tx, name); err != nil || name == to {
			return err
		}
		if !s.grant(ctx).Sees(to) { // whether there is one or not
			return fault.New(fault.Forbidden, "the key is for no collection %q; rename it to one of the key's, or by a key for all", to)
		}
		if _, _, err := s.lockDescribed(ctx, tx, to); fault.CodeOf(err) != fault.NotFound {
			if err == nil {
				err = fault.New(fault.Conflict, "there is a collection %q already; choose another name", to)
			}
			return err
		}
		between := uuid.NewString() // since names are unique at every moment
		for _, step := range [][2]string{{to, between}, {name, to}, {between, name}} {
			if _, err := tx.Exec(ctx, `UPDATE collections SET name = $2 WHERE name = $1`, step[0], step[1]); err != nil {
				return err
			}
		}
		for _, statement := range renameElsewhere {
			if _, err := tx.Exec(ctx, statement, name, to); err != nil {
				return err
			}
		}
		c.Name = to
		return s.note(ctx, tx, access.CollectionRenamed, name+" to "+to)
	})
	return c, Translate(err)
}

// renameElsewhere change a name where collections are named: among those that a channel of
// Slack is answered from, that a user may ask, and that a key is for, and of answers and
// conversations.
var renameElsewhere = []string{
	`UPDATE keys SET collections = array_replace(collections, $1, $2) WHERE $1 = ANY (collections)`,
	`UPDATE answers SET collection = $2 WHERE collection = $1`,
	`UPDATE conversations SET collections = array_replace(collections, $1, $2) WHERE $1 = ANY (collections)`,
	`UPDATE slack_settings SET channel = jsonb_set(channel, '{collections}', ` + renamedList("channel") + `) WHERE channel->'collections' ? $1`,
	`UPDATE slack_settings SET person = jsonb_set(person, '{collections}', ` + renamedList("person") + `) WHERE person->'collections' ? $1`,
}

func renamedList(setting string) string {
	return `(SELECT jsonb_agg(CASE name WHEN $1 THEN $2 ELSE name END ORDER BY position)
		FROM jsonb_array_elements_text(` + setting + `->'collections') WITH ORDINALITY AS c (name, position))`
}

// DeleteCollection implements retrieval.Store: all that belongs to the collection goes but its
// row, which whoever is about to store something refers to; and what answers have of it.
func (s *Store) DeleteCollection(ctx context.Context, name string) (c retrieval.Collection, err error) {
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, untimedTransaction); err != nil { // it may be all of a large record
			return err
		}
		// The names go first, as whoever stores has their rows before that of the collection.
		unlocked, err := collectionID(ctx, tx, name)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `DELETE FROM filenames WHERE collection_id = $1`, unlocked); err != nil {
			return err
		}
		id, described, err := s.lockDescribed(ctx, tx, name)
		if err != nil {
			return err
		}
		if c = described; id != unlocked {
			return fault.New(fault.Conflict, "the collection %q has been renamed in the meantime; try again", name)
		}
		var deleted []string
		err = tx.QueryRow(ctx, `
			WITH deleted AS (DELETE FROM transcripts WHERE collection_id = $1 RETURNING id)
			SELECT array_agg(id::text) FROM deleted`, id).Scan(&deleted) // with all that is of a transcript
		if err != nil {
			return err
		}
		if err := redactAnswers(ctx, tx, deleted); err != nil {
			return err
		}
		for _, statement := range []string{
			`DELETE FROM originals WHERE collection_id = $1`,
			`DELETE FROM lexeme_frequencies WHERE collection_id = $1`,
			`DELETE FROM speaker_names WHERE collection_id = $1`,
			`DELETE FROM speakers WHERE collection_id = $1`,
			`UPDATE passage_counts SET passages = 0 WHERE collection_id = $1`,
		} {
			if _, err := tx.Exec(ctx, statement, id); err != nil {
				return err
			}
		}
		return s.note(ctx, tx, access.CollectionDeleted, name)
	})
	return c, Translate(err)
}
