package slacktest_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"reflect"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"

	"github.com/pullquote/pullquote/internal/slackbot/slacktest"
)

// app is an app's endpoint that checks signatures as slack-go does, and keeps what
// came.
type app struct {
	paths   []string
	retries []string
	events  []slackevents.EventsAPIEvent
	actions []slack.InteractionCallback
	command slack.SlashCommand
	answer  string
}

func (a *app) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	verifier, err := slack.NewSecretsVerifier(r.Header, slacktest.SigningSecret)
	if err != nil {
		http.Error(w, err.Error(), http.StatusUnauthorized)
		return
	}
	verifier.Write(body)
	if err := verifier.Ensure(); err != nil {
		http.Error(w, err.Error(), http.StatusUnauthorized)
		return
	}
	a.paths = append(a.paths, r.URL.Path)
	a.retries = append(a.retries, r.Header.Get("X-Slack-Retry-Num"))
	if err := a.keep(r, body); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	io.WriteString(w, a.answer)
}

func (a *app) keep(r *http.Request, body []byte) (err error) {
	r.Body = io.NopCloser(bytes.NewReader(body))
	switch r.URL.Path {
	case "/slack/events":
		var e slackevents.EventsAPIEvent
		e, err = slackevents.ParseEvent(json.RawMessage(body), slackevents.OptionNoVerifyToken())
		a.events = append(a.events, e)
	case "/slack/commands":
		a.command, err = slack.SlashCommandParse(r)
	default:
		var i slack.InteractionCallback
		i, err = slack.InteractionCallbackParse(r)
		a.actions = append(a.actions, i)
	}
	return err
}

func install(t *testing.T, s *slacktest.Server) *app {
	a := &app{}
	server := httptest.NewServer(a)
	t.Cleanup(server.Close)
	s.Install(server.URL)
	return a
}

func deliver(t *testing.T, s *slacktest.Server, d slacktest.Delivery) {
	t.Helper()
	if ack := s.Deliver(d); !ack.OK() {
		t.Fatalf("not taken: %d %s %v", ack.Status, ack.Body, ack.Err)
	}
}

func TestSignatures(t *testing.T) {
	s := slacktest.New(t)
	a := install(t, s)
	event := s.MessageEvent(s.Say(slacktest.Newsroom, slacktest.Jane, "hello", ""))
	stale, forged, bare := event, event, event
	stale.SignedAt, forged.Secret, bare.Unsigned = time.Now().Add(-6*time.Minute), "wrong", true
	for name, d := range map[string]slacktest.Delivery{"stale": stale, "forged": forged, "bare": bare} {
		if ack := s.Deliver(d); ack.Status != http.StatusUnauthorized {
			t.Errorf("%s: %d", name, ack.Status)
		}
	}
	deliver(t, s, event)
	deliver(t, s, event.Again(2))
	if !reflect.DeepEqual(a.retries, []string{"", "2"}) {
		t.Errorf("retries: %q", a.retries)
	}
}

func TestEvents(t *testing.T) {
	s := slacktest.New(t)
	a := install(t, s)
	root := s.Say(slacktest.Newsroom, slacktest.Jane, "<@"+slacktest.BotUser+"> who?", "")
	answer := s.Say(slacktest.Desk, "B0OTHER", "beep", "")
	reply := s.Say(slacktest.JaneDM, slacktest.Jane, "and?", "")
	pane, channel, thread := s.OpenPane(slacktest.Jane, slacktest.Newsroom)
	asked := s.Say(channel, slacktest.Jane, "in the pane", thread)
	mention, message := s.MentionEvent(root), s.MessageEvent(root)
	if mention.EventID == message.EventID {
		t.Error("the mention and the message have one event id")
	}
	for _, d := range []slacktest.Delivery{
		message, mention, s.MessageEvent(answer), s.MessageEvent(reply), pane, s.MessageEvent(asked), s.Edit(root, "who was it?"),
		s.Delete(root), s.HomeOpened(slacktest.Jane, "home"), s.TokensRevoked(), s.Uninstalled(), slacktest.Verification("abc"), s.RateLimited(),
	} {
		deliver(t, s, d)
	}
	var got []any
	for _, e := range a.events {
		got = append(got, e.InnerEvent.Data)
	}
	plain := got[0].(*slackevents.MessageEvent)
	if plain.Text != root.Text || plain.TimeStamp != root.TS || plain.ChannelType != "channel" || plain.User != slacktest.Jane {
		t.Errorf("message: %+v", plain)
	}
	if m := got[1].(*slackevents.AppMentionEvent); m.TimeStamp != root.TS || m.Channel != slacktest.Newsroom {
		t.Errorf("mention: %+v", m)
	}
	if m := got[2].(*slackevents.MessageEvent); m.BotID != "B0OTHER" || m.SubType != "bot_message" || m.ChannelType != "group" {
		t.Errorf("another bot: %+v", m)
	}
	if m := got[3].(*slackevents.MessageEvent); m.ChannelType != "im" {
		t.Errorf("direct message: %+v", m)
	}
	if e := got[4].(*slackevents.AssistantThreadStartedEvent); e.AssistantThread.ThreadTimeStamp != thread || e.AssistantThread.Context.ChannelID != slacktest.Newsroom {
		t.Errorf("pane: %+v", e)
	}
	if m := got[5].(*slackevents.MessageEvent); m.ThreadTimeStamp != thread {
		t.Errorf("in the pane: %+v", m)
	}
	if m := got[6].(*slackevents.MessageEvent); m.SubType != "message_changed" || m.Message.Text != "who was it?" || m.PreviousMessage.Text != root.Text {
		t.Errorf("edit: %+v", m)
	}
	if m := got[7].(*slackevents.MessageEvent); m.SubType != "message_deleted" || m.PreviousMessage.Timestamp != root.TS {
		t.Errorf("deletion: %+v", m)
	}
	if e := got[8].(*slackevents.AppHomeOpenedEvent); e.Tab != "home" || e.Channel != slacktest.JaneDM {
		t.Errorf("home: %+v", e)
	}
}
