package slackbot

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	"github.com/slack-go/slack"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/pause"
)

const (
	// settleTime is what a request of a process that died may still need to take
	// effect in Slack.
	settleTime = 2 * time.Second
	// clockSkew between Slack and this machine, at most, in looking for a reply.
	clockSkew = 2 * time.Minute
)

// post is the message of a reply in the making. There is one for each task,
// whatever happens: Reply says how far it has come.
type post struct {
	bot       *Bot
	task      Task
	state     Reply
	look      look
	citations []answer.Citation // told so far
	budget    budget
	streaming bool          // Slack shows what is appended
	shown     string        // of the answer's text
	waiting   []slack.Block // that Slack was not ready to take
}

// open finds how far the reply to a task has come. Where a process died as it
// posted the message, the message is looked for.
func (b *Bot) open(ctx context.Context, t Task) (*post, error) {
	state, err := b.Store.Reply(ctx, t.ID)
	p := &post{bot: b, task: t, state: state, look: b.look(t)}
	if err != nil || t.Private || state.Begun.IsZero() || state.TS != "" {
		return p, err
	}
	if err := pause.For(ctx, settleTime-time.Since(state.Begun)); err != nil {
		return p, err
	}
	ts, err := b.orphan(ctx, t, state.Begun)
	if err != nil || ts == "" {
		return p, err
	}
	return p, p.save(ctx, func(r *Reply) { r.TS = ts })
}

// orphan finds a message of the bot's in the thread that may be the reply to a task:
// it says so, or it is a stream that was not ended, which cannot say whose it is.
func (b *Bot) orphan(ctx context.Context, t Task, begun time.Time) (ts string, err error) {
	self, err := b.userID(ctx)
	if err != nil {
		return "", err
	}
	known, err := b.Store.Replies(ctx, t.Place())
	if err != nil {
		return "", err
	}
	messages, err := b.since(ctx, t, begun.Add(-clockSkew))
	for _, m := range messages {
		if m.User != self || len(m.Files) > 0 || slices.Contains(known, m.Timestamp) {
			continue
		}
		if task, ok := m.Metadata.EventPayload["task"]; !ok || task == t.ID {
			return m.Timestamp, nil
		}
	}
	return "", err
}

// since are the messages of a thread, or of a channel, from a time on.
func (b *Bot) since(ctx context.Context, t Task, from time.Time) (all []slack.Message, err error) {
	oldest := strconv.FormatInt(from.Unix(), 10) + ".000000"
	for cursor, more := "", true; more; {
		var messages []slack.Message
		if t.Thread == "" {
			var page *slack.GetConversationHistoryResponse
			page, err = b.api.GetConversationHistoryContext(ctx, &slack.GetConversationHistoryParameters{
				ChannelID: t.Channel, Oldest: oldest, Cursor: cursor, IncludeAllMetadata: true,
			})
			if err == nil {
				messages, more, cursor = page.Messages, page.HasMore, page.ResponseMetaData.NextCursor
			}
		} else {
			messages, more, cursor, err = b.api.GetConversationRepliesContext(ctx, &slack.GetConversationRepliesParameters{
				ChannelID: t.Channel, Timestamp: t.Thread, Oldest: oldest, Cursor: cursor, IncludeAllMetadata: true,
			})
		}
		if err != nil {
			return nil, err
		}
		all = append(all, messages...)
	}
	return all, nil
}

// save keeps how far the reply has come.
func (p *post) save(ctx context.Context, change func(*Reply)) error {
	change(&p.state)
	return p.bot.Store.SaveReply(ctx, p.task, p.state)
}

// status shows that the bot is at work, where Slack can show it.
func (p *post) status(ctx context.Context) {
	if p.task.Thread == "" || p.task.Private {
		return
	}
	err := p.bot.quick.SetAssistantThreadsStatusContext(ctx, slack.AssistantThreadsSetStatusParameters{
		ChannelID: p.task.Channel, ThreadTS: p.task.Thread, Status: "is looking through the record…",
	})
	if err != nil {
		p.bot.Log.DebugContext(ctx, "no status is shown", fault.Attr(err))
	}
}

// event shows the statements of an answer as they are told. They have been verified
// by then.
func (p *post) event(ctx context.Context) func(answer.Event) error {
	return func(e answer.Event) error {
		switch e := e.(type) {
		case answer.Cited:
			p.citations = append(p.citations, e.Citation)
		case answer.Delta:
			if !e.Declines {
				return p.statement(ctx, e.Text)
			}
		}
		return nil
	}
}

// statement shows a statement, if the answer is streamed. The first begins the
// message.
func (p *post) statement(ctx context.Context, text string) error {
	if p.task.Private || p.task.Thread == "" || p.bot.unstreamed.Load() || !p.streaming && (p.shown != "" || p.state.TS != "") {
		p.shown += text
		return nil
	}
	p.shown += text
	p.waiting = append(p.waiting, p.budget.statement(p.task.ID, text, p.citations, p.look)...)
	switch {
	case len(p.waiting) == 0:
		return nil
	case p.streaming:
		return p.more(ctx)
	}
	return p.begin(ctx)
}

// begin begins a streamed message. Where Slack has none here, or none at the moment,
// the answer is posted when it is whole.
func (p *post) begin(ctx context.Context) error {
	if err := p.bot.wanting(ctx, p.task); err != nil {
		return err
	}
	if err := p.save(ctx, func(r *Reply) { r.Begun = time.Now() }); err != nil {
		return err
	}
	if err := p.bot.limits.wait(ctx, p.task.Channel); err != nil {
		return err
	}
	_, ts, err := p.bot.quick.StartStreamContext(ctx, p.task.Channel, slack.MsgOptionTS(p.task.Thread),
		slack.MsgOptionRecipientTeamID(p.task.Team), slack.MsgOptionRecipientUserID(p.task.User),
		slack.MsgOptionChunks(slack.NewBlocksChunk(p.waiting...)))
	switch {
	case err == nil:
		p.streaming, p.waiting = true, nil
		return p.save(ctx, func(r *Reply) { r.TS = ts })
	case !isRefusal(err):
		return err // no answer came: the stream may have begun all the same
	}
	if refusedAs(err, "unknown_method", "not_allowed_token_type", "missing_scope") {
		p.bot.unstreamed.Store(true)
	}
	p.bot.Log.DebugContext(ctx, "the answer is not streamed", fault.Attr(err))
	return nil
}

// more appends the waiting blocks to the stream. After a rate limit they wait for the
// next call. Where Slack refuses them, the stream is given up: finish replaces the
// message by the whole answer.
func (p *post) more(ctx context.Context) error {
	if err := p.bot.wanting(ctx, p.task); err != nil {
		return err
	}
	_, _, err := p.bot.quick.AppendStreamContext(ctx, p.task.Channel, p.state.TS, slack.MsgOptionChunks(slack.NewBlocksChunk(p.waiting...)))
	var busy *slack.RateLimitedError
	switch {
	case err == nil:
		p.waiting = nil
	case errors.As(err, &busy):
	case isRefusal(err):
		p.streaming = false
	default:
		return err
	}
	return nil
}

// finish completes the message: the footer of a stream that shows the whole answer,
// or else the whole.
func (p *post) finish(ctx context.Context, a *answer.Answer) error {
	if err := p.bot.wanting(ctx, p.task); err != nil {
		return err
	}
	if p.streaming && p.shown == a.Text {
		err := p.stop(ctx, a)
		if err == nil {
			return p.end(ctx)
		}
		if !isRefusal(err) {
			return err
		}
	}
	switch {
	case p.task.Private:
		err := p.bot.accepted(p.look, func(l look) error { return p.bot.reply(ctx, p.task, answerMessage(a, l)) })
		if err != nil {
			return err
		}
	case p.state.TS != "":
		if err := p.replace(ctx, a); err != nil {
			return err
		}
	default:
		if err := p.whole(ctx, func(l look) Message { return answerMessage(a, l) }); err != nil {
			return err
		}
	}
	return p.end(ctx)
}

// stop ends a stream with its footer.
func (p *post) stop(ctx context.Context, a *answer.Answer) error {
	options := []slack.MsgOption{slack.MsgOptionBlocks(footer(a, p.look)...), p.bot.mark(p.task)}
	if len(p.waiting) > 0 {
		options = append(options, slack.MsgOptionChunks(slack.NewBlocksChunk(p.waiting...)))
	}
	_, _, err := p.bot.api.StopStreamContext(ctx, p.task.Channel, p.state.TS, options...)
	return err
}

// replace updates the message to the whole answer. What it shows so far is of an
// earlier attempt, or of a model's reply that was withdrawn.
func (p *post) replace(ctx context.Context, a *answer.Answer) error {
	_, _, err := p.bot.api.StopStreamContext(ctx, p.task.Channel, p.state.TS)
	if err != nil && !isRefusal(err) { // it is no stream, or one that has ended
		return err
	}
	return p.bot.accepted(p.look, func(l look) error {
		if err := p.bot.limits.wait(ctx, p.task.Channel); err != nil {
			return err
		}
		_, _, _, err := p.bot.api.UpdateMessageContext(ctx, p.task.Channel, p.state.TS, p.bot.options(p.task, answerMessage(a, l))...)
		return err
	})
}

// say posts a message that is not an answer, once.
func (p *post) say(ctx context.Context, message func(look) Message) error {
	err := p.bot.wanting(ctx, p.task)
	switch {
	case err != nil:
	case p.task.Private:
		err = p.bot.accepted(p.look, func(l look) error { return p.bot.reply(ctx, p.task, message(l)) })
	case p.state.TS == "":
		err = p.whole(ctx, message)
	}
	if err != nil {
		return err
	}
	return p.end(ctx)
}

// whole posts a message in one piece.
func (p *post) whole(ctx context.Context, message func(look) Message) error {
	if err := p.save(ctx, func(r *Reply) { r.Begun = time.Now() }); err != nil {
		return err
	}
	return p.bot.accepted(p.look, func(l look) error {
		ts, err := p.bot.send(ctx, p.task, message(l))
		if err != nil {
			return err
		}
		return p.save(ctx, func(r *Reply) { r.TS = ts })
	})
}

// end keeps that the reply is complete, or that there is none.
func (p *post) end(ctx context.Context) error {
	return p.save(ctx, func(r *Reply) { r.Done = true })
}
