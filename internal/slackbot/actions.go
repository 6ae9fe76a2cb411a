package slackbot

import (
	"bytes"
	"context"

	"github.com/slack-go/slack"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/export"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/transcript/model"
)

// context shows what was said around a quotation to the person who wants it.
func (b *Bot) context(ctx context.Context, t Task) error {
	a, err := b.Answers.Get(ctx, t.AnswerID)
	if err != nil {
		return err
	}
	if t.Citation < 1 || t.Citation > len(a.Citations) {
		return fault.New(fault.NotFound, "the answer has no quotation %d", t.Citation)
	}
	c := a.Citations[t.Citation-1]
	turns, err := b.Library.Turns(ctx, c.TranscriptID)
	if fault.CodeOf(err) == fault.NotFound {
		return fault.New(fault.NotFound, "The transcript has been deleted since; what was said around the quotation is no longer there.")
	}
	if err != nil {
		return err
	}
	t.Private = true
	return b.reply(ctx, t, contextMessage(c, turns))
}

// share shows an answer that one person alone has seen to all of the channel.
func (b *Bot) share(ctx context.Context, t Task) error {
	a, err := b.Answers.Get(ctx, t.AnswerID)
	if err != nil {
		return err
	}
	p, err := b.open(ctx, t)
	if err != nil || p.state.Done {
		return err
	}
	return p.finish(ctx, a)
}

// export uploads an answer as a document to the thread.
func (b *Bot) export(ctx context.Context, t Task) error {
	a, err := b.Answers.Get(ctx, t.AnswerID)
	if err != nil {
		return err
	}
	format, err := export.FormatOf(t.Format)
	if err != nil {
		return err
	}
	document, err := export.NewDocument(ctx, b.Library, []answer.Answer{*a}, "")
	if err != nil {
		return err
	}
	var file bytes.Buffer
	if err := format.Write(&file, document); err != nil {
		return err
	}
	_, err = b.api.UploadFileContext(ctx, slack.UploadFileParameters{
		Reader: &file, FileSize: file.Len(), Filename: "pullquote-" + a.ID[len(a.ID)-8:] + format.Extension,
		Title: words.Inert(firstRunes(document.Title(), 100)), Channel: t.Channel, ThreadTimestamp: t.Thread,
	})
	return err
}

// rate keeps what a reader thinks of an answer, and thanks them.
func (b *Bot) rate(ctx context.Context, t Task) error {
	f := answer.Feedback{AnswerID: t.AnswerID, Rating: t.Rating, Reason: model.Optional(t.Text)}
	if t.Citation > 0 {
		f.Citation = &t.Citation
	}
	if _, err := b.Answers.Rate(ctx, f); err != nil {
		return err
	}
	t.Private = true
	return b.reply(ctx, t, textMessage("Thank you. Who keeps the record can measure answers by this."))
}
