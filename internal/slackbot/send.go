package slackbot

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"github.com/pullquote/pullquote/internal/fault"
)

// accepted sends with Slack's citation element, or with plain links where Slack does
// not take it.
func (b *Bot) accepted(l look, send func(look) error) error {
	err := send(l)
	if l.Citations && refusedAs(err, "invalid_blocks", "invalid_blocks_format", "invalid_chunks") {
		b.plainLinks.Store(true)
		l.Citations = false
		err = send(l)
	}
	return err
}

// look is how a reply to a task is made to look.
func (b *Bot) look(t Task) look {
	return look{PublicURL: strings.TrimRight(b.PublicURL, "/"), Private: t.Private, Citations: !b.plainLinks.Load()}
}

// reply sends a message that is not an answer: to the person alone, or in the
// thread.
func (b *Bot) reply(ctx context.Context, t Task, m Message) error {
	switch {
	case t.Private && t.ResponseURL != "":
		_, _, err := b.api.PostMessageContext(ctx, t.Channel, append(b.options(t, m), slack.MsgOptionResponseURL(t.ResponseURL, slack.ResponseTypeEphemeral))...)
		if err == nil || !isRefusal(err) {
			return err
		}
		b.Log.DebugContext(ctx, "the address for the reply has expired", fault.Attr(err))
	case t.Private && isDirect(t.Channel), !t.Private:
		_, err := b.send(ctx, t, m)
		return err
	}
	if err := b.limits.wait(ctx, t.Channel); err != nil {
		return err
	}
	_, err := b.api.PostEphemeralContext(ctx, t.Channel, t.User, b.options(t, m)...)
	return err
}

// send posts a message and returns its ts; errWithdrawn where its thread is gone.
func (b *Bot) send(ctx context.Context, t Task, m Message) (ts string, err error) {
	if err := b.limits.wait(ctx, t.Channel); err != nil {
		return "", err
	}
	_, ts, posted, err := b.api.PostMessageWithResponseContext(ctx, t.Channel, b.options(t, m)...)
	switch {
	case refusedAs(err, "not_in_channel"):
		err = fault.Wrap(err, fault.Unauthorized, "Pullquote is not in this channel; write /invite @Pullquote first")
	case err == nil && t.Thread != "" && posted.ThreadTimestamp == "": // the thread is gone, and Slack posts to the channel
		if err = b.remove(ctx, t.Channel, ts); err == nil {
			err = errWithdrawn
		}
	}
	return ts, err
}

// options send a message as data: nothing in it is looked up, linked or unfurled.
func (b *Bot) options(t Task, m Message) []slack.MsgOption {
	options := []slack.MsgOption{
		slack.MsgOptionText(m.Text, false), slack.MsgOptionBlocks(m.Blocks...), slack.MsgOptionParse(false), slack.MsgOptionLinkNames(false),
		slack.MsgOptionDisableMarkdown(), slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl(), b.mark(t),
	}
	if t.Thread != "" {
		options = append(options, slack.MsgOptionTS(t.Thread))
	}
	return options
}

// mark says in a message's metadata which task it is the reply to.
func (b *Bot) mark(t Task) slack.MsgOption {
	return slack.MsgOptionMetadata(slack.SlackMetadata{EventType: "pullquote_reply", EventPayload: map[string]any{"task": t.ID}})
}

// isDirect reports whether a channel is a direct message with the bot.
func isDirect(channel string) bool { return strings.HasPrefix(channel, "D") }

// isRefusal reports whether Slack has answered that it did not do something, so
// that it surely was not done.
func isRefusal(err error) bool {
	var refused slack.SlackErrorResponse
	var busy *slack.RateLimitedError
	return errors.As(err, &refused) || errors.As(err, &busy)
}

func refusedAs(err error, codes ...string) bool {
	var refused slack.SlackErrorResponse
	return errors.As(err, &refused) && slices.Contains(codes, refused.Err)
}

// isForGood reports whether Slack will never let the bot reply there.
func isForGood(err error) bool {
	return refusedAs(err, "channel_not_found", "is_archived", "user_not_found", "user_not_in_channel", "thread_not_found", "message_not_found", "restricted_action", "ekm_access_denied")
}
