package slackbot

import (
	"context"
	"strconv"
	"time"
)

const (
	// maxBotTurns is how many messages of bots may follow each other in a thread, the last
	// question among them: enough for three questions with their answers, and few enough
	// that a thread in which two bots thank each other can still be read.
	maxBotTurns = 6
	// botWindow is how far they are looked for. A bot that asks less often than that does
	// not answer the bot's answers.
	botWindow = time.Hour
)

// amongBots reports whether bots are by themselves in a thread, so that the bot is to
// fall silent. It says nothing then: that would be answered, too.
func (b *Bot) amongBots(ctx context.Context, t Task) (bool, error) {
	seconds, err := strconv.ParseFloat(t.TS, 64)
	if err != nil { // no message asks
		return false, nil
	}
	messages, err := b.since(ctx, t, time.Unix(int64(seconds), 0).Add(-botWindow))
	turns := 0
	for _, m := range messages {
		switch {
		case m.Timestamp > t.TS: // not there when it was asked
		case m.BotID == "":
			turns = 0
		default:
			turns++
		}
	}
	if turns > maxBotTurns {
		b.Log.Info("bots have been answering each other; they are not answered any more until a person writes in the thread", "channel", t.Channel, "thread", t.Thread)
	}
	return turns > maxBotTurns, err
}
