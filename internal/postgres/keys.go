package postgres

import (
	"context"
	"crypto/sha256"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pullquote/pullquote/internal/access"
	"github.com/pullquote/pullquote/internal/fault"
)

// keyColumns are what scanKey reads.
const keyColumns = `id::text, prefix, name, scopes, collections, created_at, expires_at, last_used_at, revoked_at`

func keyFields(k *access.Key) []any {
	return []any{&k.ID, &k.Prefix, &k.Name, &k.Scopes, &k.Collections, &k.CreatedAt, &k.ExpiresAt, &k.LastUsedAt, &k.RevokedAt}
}

func scanKey(row pgx.CollectableRow) (k access.Key, err error) {
	err = row.Scan(keyFields(&k)...)
	return k, err
}

// SaveKey implements access.Store.
func (s *Store) SaveKey(ctx context.Context, k access.Held) error {
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `
			INSERT INTO keys (id, prefix, hash, name, scopes, collections, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
			k.ID, k.Prefix, k.Hash, k.Name, k.Scopes, k.Collections, k.CreatedAt, k.ExpiresAt)
		if err != nil {
			return err
		}
		return s.note(ctx, tx, access.KeyCreated, k.ID)
	})
	return Translate(err)
}

// KeyByPrefix implements access.Store.
func (s *Store) KeyByPrefix(ctx context.Context, prefix string) (held access.Held, err error) {
	err = s.pool.QueryRow(ctx, `SELECT hash, `+keyColumns+` FROM keys WHERE prefix = $1`, prefix).
		Scan(append([]any{&held.Hash}, keyFields(&held.Key)...)...)
	return held, Translate(err)
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
		return s.note(ctx, tx, access.KeyRevoked, id)
	})
	return k, unknownKey(Translate(err), id)
}

// UseKey implements access.Store.
func (s *Store) UseKey(ctx context.Context, id string, at time.Time) error {
	_, err := s.pool.Exec(ctx, `UPDATE keys SET last_used_at = greatest(last_used_at, $2) WHERE id = $1`, id, at)
	return Translate(err)
}

// SaveSession implements access.Store, and forgets those that have expired.
func (s *Store) SaveSession(ctx context.Context, hash [sha256.Size]byte, keyID string, expires time.Time) error {
	if _, err := s.pool.Exec(ctx, `DELETE FROM sessions WHERE expires_at <= now()`); err != nil {
		return Translate(err)
	}
	_, err := s.pool.Exec(ctx, `INSERT INTO sessions (hash, key_id, expires_at) VALUES ($1, $2, $3)`, hash[:], keyID, expires)
	return Translate(err)
}

// KeyOfSession implements access.Store.
func (s *Store) KeyOfSession(ctx context.Context, hash [sha256.Size]byte) (k access.Key, err error) {
	err = s.pool.QueryRow(ctx, `
		SELECT `+keyColumns+` FROM keys WHERE id = (SELECT key_id FROM sessions s WHERE s.hash = $1 AND s.expires_at > now())`, hash[:]).Scan(keyFields(&k)...)
	return k, Translate(err)
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
