package postgres

import (
	"github.com/google/uuid"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
)

// null is an absent value where s is empty.
func null(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func notNil[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

func newID() string { return uuid.Must(uuid.NewV7()).String() }

func validID(id string) error {
	if !retrieval.ValidID(id) {
		return fault.New(fault.NotFound, "there is nothing by the id %q", id)
	}
	return nil
}
