package slacktest_test

import (
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/pullquote/pullquote/internal/slackbot/slacktest"
)

func plain(s string) *slack.TextBlockObject {
	return slack.NewTextBlockObject("plain_text", s, false, false)
}

// modal asks for a language and a trigger.
func modal(title string) slack.ModalViewRequest {
	option := func(v string) *slack.OptionBlockObject { return slack.NewOptionBlockObject(v, plain(v), nil) }
	menu := slack.NewOptionsSelectBlockElement("static_select", nil, "trigger", option("mentions"), option("all"))
	menu.InitialOption = option("mentions")
	return slack.ModalViewRequest{
		Type: slack.VTModal, Title: plain(title), Submit: plain("Save"), CallbackID: "settings", PrivateMetadata: "C1",
		Blocks: slack.Blocks{BlockSet: []slack.Block{
			slack.NewInputBlock("language", plain("Language"), nil, slack.NewPlainTextInputBlockElement(nil, "language")),
			slack.NewInputBlock("trigger", plain("Trigger"), nil, menu),
		}},
	}
}

func TestTriggers(t *testing.T) {
	now := time.Now()
	s := slacktest.New(t, slacktest.WithClock(func() time.Time { return now }))
	trigger := func() string {
		return s.Command(slacktest.Jane, slacktest.Newsroom, "/pullquote", "").Form.Get("trigger_id")
	}
	used, late := trigger(), trigger()
	for _, test := range []struct{ name, id, want string }{
		{"in time", used, ""},
		{"again", used, "exchanged_trigger_id"},
		{"made up", "1.2.ab", "invalid_trigger_id"},
		{"malformed", "x", "invalid_trigger_id"},
	} {
		if _, err := s.Client().OpenView(test.id, modal("Settings")); codeOf(err) != test.want {
			t.Errorf("%s: got %v, want %q", test.name, err, test.want)
		}
	}
	now = now.Add(3*time.Second + time.Millisecond)
	if _, err := s.Client().OpenView(late, modal("Settings")); codeOf(err) != "expired_trigger_id" {
		t.Errorf("late: %v", err)
	}
}

func TestViews(t *testing.T) {
	s := slacktest.New(t)
	a := install(t, s)
	api := s.Client()
	command := s.Command(slacktest.Jane, slacktest.Newsroom, "/pullquote", "settings")
	deliver(t, s, command)
	if a.command.Text != "settings" || a.command.UserID != slacktest.Jane || a.command.ChannelName != "newsroom" {
		t.Errorf("the command: %+v", a.command)
	}
	if _, err := api.OpenView(a.command.TriggerID, modal(strings.Repeat("x", 25))); codeOf(err) != "invalid_arguments" {
		t.Errorf("a long title: %v", err)
	}
	opened, err := api.OpenView(a.command.TriggerID, modal("Settings"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := api.UpdateView(modal("More settings"), "", "stale", opened.View.ID); codeOf(err) != "hash_conflict" {
		t.Errorf("a stale hash: %v", err)
	}
	if _, err := api.UpdateView(modal("More settings"), "", opened.View.Hash, opened.View.ID); err != nil {
		t.Fatal(err)
	}
	view := s.Views()[0]
	if view.User != slacktest.Jane || view.CallbackID != "settings" || !strings.HasPrefix(slacktest.VisibleIn(view), "More settings\nLanguage") {
		t.Errorf("the view: %+v %q", view, slacktest.VisibleIn(view))
	}
	if _, err := s.Submit(view, slacktest.State{"trigger": {"trigger": {"never"}}}); err == nil {
		t.Error("an option that is not there was chosen")
	}
	submission, err := s.Submit(view, slacktest.State{"language": {"language": {"French"}}})
	if err != nil {
		t.Fatal(err)
	}
	a.answer = `{"response_action":"errors","errors":{"language":"no"}}`
	deliver(t, s, submission)
	values := a.actions[0].View.State.Values
	if values["language"]["language"].Value != "French" || values["trigger"]["trigger"].SelectedOption.Value != "mentions" {
		t.Errorf("the values: %+v", values)
	}
	if len(s.Views()) != 1 {
		t.Error("the view closed in spite of errors")
	}
	a.answer = ""
	deliver(t, s, submission)
	if len(s.Views()) != 0 {
		t.Error("the view is still open")
	}
}

func TestHome(t *testing.T) {
	s := slacktest.New(t)
	home := slack.PublishViewContextRequest{UserID: slacktest.Jane, View: slack.HomeTabViewRequest{
		Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: []slack.Block{section("Welcome")}},
	}}
	for range 2 {
		if _, err := s.Client().PublishViewContext(t.Context(), home); err != nil {
			t.Fatal(err)
		}
	}
	if views := s.Views(); len(views) != 1 || slacktest.VisibleIn(views[0]) != "Welcome" {
		t.Errorf("the homes: %+v", views)
	}
}
