package postgres

import (
	"context"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/access"
	"github.com/pullquote/pullquote/internal/fault"
)

// Claim implements answer.ClaimStore. The keys of requests are each API key's own. Where the key is taken, the update changes
// nothing; it is there because only an update returns the row that it meets.
func (s *Store) Claim(ctx context.Context, c answer.Claim) (id string, err error) {
	key := c.Key
	if g := s.grant(ctx); g.Holder != access.OperatorName {
		key = g.By() + "/" + c.Key
	}
	if _, err := s.pool.Exec(ctx, `DELETE FROM request_keys WHERE created_at < now() - interval '1 day'`); err != nil {
		return "", Translate(err)
	}
	var same bool
	err = s.pool.QueryRow(ctx, `
		INSERT INTO request_keys (key, digest, id) VALUES ($1, $2, $3)
		ON CONFLICT (key) DO UPDATE SET key = excluded.key
		RETURNING id::text, digest = $2`, key, c.Digest[:], c.ID).Scan(&id, &same)
	switch {
	case err != nil:
		return "", Translate(err)
	case !same:
		return "", fault.New(fault.Invalid, "the key %q was used for another request; choose a new one for each", c.Key)
	}
	return id, nil
}
