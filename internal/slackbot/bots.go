package slackbot

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"
)

const (
	// maxBotTurns is how many messages of bots may follow each other in a thread, the last
	// question among them: enough for three questions with their answers, and few enough
	// that a thread in which two bots thank each other can still be read.
	maxBotTurns = 6
	// maxBotThreads is how many threads a bot may begin in a channel within botWindow before a
	// person writes there. A bot that posts what people fill into a form does so every few
	// minutes; one that answers each answer with a thread of its own does so within seconds,
	// and is stopped at a number that a reader of the channel can still scroll past.
	maxBotThreads = 12
	// botWindow is how far they are looked for. A bot that asks less often than that does
	// not answer the bot's answers.
	botWindow = time.Hour
)

// amongBots reports whether bots are by themselves where a bot asks, so that the bot is to
// fall silent: in the thread, and in the channel where the question begins one. It says nothing
// then: that would be answered, too.
func (b *Bot) amongBots(ctx context.Context, t Task) (bool, error) {
	seconds, err := strconv.ParseFloat(t.TS, 64)
	if err != nil { // no message asks
		return false, nil
	}
	from := time.Unix(int64(seconds), 0).Add(-botWindow)
	messages, err := b.since(ctx, t, from)
	if err != nil {
		return false, err
	}
	if turns := unanswered(messages, t.TS, func(slack.Message) bool { return true }); turns > maxBotTurns {
		b.Log.InfoContext(ctx, "bots have been answering each other; they are not answered any more until a person writes in the thread", "channel", t.Channel, "thread", t.Thread)
		return true, nil
	}
	asked := slices.IndexFunc(messages, func(m slack.Message) bool { return m.Timestamp == t.TS })
	if t.Thread != t.TS || asked < 0 {
		return false, nil
	}
	bot := messages[asked].BotID
	t.Thread = ""
	if messages, err = b.since(ctx, t, from); err != nil {
		return false, err
	}
	begun := unanswered(messages, t.TS, func(m slack.Message) bool { return m.BotID == bot })
	if begun > maxBotThreads {
		b.Log.InfoContext(ctx, "a bot begins one thread after the other; it is not answered any more until a person writes in the channel, or for an hour", "channel", t.Channel, "bot", bot)
	}
	return begun > maxBotThreads, nil
}

// unanswered counts those messages of bots that are counted, up to a time, since a person wrote.
func unanswered(messages []slack.Message, until string, counts func(slack.Message) bool) (n int) {
	slices.SortFunc(messages, func(a, b slack.Message) int { return strings.Compare(a.Timestamp, b.Timestamp) }) // a channel's come the newest first
	for _, m := range messages {
		switch {
		case m.Timestamp > until: // not there when it was asked
		case m.BotID == "":
			n = 0
		case counts(m):
			n++
		}
	}
	return n
}
