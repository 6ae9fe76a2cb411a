package slacktest_test

import (
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/pullquote/pullquote/internal/slackbot/slacktest"
)

func buttons() slack.MsgOption {
	good, bad := slack.NewFeedbackButton(plain("Helpful"), "good"), slack.NewFeedbackButton(plain("Not helpful"), "bad")
	return slack.MsgOptionBlocks(
		section("An answer"),
		slack.NewActionBlock("actions", slack.NewButtonBlockElement("context", "7", plain("Context"))),
		slack.NewContextActionsBlock("feedback", slack.NewFeedbackButtonsBlockElement("rate", good, bad)),
	)
}

func TestPress(t *testing.T) {
	s := slacktest.New(t)
	a := install(t, s)
	root := s.Say(slacktest.Newsroom, slacktest.Jane, "root", "")
	_, ts, err := s.Client().PostMessage(slacktest.Newsroom, text("An answer"), buttons(), slack.MsgOptionTS(root.TS))
	if err != nil {
		t.Fatal(err)
	}
	m, _ := s.Message(slacktest.Newsroom, ts)
	for _, press := range []struct{ id, choice, block, value string }{{"context", "", "actions", "7"}, {"rate", "bad", "feedback", "bad"}} {
		d, err := s.Press(slacktest.John, m, press.id, press.choice)
		if err != nil {
			t.Fatal(err)
		}
		deliver(t, s, d)
		i := a.actions[len(a.actions)-1]
		got := i.ActionCallback.BlockActions[0]
		if got.ActionID != press.id || got.BlockID != press.block || got.Value != press.value {
			t.Errorf("the action: %+v", got)
		}
		if i.User.ID != slacktest.John || i.Channel.ID != slacktest.Newsroom || i.Container.MessageTs != ts || i.Container.ThreadTs != root.TS || i.Message.Text != "An answer" {
			t.Errorf("the interaction: %+v", i)
		}
	}
	if _, err := s.Press(slacktest.John, m, "absent", ""); err == nil {
		t.Error("a button that is not there was pressed")
	}
	deliver(t, s, s.Shortcut(slacktest.Jane, root, "check"))
	if i := a.actions[2]; i.Type != slack.InteractionTypeMessageAction || i.CallbackID != "check" || i.Message.Text != "root" || i.MessageTs != root.TS {
		t.Errorf("the shortcut: %+v", i)
	}
}

func TestResponseURL(t *testing.T) {
	now := time.Now()
	s := slacktest.New(t, slacktest.WithClock(func() time.Time { return now }))
	url := func() string {
		return s.Command(slacktest.Jane, slacktest.Newsroom, "/pullquote", "").Form.Get("response_url")
	}
	respond := func(to string, options ...slack.MsgOption) error {
		_, _, err := s.Client().PostMessage(slacktest.Newsroom, append(options, slack.MsgOptionResponseURL(to, "ephemeral"))...)
		return err
	}
	first, late := url(), url()
	if err := respond(first, text("")); err == nil {
		t.Error("nothing was taken for a response")
	}
	for range 5 {
		if err := respond(first, text("for you")); err != nil {
			t.Fatal(err)
		}
	}
	if err := respond(first, text("once more")); err == nil {
		t.Error("a sixth use")
	}
	if seen := s.Ephemeral(slacktest.Jane); len(seen) != 5 || seen[0].Channel != slacktest.Newsroom {
		t.Errorf("Jane sees %+v", seen)
	}
	now = now.Add(30*time.Minute + time.Second)
	if err := respond(late, text("late")); err == nil {
		t.Error("a use after half an hour")
	}
	if calls := s.Calls("response_url"); calls[6].Error != "used_url" || calls[7].Error != "expired_url" {
		t.Errorf("the calls: %+v", calls[6:])
	}
}

func TestReplaceOriginal(t *testing.T) {
	s := slacktest.New(t)
	a := install(t, s)
	if _, err := s.Client().PostEphemeral(slacktest.Newsroom, slacktest.Jane, text("For you"), buttons()); err != nil {
		t.Fatal(err)
	}
	d, err := s.Press(slacktest.Jane, s.Ephemeral(slacktest.Jane)[0], "context", "")
	if err != nil {
		t.Fatal(err)
	}
	deliver(t, s, d)
	url := a.actions[0].ResponseURL
	if _, _, err := s.Client().PostMessage("", text("Shared"), slack.MsgOptionReplaceOriginal(url)); err != nil {
		t.Fatal(err)
	}
	if seen := s.Ephemeral(slacktest.Jane); len(seen) != 1 || seen[0].Text != "Shared" {
		t.Errorf("after it was replaced: %+v", seen)
	}
	if _, _, err := s.Client().PostMessage("", slack.MsgOptionDeleteOriginal(url)); err != nil {
		t.Fatal(err)
	}
	if seen := s.Ephemeral(slacktest.Jane); len(seen) != 0 {
		t.Errorf("after it was deleted: %+v", seen)
	}
	a.answer = `{"response_type":"in_channel","text":"to all"}`
	deliver(t, s, s.Command(slacktest.Jane, slacktest.Newsroom, "/pullquote", "x"))
	if all := s.Messages(slacktest.Newsroom); len(all) != 1 || all[0].Text != "to all" || all[0].Ephemeral != "" {
		t.Errorf("the answer to a command: %+v", all)
	}
}
