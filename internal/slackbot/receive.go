package slackbot

import (
	"context"
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"github.com/google/uuid"
	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/words"
)

// maxQuestion bounds what is kept of a message, in code points. It is more than a
// question may have: one that is too long is refused with a reason, and not cut.
const maxQuestion = 12_000

// receiveEvent keeps what an event asks for, if it asks the bot for anything.
func (b *Bot) receiveEvent(ctx context.Context, body []byte) error {
	outer, err := slackevents.ParseEvent(json.RawMessage(body), slackevents.OptionNoVerifyToken())
	if err != nil {
		return fault.Wrap(err, fault.Invalid, "the event cannot be read")
	}
	callback, ok := outer.Data.(*slackevents.EventsAPICallbackEvent)
	if !ok {
		return nil
	}
	switch e := outer.InnerEvent.Data.(type) {
	case *slackevents.MessageEvent:
		if ts, thread := deleted(e); ts != "" {
			return b.withdraw(ctx, callback, e.Channel, ts, thread)
		}
		return b.hear(ctx, callback, heardMessage(e))
	case *slackevents.AppHomeOpenedEvent:
		return b.keepHome(ctx, callback, e)
	case *slackevents.LinkSharedEvent:
		return b.keepLinks(ctx, callback)
	case *slackevents.AppMentionEvent:
		return b.hear(ctx, callback, heardMention(e))
	}
	return nil
}

// deleted is the message that an event tells the deletion of; thread says that its
// thread is gone with it. Of a message with replies Slack leaves a tombstone, under
// which the thread stays.
func deleted(e *slackevents.MessageEvent) (ts string, thread bool) {
	switch {
	case e.SubType == "message_deleted":
		return e.DeletedTimeStamp, true
	case e.SubType == "message_changed" && e.Message != nil && e.Message.SubType == "tombstone":
		return e.Message.Timestamp, false
	}
	return "", false
}

// withdraw keeps that a message was deleted. Replies to it that have come meanwhile stand
// in the channel, where they answer nothing: they are taken back.
func (b *Bot) withdraw(ctx context.Context, callback *slackevents.EventsAPICallbackEvent, channel, ts string, thread bool) error {
	known, err := b.Store.Withdraw(ctx, callback.TeamID, channel, ts, thread)
	if err != nil || !known || !thread {
		return err
	}
	_, err = b.keep(ctx, Task{Kind: KindRetract, EventID: callback.EventID, Team: callback.TeamID, Channel: channel, Thread: ts})
	return err
}

// heard is a message, however Slack has delivered it.
type heard struct {
	channel, user, bot string
	text               string // as Slack escapes it
	files              []slack.File
	ts, thread         string
	alone              bool // in a direct message
	mention            bool
}

// heardMessage is the message of an event; the zero value for one that tells of a
// change, a deletion or somebody who joins.
func heardMessage(e *slackevents.MessageEvent) heard {
	if !slices.Contains([]string{"", "thread_broadcast", "file_share", "bot_message"}, e.SubType) {
		return heard{}
	}
	h := heard{
		channel: e.Channel, user: e.User, bot: e.BotID, text: e.Text,
		ts: e.TimeStamp, thread: e.ThreadTimeStamp, alone: e.IsIM(),
	}
	if e.Message != nil {
		h.files = e.Message.Files
	}
	return h
}

func heardMention(e *slackevents.AppMentionEvent) heard {
	return heard{channel: e.Channel, user: e.User, bot: e.BotID, text: e.Text, ts: e.TimeStamp, thread: e.ThreadTimeStamp, mention: true}
}

// hear keeps a message that is for the bot.
func (b *Bot) hear(ctx context.Context, callback *slackevents.EventsAPICallbackEvent, h heard) error {
	self := slices.IndexFunc(callback.Authorizations, func(a slack.EventAuthorization) bool { return a.IsBot })
	if h.ts == "" || h.user == "" && h.bot == "" || self >= 0 && h.user == callback.Authorizations[self].UserID {
		return nil
	}
	if err := b.keepFiles(ctx, callback.TeamID, h); err != nil {
		return err
	}
	t := Task{
		Kind: KindAsk, EventID: callback.EventID, Team: callback.TeamID, Channel: h.channel, User: h.user,
		TS: h.ts, Thread: h.thread, Direct: h.alone || h.mention, Bot: h.bot != "",
	}
	if t.Thread == "" {
		t.Thread = h.ts
	}
	text := h.text
	if self >= 0 {
		mention := "<@" + callback.Authorizations[self].UserID + ">"
		t.Direct = t.Direct || strings.Contains(text, mention)
		text = strings.ReplaceAll(text, mention, " ")
	}
	t.Text = plainText(text)
	wanted, err := b.wanted(ctx, t, h)
	if err != nil || !wanted {
		return err
	}
	_, err = b.keep(ctx, t)
	return err
}

// wanted reports whether the settings of a channel let the bot answer a message.
// Nothing is kept of a message that it may not answer.
func (b *Bot) wanted(ctx context.Context, t Task, h heard) (bool, error) {
	if h.alone && h.bot == "" {
		return true, nil
	}
	channel, err := b.Store.Channel(ctx, t.Team, t.Channel)
	switch {
	case err != nil:
		return false, err
	case h.bot != "" && !channel.Bots:
		return false, nil
	case t.Direct:
		return true, nil
	case channel.Trigger == TriggerAll && h.thread == "":
		return isQuestion(h.text), nil
	case channel.Trigger == TriggerAll, channel.Trigger == TriggerThreads:
		conversation, err := b.Store.Conversation(ctx, t.Place())
		return conversation != "" && h.thread != "", err
	}
	return false, nil
}

// questionMarks of the scripts that have one.
var questionMarks = regexp.MustCompile(`[?？؟⁇⁈\x{37E}՞]`)

// aside is what in a message, as Slack escapes it, is nobody's sentence: code, links,
// mentions. A question mark there asks nothing.
var aside = regexp.MustCompile("(?s)```.*?```|`[^`\n]*`|<[^<>]*>|https?://\\S+")

// isQuestion reports whether a message that is addressed to nobody asks something.
func isQuestion(escaped string) bool {
	text := aside.ReplaceAllString(escaped, " ")
	return questionMarks.MatchString(text) && words.Count(text) > 1
}

// keep gives a task its id and keeps it.
func (b *Bot) keep(ctx context.Context, t Task) (received bool, err error) {
	t.ID = uuid.Must(uuid.NewV7()).String()
	if t.Kind != KindCheck { // of which what is cut off would pass for checked
		t.Text = firstRunes(t.Text, maxQuestion)
	}
	received, err = b.Store.Receive(ctx, t)
	if err == nil {
		b.Log.DebugContext(ctx, "received", "kind", t.Kind, "event", t.EventID, "again", !received)
	}
	return received, err
}

// angled is what Slack puts between angle brackets: a mention, a channel, a link, a
// date, each with or without a label.
var angled = regexp.MustCompile(`<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>`)

// plainText is the text of a message as its writer sees it.
func plainText(text string) string {
	text = angled.ReplaceAllStringFunc(text, func(s string) string {
		part := angled.FindStringSubmatch(s)
		switch {
		case part[3] != "":
			return part[3]
		case part[1] == "":
			return part[2] // a link
		}
		return "" // somebody's or some channel's id
	})
	return strings.TrimSpace(strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(text))
}

func firstRunes(s string, n int) string {
	if runes := []rune(s); len(runes) > n {
		return string(runes[:n])
	}
	return s
}
