package slackbot

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/slack-go/slack"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
)

// keepFiles keeps that the files of a message are to be put into the record, where the
// channel's settings say so: never those of a direct message or of a bot. It is a task of
// its own, before the question that the message may ask.
func (b *Bot) keepFiles(ctx context.Context, team string, h heard) error {
	if len(h.files) == 0 || h.alone || isDirect(h.channel) || h.bot != "" {
		return nil
	}
	channel, err := b.Store.Channel(ctx, team, h.channel)
	if err != nil || channel.Ingest == "" {
		return err
	}
	t := Task{
		Kind: KindIngest, EventID: "files:" + h.channel + "/" + h.ts, Team: team, Channel: h.channel, User: h.user,
		Thread: cmp.Or(h.thread, h.ts), Message: Address{TS: h.ts, Thread: h.thread}, Direct: true,
	}
	for _, f := range h.files {
		t.Files = append(t.Files, File{ID: f.ID, Name: f.Name, MediaType: f.Mimetype})
	}
	_, err = b.keep(ctx, t)
	return err
}

// ingested is what became of a file that was put into a channel.
type ingested struct {
	file    File
	stored  retrieval.StoredTranscript
	turns   []model.Turn
	again   bool  // it was in the record before
	problem error // why it is not
}

// ingest puts the files of a message into the record and tells what was read of them.
func (b *Bot) ingest(ctx context.Context, t Task) error {
	channel, err := b.mayIngest(ctx, t)
	if err != nil || channel.Ingest == "" {
		return err
	}
	t.Private = channel.Private
	p, err := b.open(ctx, t)
	if err != nil || p.state.Done {
		return err
	}
	var all []ingested
	for _, f := range t.Files {
		if err := b.wanting(ctx, t); err != nil {
			return err
		}
		one, err := b.ingestFile(ctx, t, f, channel.Ingest)
		if err != nil && !isUsers(err) {
			return err
		}
		one.problem = err
		all = append(all, one)
	}
	return p.say(ctx, func(l look) Message { return ingestedMessage(all, channel.Ingest, l) })
}

// mayIngest reads the settings of a channel, if they let the person put files into the
// record. Guests may not, nor who belongs to another workspace.
func (b *Bot) mayIngest(ctx context.Context, t Task) (Channel, error) {
	channel, err := b.permit(ctx, t)
	if err != nil {
		return channel, err
	}
	user, err := b.Store.User(ctx, t.Team, t.User)
	if err != nil {
		return channel, err
	}
	if len(user.Collections) > 0 && !slices.Contains(user.Collections, channel.Ingest) {
		return channel, fault.New(fault.Unauthorized, "You may not add to the collection %s; ask an administrator of the workspace to change that.", channel.Ingest)
	}
	info, err := b.api.GetUserInfoContext(ctx, t.User)
	if err != nil {
		return channel, err
	}
	ours := info.TeamID == t.Team || slices.Contains(info.Enterprise.Teams, t.Team)
	if !ours || info.IsStranger || info.IsRestricted || info.IsUltraRestricted {
		return channel, fault.New(fault.Unauthorized, "Files of guests are not put into the record; ask a member of the workspace to share it.")
	}
	return channel, nil
}

// ingestFile puts a file into a collection. Its error is the person's to mend if isUsers
// says so. A file that an earlier attempt at the task has stored counts as new.
func (b *Bot) ingestFile(ctx context.Context, t Task, f File, collection string) (one ingested, err error) {
	one.file = f
	data, err := b.download(ctx, f, maxFile)
	if err != nil {
		return one, err
	}
	request := retrieval.AddRequest{Data: data, Collection: collection}
	request.Filename, request.ContentType = f.Name, f.MediaType
	stored, created, err := b.Library.Add(ctx, request)
	if err != nil {
		return one, err
	}
	one.stored, one.again = stored, !created && stored.CreatedAt.Before(receivedAt(t))
	one.turns, err = b.Library.Turns(ctx, stored.ID)
	return one, err
}

// receivedAt is when a task was received: its id begins with that.
func receivedAt(t Task) time.Time {
	id, err := uuid.Parse(t.ID)
	if err != nil {
		return time.Time{}
	}
	return time.Unix(id.Time().UnixTime())
}

const (
	maxNames  = 8 // speakers that are named of a file
	maxDoubts = 3 // doubtful turns that are shown of it
)

// ingestedMessage tells what was read of files.
func ingestedMessage(all []ingested, collection string, o look) Message {
	b := budget{bare: true}
	var m Message
	for i, one := range all {
		block := one.block(collection, o)
		if !b.add([]slack.Block{block}) {
			m.Blocks = append(m.Blocks, section(texts(fmt.Sprintf("and %s more", plural(len(all)-i, "file")), nil)...))
			break
		}
		m.Blocks = append(m.Blocks, block)
	}
	m.Text = notification("Put into " + collection + ": " + plural(len(all), "file"))
	return m
}

func (one ingested) block(collection string, o look) slack.Block {
	if one.problem != nil {
		line := fmt.Sprintf("%s is not in the record: %s.", shortName(one.file), strings.TrimRight(cut(words.InertLine(fault.MessageOf(one.problem)), maxRemark), "."))
		return section(texts(line, nil)...)
	}
	outcome := " is in the collection "
	if one.again {
		outcome = " was already in the collection "
	}
	page := strings.TrimRight(o.PublicURL, "/") + "/t/" + one.stored.ID
	head := append(linkTo(page, retrieval.Titled(one.stored.Title)), texts(outcome+words.InertLine(collection)+one.contents(), nil)...)
	elements := []slack.RichTextElement{slack.NewRichTextSection(head...)}
	if list := one.doubts(page); len(list.Elements) > 0 {
		elements = append(elements, list)
	}
	return slack.NewRichTextBlock("", elements...)
}

// contents is the date, the turns and the speakers of a transcript.
func (one ingested) contents() string {
	line := ": " + plural(len(one.turns), "turn")
	if date := longDate(one.stored.Date); date != "" {
		line += " of " + date
	}
	var named []string
	for _, s := range one.stored.Speakers {
		if name := cut(words.InertLine(s.Name), maxButton); name != "" {
			named = append(named, name)
		}
	}
	more := ""
	if len(named) > maxNames {
		named, more = named[:maxNames], fmt.Sprintf(" and %d more", len(named)-maxNames)
	}
	if len(named) > 0 {
		line += ", by " + strings.Join(named, ", ") + more
	}
	return line + "."
}

// doubts are the turns whose speaker or boundary is uncertain, and what else the reader
// should know.
func (one ingested) doubts(page string) *slack.RichTextList {
	list := slack.NewRichTextList(slack.RTEListBullet, 0)
	doubtful := slices.DeleteFunc(slices.Clone(one.turns), func(t model.Turn) bool { return t.Doubt == "" })
	for _, t := range doubtful[:min(maxDoubts, len(doubtful))] {
		line := append(linkTo(fmt.Sprintf("%s#turn-%d", page, t.Index), fmt.Sprintf("Turn %d", t.Index+1)), texts(": "+cut(words.InertLine(string(t.Doubt)), maxRemark), nil)...)
		list.Elements = append(list.Elements, slack.NewRichTextSection(line...))
	}
	if more := len(doubtful) - maxDoubts; more > 0 {
		list.Elements = append(list.Elements, slack.NewRichTextSection(texts(fmt.Sprintf("%s more with a doubt", plural(more, "turn")), nil)...))
	}
	for _, w := range one.stored.Warnings[:min(maxDoubts, len(one.stored.Warnings))] {
		list.Elements = append(list.Elements, slack.NewRichTextSection(texts(cut(words.InertLine(w), maxRemark), nil)...))
	}
	return list
}
