package postgres

import (
	"github.com/google/uuid"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
)

// null is s, or NULL where s is empty.
func null(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// notNil is the list, or an empty one where it is nil, which would be NULL.
func notNil[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// newID makes a UUIDv7: ids are in the order of time.
func newID() string { return uuid.Must(uuid.NewV7()).String() }

// validID says that there can be nothing by an id that is not a UUID.
func validID(id string) error {
	if !retrieval.ValidID(id) {
		return fault.New(fault.NotFound, "there is nothing by the id %q", id)
	}
	return nil
}
