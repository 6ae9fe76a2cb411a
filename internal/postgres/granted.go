package postgres

import (
	"context"
	"maps"

	"github.com/jackc/pgx/v5"

	"github.com/pullquote/pullquote/internal/access"
)

// Guarded is the same store for those who serve others: a context without a grant sees
// nothing in it, while in the store itself it has the operator's.
func (s *Store) Guarded() *Store {
	guarded := *s
	guarded.unsaid = access.Grant{}
	return &guarded
}

// grant is what may be done in a context.
func (s *Store) grant(ctx context.Context) access.Grant {
	if g, ok := access.Of(ctx); ok {
		return g
	}
	return s.unsaid
}

// The conditions by which statements keep to the collections of a grant, whose values are
// those of granted. Every statement that is led to its rows by a name or an id from outside,
// or by none, has one of them. The others are led by a retrieval.Scope or a row that such a
// statement has found. Plans are made for the values: where everything may be seen the planner
// drops them.
const (
	// grantedCollection holds for a collection c.
	grantedCollection = `(@everything OR c.name = ANY (@granted))`
	// grantedConversation holds for a conversation c: it belongs to the collections of its
	// answers, since each may lean on the questions before; without answers to those that
	// whoever began it could see. What has null belongs to whoever sees everything.
	grantedConversation = `(@everything OR CASE
		WHEN EXISTS (SELECT FROM answers a WHERE a.conversation_id = c.id)
		THEN NOT EXISTS (SELECT FROM answers a WHERE a.conversation_id = c.id AND (a.collection = ANY (@granted)) IS NOT TRUE)
		ELSE c.collections <@ @granted
	END)`
	// grantedAnswer holds for an answer, which is seen with its conversation.
	grantedAnswer = `(@everything OR conversation_id IN (SELECT c.id FROM conversations c WHERE ` + grantedConversation + `))`
)

// grantedRow holds for a row of a collection, in a table by a name with a point behind, or in
// the only one.
func grantedRow(table string) string {
	return `(@everything OR ` + table + `collection_id IN (SELECT id FROM collections WHERE name = ANY (@granted)))`
}

// granted are the values of those conditions beside a statement's own. Values are strict: a
// statement that leaves its condition out fails.
func (s *Store) granted(ctx context.Context, own pgx.StrictNamedArgs) pgx.StrictNamedArgs {
	g := s.grant(ctx)
	args := pgx.StrictNamedArgs{"everything": g.All, "granted": notNil(g.Collections)}
	maps.Copy(args, own)
	return args
}
