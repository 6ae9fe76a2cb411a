package slackbot

import (
	"context"
	"slices"

	"github.com/pullquote/pullquote/internal/access"
	"github.com/pullquote/pullquote/internal/fault"
)

// within is a context under the grant of a task: the collections that its channel is answered
// from, as far as its person may ask them: who sees a message in a channel may not be allowed
// to. The store keeps to it, whatever the task names.
func (b *Bot) within(ctx context.Context, t Task) (context.Context, error) {
	grant := access.Grant{Holder: access.SlackName, Scopes: []access.Scope{access.Read}}
	channel, err := b.permit(ctx, t)
	switch {
	case err != nil && fault.CodeOf(err) == fault.Unauthorized && (t.Kind == KindHome || t.Kind == KindUnfurl):
		return grant.In(ctx), nil // they show nothing, in a way of their own
	case err != nil:
		return nil, err
	}
	grant.Collections = channel.Collections
	if t.Kind == KindIngest && channel.Ingest != "" {
		grant.Scopes = append(grant.Scopes, access.Write)
		grant.Collections = append(slices.Clone(grant.Collections), channel.Ingest)
	}
	return grant.In(ctx), nil
}
