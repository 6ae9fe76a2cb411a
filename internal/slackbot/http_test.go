package slackbot_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/pullquote/pullquote/internal/slackbot/slacktest"
)

func TestDeliveriesThatAreRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t, options{idle: true})
	good := w.MentionEvent(w.Say(slacktest.Newsroom, slacktest.Jane, "<@"+slacktest.BotUser+"> "+dredging, ""))
	tests := []struct {
		name   string
		spoil  func(*slacktest.Delivery)
		status int
	}{
		{"no signature", func(d *slacktest.Delivery) { d.Unsigned = true }, http.StatusUnauthorized},
		{"another secret", func(d *slacktest.Delivery) { d.Secret = "another" }, http.StatusUnauthorized},
		{"signed six minutes ago", func(d *slacktest.Delivery) { d.SignedAt = time.Now().Add(-6 * time.Minute) }, http.StatusUnauthorized},
		{"signed in six minutes", func(d *slacktest.Delivery) { d.SignedAt = time.Now().Add(6 * time.Minute) }, http.StatusUnauthorized},
		{"too large", func(d *slacktest.Delivery) { d.Payload = []byte(`"` + strings.Repeat("a", 2<<20) + `"`) }, http.StatusRequestEntityTooLarge},
		{"no JSON", func(d *slacktest.Delivery) { d.Payload = []byte("{") }, http.StatusUnprocessableEntity},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := good
			test.spoil(&d)
			ack := w.Deliver(d)
			if ack.Status != test.status || ack.Header.Get("X-Slack-No-Retry") != "1" {
				t.Errorf("answered %d %s %v", ack.Status, ack.Body, ack.Err)
			}
		})
	}
	w.deliver(t, good)
}

func TestURLVerification(t *testing.T) {
	t.Parallel()
	w := newWorld(t, options{idle: true})
	if ack := w.Deliver(slacktest.Verification("of this address")); !ack.OK() || !strings.Contains(string(ack.Body), "of this address") {
		t.Errorf("answered %d %s", ack.Status, ack.Body)
	}
}

// What is not for the bot is acknowledged, so that Slack does not bring it again.
func TestDeliveriesOfNoInterest(t *testing.T) {
	t.Parallel()
	w := newWorld(t, options{idle: true})
	for _, d := range []slacktest.Delivery{w.HomeOpened(slacktest.Jane, "home"), w.TokensRevoked(), w.Uninstalled(), w.RateLimited()} {
		w.deliver(t, d)
	}
}
