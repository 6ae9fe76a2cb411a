package postgres

import (
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pullquote/pullquote/internal/access"
	"github.com/pullquote/pullquote/internal/fault"
)

// keyColumns are what scanKey reads.
const keyColumns = `id::text, CASE WHEN person IS NULL THEN prefix ELSE '' END, coalesce(person, ''), name, scopes, collections, created_at, expires_at, last_used_at, revoked_at, rate,
	CASE WHEN budget IS NOT NULL THEN jsonb_build_object('tokens', budget, 'period', budget_period) END,
	coalesce((SELECT tokens FROM key_tokens WHERE key_id = id AND begins = date_trunc(coalesce(budget_period, 'month'), now())::date), 0)`

func keyFields(k *access.Key) []any {
	return []any{&k.ID, &k.Prefix, &k.Person, &k.Name, &k.Scopes, &k.Collections, &k.CreatedAt, &k.ExpiresAt, &k.LastUsedAt, &k.RevokedAt, &k.Rate, &k.Budget, &k.Tokens}
}

func scanKey(row pgx.CollectableRow) (k access.Key, err error) {
	err = row.Scan(keyFields(&k)...)
	return k, err
}

// SaveKey implements access.Store. That of a person has its id for a prefix, with which no key
// begins, and no hash, which no key has.
func (s *Store) SaveKey(ctx context.Context, k access.Held) error {
	var budget *int64
	var period *access.Period
	if k.Budget != nil {
		budget, period = &k.Budget.Tokens, &k.Budget.Period
	}
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `
			INSERT INTO keys (id, prefix, hash, person, name, scopes, collections, created_at, expires_at, rate, budget, budget_period)
			VALUES ($1, $2, $3, nullif($4, ''), $5, $6, $7, $8, $9, $10, $11, $12)`,
			k.ID, cmp.Or(k.Prefix, k.ID), append([]byte{}, k.Hash...), k.Person, k.Name, k.Scopes, k.Collections, k.CreatedAt, k.ExpiresAt, k.Rate, budget, period)
		if err != nil {
			return err
		}
		return s.note(ctx, tx, access.KeyCreated, k.ID)
	})
	if err = Translate(err); k.Person != "" && fault.CodeOf(err) == fault.Conflict {
		return fault.Wrap(err, fault.Conflict, "%s has a key already; `pullquote keys list` shows it, and `pullquote keys revoke` makes room for another", k.Person)
	}
	return err
}

// KeyByPrefix implements access.Store.
func (s *Store) KeyByPrefix(ctx context.Context, prefix string) (held access.Held, err error) {
	err = s.pool.QueryRow(ctx, `SELECT hash, `+keyColumns+` FROM keys WHERE prefix = $1`, prefix).
		Scan(append([]any{&held.Hash}, keyFields(&held.Key)...)...)
	return held, Translate(err)
}

// keyOfPerson selects the id of a person's key, of whom it is given how they are named.
func keyOfPerson(name string) string {
	return `(SELECT p.id FROM keys p WHERE p.person IN (` + name + `, '` + access.Everyone + `') ORDER BY p.person = ` + name + ` DESC, p.id DESC LIMIT 1)`
}

// KeyOfPerson implements access.Store.
func (s *Store) KeyOfPerson(ctx context.Context, person string) (k access.Key, err error) {
	err = s.pool.QueryRow(ctx, `SELECT `+keyColumns+` FROM keys WHERE id = `+keyOfPerson("$1"), person).Scan(keyFields(&k)...)
	return k, Translate(err)
}

// Keys implements access.Store.
func (s *Store) Keys(ctx context.Context) ([]access.Key, error) {
	rows, err := s.pool.Query(ctx, `SELECT `+keyColumns+` FROM keys ORDER BY id`)
	if err != nil {
		return nil, Translate(err)
	}
	keys, err := pgx.CollectRows(rows, scanKey)
	return keys, Translate(err)
}

// AnyKey implements access.Store.
func (s *Store) AnyKey(ctx context.Context) (any bool, err error) {
	err = s.pool.QueryRow(ctx, `SELECT EXISTS (SELECT FROM keys)`).Scan(&any)
	return any, Translate(err)
}

// LimitKey implements access.Store. A rate begins anew: whoever waits for the former one may go on.
func (s *Store) LimitKey(ctx context.Context, id string, rate *int, budget *access.Budget) (k access.Key, err error) {
	if err := validID(id); err != nil {
		return k, unknownKey(err, id)
	}
	var tokens *int64
	var period access.Period
	if budget != nil {
		tokens, period = &budget.Tokens, budget.Period
	}
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `
			UPDATE keys SET
				rate          = CASE WHEN $2::integer IS NULL THEN rate ELSE nullif($2, 0) END,
				budget        = CASE WHEN $3::bigint IS NULL THEN budget ELSE nullif($3, 0) END,
				budget_period = CASE WHEN $3 IS NULL THEN budget_period ELSE nullif($4, '') END
			WHERE id = $1`, id, rate, tokens, period)
		if err != nil {
			return err
		}
		if rate != nil {
			if _, err := tx.Exec(ctx, `DELETE FROM key_rates WHERE key_id = $1`, id); err != nil {
				return err
			}
		}
		if err := countByMonth(ctx, tx, id); err != nil {
			return err
		}
		rows, err := tx.Query(ctx, `SELECT `+keyColumns+` FROM keys WHERE id = $1`, id)
		if err != nil {
			return err
		}
		if k, err = pgx.CollectExactlyOneRow(rows, scanKey); err != nil {
			return err
		}
		return s.note(ctx, tx, access.KeyLimited, fmt.Sprintf("%s to %s", k.ID, k.Limits()))
	})
	return k, unknownKey(Translate(err), id)
}

// countByMonth makes one number of the tokens that a key has used in the days of this month,
// unless they are counted by the day: what it has used counts for a budget of the month that it
// is given now. Of a month's tokens nobody knows which were today's, so that a budget of the
// day begins with none.
func countByMonth(ctx context.Context, tx pgx.Tx, keyID string) error {
	_, err := tx.Exec(ctx, `
		WITH days AS (
			DELETE FROM key_tokens t USING keys k
			WHERE k.id = $1 AND coalesce(k.budget_period, 'month') = 'month' AND t.key_id = k.id AND t.begins > date_trunc('month', now())
			RETURNING t.tokens)
		INSERT INTO key_tokens AS t (key_id, begins, tokens)
		SELECT $1, date_trunc('month', now()), sum(tokens) FROM days HAVING count(*) > 0
		ON CONFLICT (key_id, begins) DO UPDATE SET tokens = t.tokens + excluded.tokens`, keyID)
	return err
}

// RevokeKey implements access.Store.
func (s *Store) RevokeKey(ctx context.Context, id string) (k access.Key, err error) {
	if err := validID(id); err != nil {
		return k, unknownKey(err, id)
	}
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `SELECT `+keyColumns+` FROM keys WHERE id = $1 FOR UPDATE`, id)
		if err != nil {
			return err
		}
		if k, err = pgx.CollectExactlyOneRow(rows, scanKey); err != nil || k.RevokedAt != nil {
			return err
		}
		if err := tx.QueryRow(ctx, `UPDATE keys SET revoked_at = now() WHERE id = $1 RETURNING revoked_at`, id).Scan(&k.RevokedAt); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `DELETE FROM sessions WHERE key_id = $1`, id); err != nil {
			return err
		}
		return s.note(ctx, tx, access.KeyRevoked, k.ID)
	})
	return k, unknownKey(Translate(err), id)
}

// UseKey implements access.Store.
func (s *Store) UseKey(ctx context.Context, id string, at time.Time) error {
	_, err := s.pool.Exec(ctx, `UPDATE keys SET last_used_at = greatest(last_used_at, $2) WHERE id = $1`, id, at)
	return Translate(err)
}

// CountRequest implements access.Store by the generic cell rate algorithm: due is when the
// requests so far would have been sent at the rate, one after the other, and a request counts
// if that is not more than a minute from now. The clock is the database's, for all servers.
func (s *Store) CountRequest(ctx context.Context, id string, rate int) (wait time.Duration, err error) {
	tag, err := s.pool.Exec(ctx, `
		INSERT INTO key_rates AS r (key_id, due) VALUES ($1, now() + make_interval(secs => 60.0 / $2))
		ON CONFLICT (key_id) DO UPDATE SET due = greatest(r.due, now()) + make_interval(secs => 60.0 / $2)
		WHERE greatest(r.due, now()) + make_interval(secs => 60.0 / $2) <= now() + interval '1 minute'`, id, float64(rate))
	if err != nil || tag.RowsAffected() > 0 {
		return 0, Translate(err)
	}
	var seconds float64
	err = s.pool.QueryRow(ctx, `
		SELECT extract(epoch FROM due - now() - interval '1 minute' + make_interval(secs => 60.0 / $2))::float8 FROM key_rates WHERE key_id = $1`,
		id, float64(rate)).Scan(&seconds)
	return max(time.Duration(seconds*float64(time.Second)), time.Millisecond), Translate(err)
}

// TakeTokens implements access.TokenStore. The row is the lock under which calls of one key
// are counted one after the other.
func (s *Store) TakeTokens(ctx context.Context, keyID string, begins time.Time, tokens, limit int64) (taken bool, err error) {
	tag, err := s.pool.Exec(ctx, `
		INSERT INTO key_tokens AS t (key_id, begins, tokens) VALUES ($1, $2, $3)
		ON CONFLICT (key_id, begins) DO UPDATE SET tokens = t.tokens + excluded.tokens WHERE $4 = 0 OR t.tokens < $4`,
		keyID, begins, tokens, limit)
	return tag.RowsAffected() > 0, Translate(err)
}

// ReturnTokens implements access.TokenStore.
func (s *Store) ReturnTokens(ctx context.Context, keyID string, begins time.Time, tokens int64) error {
	_, err := s.pool.Exec(ctx, `UPDATE key_tokens SET tokens = greatest(tokens - $3, 0) WHERE key_id = $1 AND begins = $2`, keyID, begins, tokens)
	return Translate(err)
}

// SaveSession implements access.Store, and forgets those that have expired.
func (s *Store) SaveSession(ctx context.Context, hash [sha256.Size]byte, keyID, person string, expires time.Time) error {
	if _, err := s.pool.Exec(ctx, `DELETE FROM sessions WHERE expires_at <= now()`); err != nil {
		return Translate(err)
	}
	_, err := s.pool.Exec(ctx, `INSERT INTO sessions (hash, key_id, person, expires_at) VALUES ($1, $2, nullif($3, ''), $4)`, hash[:], keyID, person, expires)
	return Translate(err)
}

// KeyOfSession implements access.Store.
func (s *Store) KeyOfSession(ctx context.Context, hash [sha256.Size]byte) (k access.Key, person string, err error) {
	err = s.pool.QueryRow(ctx, `
		SELECT coalesce((SELECT s.person FROM sessions s WHERE s.hash = $1), ''), `+keyColumns+` FROM keys
		WHERE id = (SELECT CASE WHEN s.person IS NULL THEN s.key_id ELSE `+keyOfPerson("s.person")+` END FROM sessions s WHERE s.hash = $1 AND s.expires_at > now())`, hash[:]).
		Scan(append([]any{&person}, keyFields(&k)...)...)
	return k, person, Translate(err)
}

// DeleteSession implements access.Store.
func (s *Store) DeleteSession(ctx context.Context, hash [sha256.Size]byte) error {
	_, err := s.pool.Exec(ctx, `DELETE FROM sessions WHERE hash = $1`, hash[:])
	return Translate(err)
}

// unknownKey says of what a "not found" was.
func unknownKey(err error, id string) error {
	if fault.CodeOf(err) == fault.NotFound {
		return fault.Wrap(err, fault.NotFound, "there is no key %s; `pullquote keys list` shows their ids", id)
	}
	return err
}
