package postgres_test

import (
	"fmt"
	"testing"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
)

// What is claimed under a key is not claimed again, by whoever comes at the same
// time, until it is forgotten.
func TestClaim(t *testing.T) {
	t.Parallel()
	store, _ := openStore(t)
	claims := make(chan string)
	for i := range 4 {
		go func() {
			id, err := store.Claim(t.Context(), answer.Claim{Key: "k", ID: fmt.Sprintf("01900000-0000-7000-8000-00000000000%d", i)})
			if err != nil {
				id = err.Error()
			}
			claims <- id
		}()
	}
	first := <-claims
	for range 3 {
		if id := <-claims; id != first || !retrieval.ValidID(id) {
			t.Errorf("claimed %s and %s", first, id)
		}
	}
	other := answer.Claim{Key: "k", Digest: [32]byte{1}, ID: "01900000-0000-7000-8000-000000000009"}
	if _, err := store.Claim(t.Context(), other); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("another request claims under the key: %v", err)
	}
	if _, err := store.Pool().Exec(t.Context(), `UPDATE request_keys SET created_at = now() - interval '25 hours'`); err != nil {
		t.Fatal(err)
	}
	if id, err := store.Claim(t.Context(), other); err != nil || id != other.ID {
		t.Errorf("a day later another request claims %s: %v", id, err)
	}
}
