// Package access says who may do what in the record: the grants that requests act under,
// and the keys that carry them.
//
// A collection is the unit of permission. A Grant travels in the context from the door
// through which a request came to the store, which puts its collections into every
// statement: what lies outside is as if it were not there. A context without a grant sees
// nothing in a store that serves others (postgres.Store.Guarded), so that a forgotten check
// shows nothing and not everything.
//
// The operator, who runs the program on the command line, may do everything.
package access

import (
	"context"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/internal/fault"
)

// Scope is what may be done within the collections of a grant. None contains another: a key
// that only adds files cannot read them.
type Scope string

const (
	Read  Scope = "read"  // search, ask, read, export
	Write Scope = "write" // add, mend and delete transcripts, conversations and answers
	Admin Scope = "admin" // rename and delete collections; see, set and lift embargoes
)

// Scopes are all of them.
func Scopes() []Scope { return []Scope{Read, Write, Admin} }

// DefaultCollection is meant where no collection is named.
const DefaultCollection = "default"

// Grant is what somebody may do. The zero value is nothing.
type Grant struct {
	Holder      string // the key, by its id, or OperatorName or SlackName
	Name        string // of the key, for people
	Person      string // who acts under it, where a proxy or a provider says so
	Scopes      []Scope
	All         bool     // every collection, also those to come
	Collections []string // else these, by name
	Limits      Limits
}

// Operator is the grant of whoever runs the program.
func Operator() Grant { return Grant{Holder: OperatorName, Scopes: Scopes(), All: true} }

// Those who act without a key.
const (
	OperatorName  = "operator"
	SlackName     = "slack"
	RetentionName = "retention" // what removes what is old
)

// By is who acts: the holder, with the person if one is known.
func (g Grant) By() string {
	if g.Person == "" {
		return g.Holder
	}
	return g.Holder + " " + g.Person
}

// May reports whether a grant has a scope.
func (g Grant) May(s Scope) bool { return slices.Contains(g.Scopes, s) }

// Sees reports whether a grant has a collection.
func (g Grant) Sees(collection string) bool {
	return g.All || slices.Contains(g.Collections, collection)
}

// Reach is "not_found" for a collection that a grant does not have, whether there is one or
// not.
func (g Grant) Reach(collection string) error {
	if g.Sees(collection) {
		return nil
	}
	return fault.New(fault.NotFound, "there is no collection %q for you; name one of %s", collection, strings.Join(g.Collections, ", "))
}

// Require is "forbidden" without a scope.
func (g Grant) Require(s Scope) error {
	if g.May(s) {
		return nil
	}
	has := make([]string, len(g.Scopes))
	for i, s := range g.Scopes {
		has[i] = string(s)
	}
	return fault.New(fault.Forbidden, "this needs the scope %s, and the key has %s; use another key", s, strings.Join(has, ", "))
}

type contextKey struct{}

// In is a context under the grant.
func (g Grant) In(ctx context.Context) context.Context {
	return context.WithValue(ctx, contextKey{}, g)
}

// Of is the grant of a context.
func Of(ctx context.Context) (g Grant, ok bool) {
	g, ok = ctx.Value(contextKey{}).(Grant)
	return g, ok
}

// Collection is the one that is meant where none is named: the default one, or the only one
// of a grant.
func Collection(ctx context.Context) string {
	if g, ok := Of(ctx); ok && len(g.Collections) == 1 && !g.Sees(DefaultCollection) {
		return g.Collections[0]
	}
	return DefaultCollection
}
