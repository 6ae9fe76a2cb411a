package slackbot

import "github.com/slack-go/slack"

// Message is what is posted.
type Message struct {
	Text   string // of the notification, escaped: the first words
	Blocks []slack.Block
}
