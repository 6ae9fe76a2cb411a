package slackbot

import (
	"context"

	"github.com/pullquote/pullquote/internal/fault"
)

// errWithdrawn says that nobody waits for a reply any more: the message that asked, or
// its thread, is gone.
var errWithdrawn = fault.New(fault.NotFound, "the message has been deleted")

// wanting checks that a task's message is still there, before something is posted. Who
// deleted a question does not want it answered, and the reply to a thread that is gone
// would stand in the channel.
func (b *Bot) wanting(ctx context.Context, t Task) error {
	withdrawn, err := b.Store.Withdrawn(ctx, t.ID)
	if err == nil && withdrawn {
		return errWithdrawn
	}
	return err
}

// takeBack deletes what there is of the reply to a task.
func (b *Bot) takeBack(ctx context.Context, t Task) error {
	state, err := b.Store.Reply(ctx, t.ID)
	if err != nil || state.TS == "" {
		return err
	}
	return b.remove(ctx, t.Channel, state.TS)
}

// retract deletes the replies in a thread that is gone.
func (b *Bot) retract(ctx context.Context, t Task) error {
	replies, err := b.Store.Replies(ctx, t.Place())
	for _, ts := range replies {
		if err := b.remove(ctx, t.Channel, ts); err != nil {
			return err
		}
	}
	return err
}

// remove deletes a message of the bot's, if it is there.
func (b *Bot) remove(ctx context.Context, channel, ts string) error {
	_, _, err := b.api.DeleteMessageContext(ctx, channel, ts)
	if refusedAs(err, "message_not_found", "channel_not_found", "is_archived") {
		return nil
	}
	return err
}
