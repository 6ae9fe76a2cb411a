package slackbot

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/slack-go/slack"

	"github.com/pullquote/pullquote/answer"
)

// receiveCommand keeps what a slash command asks for. Its reply is for the person
// alone. What begins with "help" or "check" may be a question as well: help is asked for
// by the word alone, and something is checked where quoted words or a message follow.
func (b *Bot) receiveCommand(ctx context.Context, c slack.SlashCommand) (any, error) {
	t := Task{
		Kind: KindAsk, EventID: "command:" + c.TriggerID, Team: c.TeamID, Channel: c.ChannelID, User: c.UserID,
		Text: plainText(c.Text), Private: true, Direct: true, ResponseURL: c.ResponseURL,
	}
	word, rest, _ := strings.Cut(t.Text, " ")
	alone, rest := strings.ToLower(t.Text), strings.TrimSpace(rest)
	switch {
	case alone == "", alone == "help", alone == "check":
		return ephemeral(helpMessage()), nil
	case alone == "settings":
		return complaint(b.openSettings(ctx, c))
	case strings.EqualFold(word, "check") && isPermalink(rest):
		channel, message := readPermalink(rest)
		if channel != c.ChannelID { // who asks may not be able to read it
			return ephemeral(textMessage("I check messages of this channel alone by their links; of another, use the message’s menu, “Check quotes”.")), nil
		}
		t.Kind, t.Text, t.Message = KindCheck, "", message
	case strings.EqualFold(word, "check") && quotes(rest):
		t.Kind, t.Text = KindCheck, rest
	}
	if _, err := b.keep(ctx, t); err != nil {
		return nil, err
	}
	return ephemeral(textMessage("Looking through the record…")), nil
}

// ephemeral is a message as the reply to a command.
func ephemeral(m Message) *slack.Msg {
	return &slack.Msg{ResponseType: slack.ResponseTypeEphemeral, Text: m.Text, Blocks: slack.Blocks{BlockSet: m.Blocks}}
}

// receiveInteraction keeps what a button, a shortcut or a modal asks for. Modals are
// opened at once: Slack lets that be done for three seconds.
// The payload is the interaction as Slack wrote it.
func (b *Bot) receiveInteraction(ctx context.Context, i slack.InteractionCallback, payload json.RawMessage) (any, error) {
	switch i.Type {
	case slack.InteractionTypeBlockActions:
		for _, action := range i.ActionCallback.BlockActions {
			if err := b.pressed(ctx, i, action); err != nil {
				return nil, err
			}
		}
	case slack.InteractionTypeMessageAction:
		return nil, b.keepCheck(ctx, i, payload)
	case slack.InteractionTypeViewSubmission:
		return b.submitted(ctx, i)
	}
	return nil, nil
}

// taskOf is a task that an interaction with a message asks for. The reply is for the
// person alone.
func taskOf(i slack.InteractionCallback, kind Kind) Task {
	t := Task{
		Kind: kind, EventID: "interaction:" + i.TriggerID, Team: i.Team.ID, Channel: i.Channel.ID, User: i.User.ID,
		Thread: i.Message.ThreadTimestamp, Private: true, Direct: true, ResponseURL: i.ResponseURL,
	}
	if t.Thread == "" && !i.Container.IsEphemeral {
		t.Thread = i.Message.Timestamp
	}
	if t.Thread == "" {
		t.Thread = i.Container.ThreadTs
	}
	return t
}

// pressed keeps what a button asks for.
func (b *Bot) pressed(ctx context.Context, i slack.InteractionCallback, action *slack.BlockAction) error {
	p, err := readPress(action)
	if err != nil {
		return nil // a link or a menu without an effect of its own
	}
	t := taskOf(i, "")
	t.AnswerID, t.Citation, t.Format = p.AnswerID, p.Citation, p.Format
	switch p.Action {
	case actionHelpful:
		t.Kind, t.Rating = KindRate, answer.RatingUp
	case actionUnhelpful:
		return b.openReasons(ctx, i, t)
	case actionContext:
		t.Kind = KindContext
	case actionExport:
		t.Kind, t.Private = KindExport, false
	case actionShare:
		t.Kind, t.Private = KindShare, false
	case actionAgain:
		within, err := b.within(ctx, t)
		if err != nil {
			return err
		}
		a, err := b.Answers.Get(within, p.AnswerID)
		if err != nil {
			return err
		}
		t.Kind, t.Text, t.Private = KindAsk, a.Question, i.Container.IsEphemeral
	}
	_, err = b.keep(ctx, t)
	return err
}

// helpMessage says how to ask.
func helpMessage() Message {
	return textMessage("Ask me what somebody said, as “what did the minister say about the harbour?”: I answer with quotations from the record, each with its speaker and its place. " +
		"/pullquote check “words” says whether the record has them; /pullquote settings is how I behave in a channel.")
}
