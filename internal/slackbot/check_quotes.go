package slackbot

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/draft"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/retrieval"
)

// maxChecked bounds what is kept of a message to check, in code points; more than Slack
// lets people write, and what is cut off is told.
const maxChecked = 100_000

// keepCheck keeps that a message is to be checked: its words, wherever they stand in it,
// and its files.
func (b *Bot) keepCheck(ctx context.Context, i slack.InteractionCallback, payload json.RawMessage) error {
	var raw struct{ Message json.RawMessage }
	if err := json.Unmarshal(payload, &raw); err != nil {
		return fault.Wrap(err, fault.Invalid, "the interaction cannot be read")
	}
	read, err := readMessage(raw.Message)
	if err != nil {
		return fault.Wrap(err, fault.Invalid, "the message cannot be read")
	}
	t := taskOf(i, KindCheck)
	t.fill(read)
	_, err = b.keep(ctx, t)
	return err
}

// fill makes what was read of a message the task's.
func (t *Task) fill(read reading) {
	text := read.text()
	t.Text, t.Files, t.Unread = firstRunes(text, maxChecked), read.files, read.unread
	if t.Text != text {
		t.Unread = append(t.Unread, fmt.Sprintf("all after its first %d characters", maxChecked))
	}
}

// permalink is the address of a message in Slack: its channel, and its ts without the point.
var permalink = regexp.MustCompile(`^https://[\w.-]+/archives/([CDG][A-Z0-9]+)/p(\d{10})(\d{6})(?:\?\S*)?$`)

func isPermalink(text string) bool { return permalink.MatchString(text) }

// readPermalink is where a message stands.
func readPermalink(text string) (channel string, message Address) {
	part := permalink.FindStringSubmatch(text)
	message.TS = part[2] + "." + part[3]
	if u, err := url.Parse(text); err == nil {
		message.Thread = u.Query().Get("thread_ts")
	}
	return part[1], message
}

// quotes reports whether a text has words between quotation marks.
func quotes(text string) bool {
	read, err := draft.Read([]byte(text), draft.Source{ContentType: "text/plain"})
	return err != nil || len(read.Quotes)+read.Short > 0
}

// lookUp reads a message of a task's channel.
func (b *Bot) lookUp(ctx context.Context, t Task) (reading, error) {
	messages, _, _, err := b.api.GetConversationRepliesContext(ctx, &slack.GetConversationRepliesParameters{
		ChannelID: t.Channel, Timestamp: cmp.Or(t.Message.Thread, t.Message.TS), Oldest: t.Message.TS, Latest: t.Message.TS, Inclusive: true,
	})
	switch {
	case refusedAs(err, "not_in_channel", "channel_not_found"):
		return reading{}, fault.Wrap(err, fault.Unauthorized, "Pullquote is not in this channel; write /invite @Pullquote first")
	case err != nil && !refusedAs(err, "thread_not_found"):
		return reading{}, err
	}
	for _, m := range messages {
		if m.Timestamp != t.Message.TS {
			continue
		}
		encoded, err := json.Marshal(m)
		if err != nil {
			return reading{}, err
		}
		return readMessage(encoded)
	}
	return reading{}, fault.New(fault.NotFound, "There is no such message in this channel; copy its link anew.")
}

// checked is what became of the quotations of a message, or of a file in it.
type checked struct {
	file     string // its name; empty: the message itself
	verdicts []answer.Verdict
	short    int // more of them that are too short to be checked
}

// check checks the quotations of a message and of its files, in every collection that
// may be asked. What cannot be read is told.
func (b *Bot) check(ctx context.Context, t Task) error {
	channel, err := b.permit(ctx, t)
	if err != nil {
		return err
	}
	if t.Message.TS != "" {
		read, err := b.lookUp(ctx, t)
		if err != nil {
			return err
		}
		t.fill(read)
	}
	message, err := b.checkDraft(ctx, []byte(t.Text), draft.Source{ContentType: "text/plain"}, channel)
	if err != nil {
		return err
	}
	all, unread := []checked{message}, t.Unread
	for _, f := range t.Files {
		found, err := b.checkFile(ctx, f, channel)
		switch {
		case err == nil:
			all = append(all, found)
		case isUsers(err):
			unread = append(unread, fmt.Sprintf("%s (%s)", shortName(f), words.InertLine(fault.MessageOf(err))))
		default:
			return err
		}
	}
	return b.accepted(b.look(t), func(l look) error { return b.reply(ctx, t, verdictsMessage(all, unread, l)) })
}

// checkFile checks the quotations of a file.
func (b *Bot) checkFile(ctx context.Context, f File, channel Channel) (checked, error) {
	if !readable(f) {
		return checked{}, fault.New(fault.Unsupported, "it is no document or text")
	}
	data, err := b.download(ctx, f, maxFile)
	if err != nil {
		return checked{}, err
	}
	found, err := b.checkDraft(ctx, data, draft.Source{Filename: f.Name, ContentType: f.MediaType, Open: b.Open.Within(ctx)}, channel)
	found.file = shortName(f)
	return found, err
}

// readable reports whether a file is of a format in which quotations are found.
func readable(f File) bool {
	formats := []string{".docx", ".doc", ".odt", ".pdf", ".txt", ".text", ".html", ".htm", ".xhtml", ".md", ".markdown"}
	return strings.HasPrefix(f.MediaType, "text/") || slices.Contains(formats, strings.ToLower(path.Ext(f.Name)))
}

// shortName is a file's name as it is shown.
func shortName(f File) string { return plain(f.Name, maxButton).Text }

// checkDraft checks the quotations of a draft in the collections of a channel.
func (b *Bot) checkDraft(ctx context.Context, data []byte, source draft.Source, channel Channel) (c checked, err error) {
	text, err := draft.Read(data, source)
	if err != nil {
		return c, err
	}
	c.short = text.Short
	for i, collection := range channel.Collections {
		found, err := b.Verifier.VerifyAll(ctx, text.Quotes, retrieval.Filter{Collection: collection})
		if err != nil {
			return c, err
		}
		if i == 0 {
			c.verdicts = found
			continue
		}
		for j := range c.verdicts {
			c.verdicts[j] = better(c.verdicts[j], found[j])
		}
	}
	return c, nil
}

// better is the verdict that says more of a quotation: that it holds, or else that
// something is near.
func better(a, b answer.Verdict) answer.Verdict {
	if !a.Holds() && b.Holds() || a.Fails() && !b.Fails() || a.Status == answer.StatusNotFound && b.Status != answer.StatusNotFound {
		return b
	}
	return a
}
