package slackbot

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
)

// do does a task. Its error is that of an attempt that may succeed later.
func (b *Bot) do(ctx context.Context, t Task, a Attempt) error {
	err := b.doKind(ctx, t)
	switch {
	case errors.Is(err, errWithdrawn):
		return b.takeBack(ctx, t)
	case err == nil, ctx.Err() != nil:
		return err
	case isForGood(err):
		b.Log.WarnContext(ctx, "Slack does not let the bot reply", "event", t.EventID, "task", t.ID, "channel", t.Channel, fault.Attr(err))
		return nil
	case !isUsers(err) && !a.Last:
		return err
	case !isUsers(err):
		b.Log.ErrorContext(ctx, "a task failed for good", "event", t.EventID, "task", t.ID, fault.Attr(err))
	}
	return b.tell(ctx, t, err)
}

func (b *Bot) doKind(ctx context.Context, t Task) error {
	if t.Withdrawn {
		return errWithdrawn
	}
	ctx, err := b.within(ctx, t)
	if err != nil {
		return err
	}
	switch t.Kind {
	case KindAsk:
		return b.ask(ctx, t)
	case KindCheck:
		return b.check(ctx, t)
	case KindContext:
		return b.context(ctx, t)
	case KindShare:
		return b.share(ctx, t)
	case KindExport:
		return b.export(ctx, t)
	case KindRate:
		return b.rate(ctx, t)
	case KindIngest:
		return b.ingest(ctx, t)
	case KindUnfurl:
		return b.unfurl(ctx, t)
	case KindHome:
		return b.home(ctx, t)
	case KindRetract:
		return b.retract(ctx, t)
	}
	b.Log.ErrorContext(ctx, "a task of an unknown kind is left out", "kind", t.Kind, "task", t.ID)
	return nil
}

// isUsers reports whether the person who asked can mend an error, so that trying
// again is of no use.
func isUsers(err error) bool {
	switch fault.CodeOf(err) {
	case fault.Invalid, fault.Unauthorized, fault.NotFound, fault.TooLarge, fault.Unsupported:
		return true
	}
	return false
}

// tell tells the person who asked what went wrong; who was only overheard is not
// bothered.
func (b *Bot) tell(ctx context.Context, t Task, err error) error {
	if !t.Direct {
		return nil
	}
	t.Private = true
	return b.reply(ctx, t, problemMessage(err))
}

// ask answers a question.
func (b *Bot) ask(ctx context.Context, t Task) error {
	channel, err := b.permit(ctx, t)
	if err != nil {
		return err
	}
	if channel.Private && !isDirect(t.Channel) {
		t.Private = true
	}
	if t.Text == "" || strings.EqualFold(t.Text, "help") {
		t.Private = true
		return b.reply(ctx, t, helpMessage())
	}
	if t.Bot {
		if loop, err := b.amongBots(ctx, t); err != nil || loop {
			return err
		}
	}
	p, err := b.open(ctx, t)
	if err != nil || p.state.Done {
		return err
	}
	a, err := b.answer(ctx, t, channel, p)
	if err != nil {
		return err
	}
	if !a.Answerable && channel.Quiet && !t.Direct {
		return p.end(ctx)
	}
	return p.finish(ctx, a)
}

// answer is the answer to the task's question: the one that an attempt before this
// has kept, or a new one, which is shown as it is made.
func (b *Bot) answer(ctx context.Context, t Task, channel Channel, p *post) (*answer.Answer, error) {
	a, err := b.Answers.Get(ctx, t.ID)
	if fault.CodeOf(err) == fault.NotFound {
		a, err = b.newAnswer(ctx, t, channel, p)
	}
	if err != nil {
		return nil, err
	}
	err = b.Store.SaveConversation(ctx, t.Place(), a.ConversationID)
	if fault.CodeOf(err) == fault.NotFound { // deleted meanwhile, and the answer with it
		err = nil
	}
	return a, err
}

func (b *Bot) newAnswer(ctx context.Context, t Task, channel Channel, p *post) (*answer.Answer, error) {
	conversation, err := b.Store.Conversation(ctx, t.Place())
	if err != nil {
		return nil, err
	}
	if t.Direct || !channel.Quiet {
		p.status(ctx)
	}
	req := answer.Request{ID: t.ID, Question: t.Text, ConversationID: conversation, Collections: channel.Collections, Language: channel.Language}
	a, err := b.Answers.Answer(ctx, req, p.event(ctx))
	if fault.CodeOf(err) == fault.NotFound && conversation != "" { // of collections that may not be asked any more: it begins anew
		req.ConversationID = ""
		a, err = b.Answers.Answer(ctx, req, p.event(ctx))
	}
	return a, err
}

// permit reads what the settings of a channel and of its asker allow together.
func (b *Bot) permit(ctx context.Context, t Task) (Channel, error) {
	channel, err := b.Store.Channel(ctx, t.Team, t.Channel)
	if err != nil {
		return channel, err
	}
	user, err := b.Store.User(ctx, t.Team, t.User)
	switch {
	case err != nil:
		return channel, err
	case user.Denied:
		return channel, fault.New(fault.Unauthorized, "You may not ask Pullquote here; ask an administrator of the workspace to change that.")
	case len(channel.Askers) > 0 && !slices.Contains(channel.Askers, t.User):
		return channel, fault.New(fault.Unauthorized, "In this channel only some may ask Pullquote; who may is set by `/pullquote settings`.")
	}
	channel.Collections, err = allowed(channel.Collections, user.Collections)
	return channel, err
}

// allowed are the collections of a channel that a user may ask, in the channel's
// order.
func allowed(channel, user []string) ([]string, error) {
	if len(channel) == 0 {
		channel = []string{retrieval.DefaultCollection}
	}
	if len(user) == 0 {
		return channel, nil
	}
	both := slices.DeleteFunc(slices.Clone(channel), func(c string) bool { return !slices.Contains(user, c) })
	if len(both) == 0 {
		return nil, fault.New(fault.Unauthorized, "You may not search the collections of this channel; ask an administrator of the workspace to change that.")
	}
	return both, nil
}
