package slackbot

import (
	"context"
	"encoding/json"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
)

// linkShared is the event of a link to the page in a message. The library's leaves out
// whether the bot is in the channel.
type linkShared struct {
	Channel   string
	Member    bool `json:"is_bot_user_member"`
	User      string
	MessageTS string `json:"message_ts"`
	Links     []struct{ URL string }
}

// messageTS is the form of a message's ts; a link in a message that is still being
// written has another.
var messageTS = regexp.MustCompile(`^\d+\.\d+$`)

// keepLinks keeps that links of ours are to be shown with their words. Where the bot is
// not in the channel nobody has let its people see the record.
func (b *Bot) keepLinks(ctx context.Context, callback *slackevents.EventsAPICallbackEvent) error {
	var e linkShared
	if callback.InnerEvent == nil || json.Unmarshal(*callback.InnerEvent, &e) != nil || !e.Member || !messageTS.MatchString(e.MessageTS) {
		return nil
	}
	t := Task{Kind: KindUnfurl, EventID: callback.EventID, Team: callback.TeamID, Channel: e.Channel, User: e.User, Message: Address{TS: e.MessageTS}}
	for _, l := range e.Links {
		if _, ok := b.readLink(l.URL); ok {
			t.Links = append(t.Links, l.URL)
		}
	}
	if len(t.Links) == 0 {
		return nil
	}
	_, err := b.keep(ctx, t)
	return err
}

// turnLink is what a link to the page of a transcript leads to.
type turnLink struct {
	transcript string
	turn       int // from 0
	start, end int // code points of the canonical text; both 0: no words
}

// readLink reads a link to a turn, if it is one of the page's.
func (b *Bot) readLink(address string) (l turnLink, ok bool) {
	rest, ours := strings.CutPrefix(address, strings.TrimRight(b.PublicURL, "/")+"/t/")
	u, err := url.Parse(rest)
	if !ours || err != nil || !retrieval.ValidID(u.Path) {
		return l, false
	}
	l.transcript = u.Path
	number, isTurn := strings.CutPrefix(u.Fragment, "turn-")
	if l.turn, err = strconv.Atoi(number); !isTurn || err != nil {
		return l, false
	}
	start, startErr := strconv.Atoi(u.Query().Get("start"))
	end, endErr := strconv.Atoi(u.Query().Get("end"))
	if startErr == nil && endErr == nil {
		l.start, l.end = start, end
	}
	return l, true
}

// unfurl shows what links lead to, as far as the channel and who wrote them may see it.
func (b *Bot) unfurl(ctx context.Context, t Task) error {
	channel, err := b.permit(ctx, t)
	if fault.CodeOf(err) == fault.Unauthorized || err == nil && channel.Private {
		return nil
	}
	if err != nil {
		return err
	}
	shown := map[string]slack.Attachment{}
	for _, address := range t.Links {
		link, ok := b.readLink(address)
		if !ok {
			continue
		}
		blocks, err := b.unfurled(ctx, link, channel.Collections)
		if fault.CodeOf(err) == fault.NotFound {
			continue
		}
		if err != nil {
			return err
		}
		if len(blocks) > 0 {
			shown[address] = slack.Attachment{Blocks: slack.Blocks{BlockSet: blocks}}
		}
	}
	if len(shown) == 0 {
		return nil
	}
	_, _, _, err = b.api.UnfurlMessageContext(ctx, t.Channel, t.Message.TS, shown)
	if refusedAs(err, "cannot_unfurl_message", "cannot_unfurl_url", "cannot_find_message", "missing_scope") {
		b.Log.WarnContext(ctx, "Slack does not show a link's words", "channel", t.Channel, fault.Attr(err))
		return nil
	}
	return err
}

// unfurled shows a turn's speaker, date and title, and the words of a link that has
// some; nothing of a collection that may not be seen, or of a version that was replaced.
// What is shown are text objects without markup.
func (b *Bot) unfurled(ctx context.Context, l turnLink, collections []string) ([]slack.Block, error) {
	stored, err := b.Library.Get(ctx, l.transcript)
	if err != nil || stored.CurrentID != stored.ID || !slices.Contains(collections, stored.Collection) {
		return nil, err
	}
	turns, err := b.Library.Turns(ctx, l.transcript)
	i := slices.IndexFunc(turns, func(t model.Turn) bool { return t.Index == l.turn })
	if err != nil || i < 0 {
		return nil, err
	}
	t := turns[i]
	var blocks []slack.Block
	if quoted := words.Inert(wordsOf(t, l)); quoted != "" && units(quoted) <= maxText-2 {
		blocks = append(blocks, slack.NewSectionBlock(slack.NewTextBlockObject(slack.PlainTextType, "“"+quoted+"”", false, false), nil, nil))
	}
	source := speakerLine(t)
	if date := longDate(stored.Date); date != "" {
		source += ", " + date
	}
	source += ", " + retrieval.Titled(stored.Title)
	if t.Doubt != "" {
		source += " (" + string(t.Doubt) + ")"
	}
	return append(blocks, slack.NewContextBlock("", plain(source, maxNote))), nil
}

// wordsOf are the words of a link, which stand in its turn; none otherwise.
func wordsOf(t model.Turn, l turnLink) string {
	text := []rune(t.Text)
	from, to := l.start-t.Start, l.end-t.Start
	if from < 0 || from >= to || to > len(text) {
		return ""
	}
	return string(text[from:to])
}
