package slackbot

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
)

// RecentTranscript is a transcript as the app's home lists it.
type RecentTranscript struct {
	ID          string
	Title, Date model.Optional
}

const (
	maxRecent      = 10
	maxCollections = 40 // shown in the home, which has room for 100 blocks
)

// keepHome keeps that somebody looks at the app's home.
func (b *Bot) keepHome(ctx context.Context, callback *slackevents.EventsAPICallbackEvent, e *slackevents.AppHomeOpenedEvent) error {
	if e.Tab != "home" {
		return nil
	}
	_, err := b.keep(ctx, Task{Kind: KindHome, EventID: callback.EventID, Team: callback.TeamID, Channel: e.Channel, User: e.User})
	return err
}

// home shows the collections that the person may ask in a direct message, and what is
// new in them.
func (b *Bot) home(ctx context.Context, t Task) error {
	channel, err := b.permit(ctx, t)
	if fault.CodeOf(err) == fault.Unauthorized {
		return b.publish(ctx, t, problemMessage(err).Blocks)
	}
	if err != nil {
		return err
	}
	all, err := b.Library.Collections(ctx)
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(all, func(c retrieval.Collection) bool { return !slices.Contains(channel.Collections, c.Name) })
	recent, err := b.Store.Recent(ctx, channel.Collections, maxRecent)
	if err != nil {
		return err
	}
	return b.publish(ctx, t, homeBlocks(all, recent, b.look(t)))
}

func (b *Bot) publish(ctx context.Context, t Task, blocks []slack.Block) error {
	_, err := b.api.PublishViewContext(ctx, slack.PublishViewContextRequest{
		UserID: t.User, View: slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: blocks}},
	})
	if refusedAs(err, "not_enabled", "user_not_found") {
		b.Log.WarnContext(ctx, "Slack does not show the home; install the app anew from the present manifest", fault.Attr(err))
		return nil
	}
	return err
}

// homeBlocks are the home: how to ask, the collections, the newest transcripts.
func homeBlocks(all []retrieval.Collection, recent []RecentTranscript, o look) []slack.Block {
	blocks := append([]slack.Block{slack.NewHeaderBlock(plain("Ask the record", maxButton))}, helpMessage().Blocks...)
	blocks = append(blocks, slack.NewHeaderBlock(plain("What you can ask", maxButton)))
	if len(all) == 0 {
		blocks = append(blocks, section(texts("There are no transcripts yet.", nil)...))
	}
	for i, c := range all {
		if i == maxCollections {
			blocks = append(blocks, section(texts("and "+plural(len(all)-i, "more collection"), nil)...))
			break
		}
		blocks = append(blocks, section(append(texts(words.InertLine(c.Name), bold()), texts(countsOf(c), nil)...)...))
	}
	if len(recent) == 0 {
		return blocks
	}
	blocks = append(blocks, slack.NewHeaderBlock(plain("New in them", maxButton)))
	list := slack.NewRichTextList(slack.RTEListBullet, 0)
	for _, r := range recent {
		line := linkTo(strings.TrimRight(o.PublicURL, "/")+"/t/"+r.ID, retrieval.Titled(r.Title))
		if date := longDate(r.Date); date != "" {
			line = append(line, texts(", "+date, nil)...)
		}
		list.Elements = append(list.Elements, slack.NewRichTextSection(line...))
	}
	return append(blocks, slack.NewRichTextBlock("", list))
}

// countsOf is how much a collection has, and of which time.
func countsOf(c retrieval.Collection) string {
	line := fmt.Sprintf(": %s, %s", plural(c.TranscriptCount, "transcript"), plural(c.TurnCount, "turn"))
	first, last := longDate(c.FirstDate), longDate(c.LastDate)
	switch {
	case first == "":
		return line
	case first == last:
		return line + ", " + first
	}
	return line + ", " + first + " to " + last
}
