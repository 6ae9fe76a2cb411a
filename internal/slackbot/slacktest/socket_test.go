package slacktest_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"

	"github.com/pullquote/pullquote/internal/slackbot/slacktest"
)

// connect runs slack-go's client of Socket Mode until the test ends, and gives what
// arrives.
func connect(t *testing.T, s *slacktest.Server) (*socketmode.Client, <-chan socketmode.Event) {
	client := socketmode.New(s.Client())
	ctx, cancel := context.WithCancel(context.Background())
	arrived := make(chan socketmode.Event, 100)
	done := make(chan struct{})
	go func() {
		defer close(done)
		client.RunContext(ctx)
	}()
	go func() {
		for e := range client.Events {
			if e.Request != nil && e.Request.EnvelopeID != "" {
				arrived <- e
			}
		}
	}()
	t.Cleanup(func() { cancel(); <-done })
	return client, arrived
}

func soon(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	t.Cleanup(cancel)
	return ctx
}

func await(t *testing.T, s *slacktest.Server, what string, holds func() bool) {
	t.Helper()
	if err := s.Await(soon(t), holds); err != nil {
		t.Fatalf("%s: %v", what, err)
	}
}

func TestSocket(t *testing.T) {
	s := slacktest.New(t)
	message := s.MessageEvent(s.Say(slacktest.Newsroom, slacktest.Jane, "hello", ""))
	if _, err := s.Send(message); err == nil {
		t.Error("something was sent without a connection")
	}
	client, arrived := connect(t, s)
	await(t, s, "a connection", func() bool { return s.Connections() == 1 })

	id, err := s.Send(message)
	if err != nil {
		t.Fatal(err)
	}
	e := <-arrived
	if got := e.Data.(slackevents.EventsAPIEvent).InnerEvent.Data.(*slackevents.MessageEvent); got.Text != "hello" || e.Request.EnvelopeID != id {
		t.Errorf("arrived: %+v", e)
	}
	again := s.Unacknowledged()
	if len(again) != 1 || again[0].EventID != message.EventID || again[0].RetryNum != 1 {
		t.Fatalf("unacknowledged: %+v", again)
	}
	if id, err = s.Send(again[0]); err != nil {
		t.Fatal(err)
	}
	if e = <-arrived; e.Request.RetryAttempt != 1 {
		t.Errorf("the second time: %+v", e.Request)
	}
	client.Ack(*e.Request)
	if _, err := s.AckOf(soon(t), id); err != nil {
		t.Fatal(err)
	}
	if left := s.Unacknowledged(); len(left) != 0 {
		t.Errorf("unacknowledged: %+v", left)
	}

	if id, err = s.Send(s.Command(slacktest.Jane, slacktest.Newsroom, "/pullquote", "x")); err != nil {
		t.Fatal(err)
	}
	e = <-arrived
	if c := e.Data.(slack.SlashCommand); c.Text != "x" || c.ResponseURL == "" || !e.Request.AcceptsResponsePayload {
		t.Errorf("the command: %+v", c)
	}
	client.Ack(*e.Request, map[string]string{"text": "for you"})
	ack, err := s.AckOf(soon(t), id)
	if err != nil || !json.Valid(ack.Payload) {
		t.Fatalf("the acknowledgement: %+v, %v", ack, err)
	}
	await(t, s, "the answer to the command", func() bool { return len(s.Ephemeral(slacktest.Jane)) == 1 })
}

func TestSocketReconnects(t *testing.T) {
	s := slacktest.New(t)
	connect(t, s)
	opened := func(n int) func() bool {
		return func() bool { return len(s.Calls("apps.connections.open")) == n && s.Connections() == 1 }
	}
	await(t, s, "the first connection", opened(1))
	s.Disconnect("refresh_requested")
	await(t, s, "the second connection", opened(2))
	s.Cut()
	await(t, s, "the third connection", opened(3))
}

func TestSocketTickets(t *testing.T) {
	s := slacktest.New(t)
	_, _, err := slack.New(slacktest.BotToken, slack.OptionAPIURL(s.APIURL()), slack.OptionAppLevelToken(slacktest.BotToken)).StartSocketModeContext(t.Context())
	if codeOf(err) != "not_allowed_token_type" {
		t.Errorf("with the bot's token: %v", err)
	}
}
