package slackbot

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/slack-go/slack"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/fault"
)

// openSettings opens the modal with a channel's settings.
func (b *Bot) openSettings(ctx context.Context, c slack.SlashCommand) error {
	if err := b.mayManage(ctx, c.TeamID, c.UserID); err != nil {
		return err
	}
	settings, err := b.Store.Channel(ctx, c.TeamID, c.ChannelID)
	if err != nil {
		return err
	}
	collections, err := b.Store.Collections(ctx)
	if err != nil {
		return err
	}
	return b.openView(ctx, c.TriggerID, settingsView(c.ChannelID, settings, collections, c.ChannelID))
}

// mayManage says who may change settings: the workspace's administrators, and whom
// they have named.
func (b *Bot) mayManage(ctx context.Context, team, user string) error {
	u, err := b.Store.User(ctx, team, user)
	if err != nil || u.Manager {
		return err
	}
	info, err := b.quick.GetUserInfoContext(ctx, user)
	if err != nil {
		return fault.Wrap(err, fault.Unavailable, "Slack does not say who may change settings; try again")
	}
	if !info.IsAdmin && !info.IsOwner && !info.IsPrimaryOwner {
		return fault.New(fault.Unauthorized, "only administrators of the workspace, and whom they have named, may change Pullquote's settings")
	}
	return nil
}

func (b *Bot) openView(ctx context.Context, trigger string, view slack.ModalViewRequest) error {
	if _, err := b.quick.OpenViewContext(ctx, trigger, view); err != nil {
		return fault.Wrap(err, fault.Unavailable, "Slack does not open the window; try again")
	}
	return nil
}

// openReasons asks why an answer was no help. The modal remembers the task that its
// submission is to become.
func (b *Bot) openReasons(ctx context.Context, i slack.InteractionCallback, t Task) error {
	within, err := b.within(ctx, t)
	if err != nil {
		return err
	}
	a, err := b.Answers.Get(within, t.AnswerID)
	if err != nil {
		return err
	}
	metadata, err := json.Marshal(t)
	if err != nil {
		return err
	}
	return b.openView(ctx, i.TriggerID, reasonsView(a.ID, answer.Standing(a.Citations), string(metadata)))
}

// submitted keeps what a modal was submitted with. What is wrong with its fields is
// the reply.
func (b *Bot) submitted(ctx context.Context, i slack.InteractionCallback) (any, error) {
	switch i.View.CallbackID {
	case settingsModal:
		return b.submittedSettings(ctx, i)
	case reasonsModal:
		return b.submittedReasons(ctx, i)
	}
	return nil, nil
}

func (b *Bot) submittedSettings(ctx context.Context, i slack.InteractionCallback) (any, error) {
	err := b.mayManage(ctx, i.Team.ID, i.User.ID)
	if fault.CodeOf(err) == fault.Unauthorized {
		return slack.NewErrorsViewSubmissionResponse(map[string]string{inputTrigger: fault.MessageOf(err)}), nil
	}
	if err != nil || i.View.State == nil {
		return nil, err
	}
	settings, wrong := readSettings(*i.View.State)
	if len(wrong) > 0 {
		return slack.NewErrorsViewSubmissionResponse(wrong), nil
	}
	return nil, b.Store.SaveChannel(ctx, i.Team.ID, i.View.PrivateMetadata, settings)
}

func (b *Bot) submittedReasons(ctx context.Context, i slack.InteractionCallback) (any, error) {
	f, metadata, wrong := readReasons(i.View)
	if len(wrong) > 0 {
		return slack.NewErrorsViewSubmissionResponse(wrong), nil
	}
	var t Task
	if err := json.Unmarshal([]byte(metadata), &t); err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "the window is of another version of Pullquote; open it anew")
	}
	t.Kind, t.Rating, t.Text = KindRate, answer.RatingDown, string(f.Reason)
	if f.Citation != nil {
		t.Citation = *f.Citation
	}
	_, err := b.keep(ctx, t)
	return nil, err
}

// complaint is the reply to a command that could not be done, if the person can be
// told why.
func complaint(err error) (any, error) {
	var told *fault.Error
	if errors.As(err, &told) {
		return ephemeral(problemMessage(err)), nil
	}
	return nil, err
}
