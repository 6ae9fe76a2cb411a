package slackbot_test

import (
	"context"
	"testing"

	"github.com/pullquote/pullquote/internal/slackbot/slacktest"
)

// TestSocketMode asks over a websocket: by a message, a command and a button, and
// again after Slack has closed the connection, as it does every few hours.
func TestSocketMode(t *testing.T) {
	t.Parallel()
	w := newWorld(t, options{socket: true})
	connected := func(n int) {
		t.Helper()
		w.await(t, "a websocket", func() bool { return w.Connections() >= n })
	}
	connected(1)
	first := w.Say(slacktest.Newsroom, slacktest.Jane, "<@"+slacktest.BotUser+"> "+dredging, "")
	w.send(t, w.MentionEvent(first))
	w.send(t, w.MessageEvent(first))
	w.await(t, "an answer", func() bool { return len(w.complete(slacktest.Newsroom, first.TS)) == 1 })
	w.send(t, w.Command(slacktest.John, slacktest.Newsroom, "/pullquote", "help"))
	w.await(t, "help", func() bool { return len(w.Ephemeral(slacktest.John)) == 1 })

	w.Disconnect("refresh_requested")
	w.await(t, "the end of the websocket", func() bool { return w.Connections() == 0 || len(w.Calls("apps.connections.open")) > 1 })
	connected(1)
	second := w.Say(slacktest.Newsroom, slacktest.Jane, "<@"+slacktest.BotUser+"> Who pays for it?", "")
	w.await(t, "an acknowledgement", func() bool { return w.trySend(w.MentionEvent(second)) })
	w.await(t, "a second answer", func() bool { return len(w.complete(slacktest.Newsroom, second.TS)) == 1 })
	if got := w.Answers(slacktest.Newsroom, first.TS); len(got) != 1 {
		t.Errorf("%d answers to the first question", len(got))
	}
}

// send brings a delivery over the websocket, which must be acknowledged.
func (w *world) send(t *testing.T, d slacktest.Delivery) {
	t.Helper()
	id, err := w.Send(d)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if _, err := w.AckOf(ctx, id); err != nil {
		t.Fatal("not acknowledged:", err)
	}
}

func (w *world) trySend(d slacktest.Delivery) bool {
	_, err := w.Send(d)
	return err == nil
}
