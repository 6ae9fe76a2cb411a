package slackbot

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/words"
)

// Message is what is posted.
type Message struct {
	Text   string // of the notification, escaped: the first words
	Blocks []slack.Block
}

// textMessage is a message of one line of ours, without markup.
func textMessage(line string) Message {
	return Message{Text: notification(line), Blocks: []slack.Block{section(texts(words.Inert(line), nil)...)}}
}

// problemMessage tells a person what went wrong, and what to do, as far as they
// may know.
func problemMessage(err error) Message {
	message := cut(words.InertLine(fault.MessageOf(err)), maxText)
	first, size := utf8.DecodeRuneInString(message)
	message = string(unicode.ToUpper(first)) + message[size:]
	if !strings.HasSuffix(message, ".") && !strings.HasSuffix(message, "?") && !strings.HasSuffix(message, "…") {
		message += "."
	}
	return textMessage(message)
}

// section is a block of one line of rich text.
func section(elements ...slack.RichTextSectionElement) slack.Block {
	return slack.NewRichTextBlock("", slack.NewRichTextSection(elements...))
}
