package answer

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"

	"github.com/pullquote/pullquote/internal/fault"
)

// Claim reserves an id under an idempotency key, which the client chose: what the
// request makes is made once, however often the request is repeated.
type Claim struct {
	Key    string
	Digest [sha256.Size]byte // of the request
	ID     string            // for what the request makes, if nothing is claimed under the key yet
}

// ClaimStore keeps claims for at least a day. Errors carry a code of internal/fault.
type ClaimStore interface {
	// Claim is the id that is claimed under the key, from now on or before; "invalid"
	// when it was for another request.
	Claim(ctx context.Context, c Claim) (id string, err error)
}

// once creates what a request asks for, or gets what the same request under the same
// idempotency key has created. Of two at the same time one is stored, and both get it.
func once[T any](ctx context.Context, store ClaimStore, key string, request any,
	get func(ctx context.Context, id string) (T, error), create func(id string) (T, error),
) (made T, err error) {
	encoded, err := json.Marshal(request)
	if err != nil {
		return made, fmt.Errorf("encode the request: %w", err)
	}
	digest := sha256.Sum256(fmt.Appendf(nil, "%T %s", request, encoded))
	id, err := store.Claim(ctx, Claim{key, digest, newID()})
	if err != nil {
		return made, err
	}
	made, err = get(ctx, id)
	if fault.CodeOf(err) != fault.NotFound {
		return made, err
	}
	made, err = create(id)
	if fault.CodeOf(err) != fault.Conflict {
		return made, err
	}
	if theirs, getErr := get(ctx, id); getErr == nil {
		return theirs, nil
	}
	return made, err
}
