package slackbot_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/pullquote/pullquote/internal/slackbot/slacktest"
)

// FuzzDelivery delivers anything that Slack may have signed: events, the forms of commands and
// of interactions, and, under the last number, the payload of an interaction, which is JSON within
// such a form.
//
// Whatever is delivered, the bot does not fail, and keeps nothing of what it refuses.
func FuzzDelivery(f *testing.F) {
	w := newWorld(f, options{idle: true, quiet: true})
	paths := []string{"/slack/events", "/slack/commands", "/slack/interactions", "/slack/interactions"}
	const event, command, form, payload = 0, 1, 2, 3
	for _, d := range deliveries(f, w) {
		switch d.Transport {
		case slacktest.Commands:
			for _, body := range kinOf(d.Form.Encode()) {
				f.Add(uint8(command), []byte(body))
			}
		case slacktest.Interactions:
			f.Add(uint8(form), []byte(url.Values{"payload": {string(d.Payload)}}.Encode()))
			for _, body := range kinOf(string(d.Payload)) {
				f.Add(uint8(payload), []byte(body))
			}
		default:
			for _, body := range kinOf(string(d.Payload)) {
				f.Add(uint8(event), []byte(body))
			}
		}
	}
	f.Add(uint8(event), []byte(strings.Repeat(`{"event":`, 10_000)))
	f.Add(uint8(event), []byte(`{"type":"event_callback","event":null,"authorizations":[null]}`))
	f.Add(uint8(payload), []byte(`{"type":"block_actions","actions":[null]}`))
	f.Add(uint8(payload), []byte(`{"type":"block_actions","trigger_id":"1","team":{"id":"T"},"channel":{"id":"C"},"actions":[{"block_id":"b","action_id":"pullquote.helpful","value":"00000000-0000-7000-8000-000000000000"}]}`))
	f.Add(uint8(payload), []byte(`{"type":"view_submission","trigger_id":"1","view":{"callback_id":"pullquote.reasons","private_metadata":"\n{","state":{"values":{}}}}`))
	f.Add(uint8(form), []byte("payload=%00&payload=%ff;"))
	f.Add(uint8(command), []byte("team_id=T&channel_id=C&trigger_id=%00&text=%ff%00 what?"))
	handler := w.bot.Handler()
	f.Fuzz(func(t *testing.T, kind uint8, body []byte) {
		kind %= uint8(len(paths))
		if kind == payload {
			body = []byte(url.Values{"payload": {string(body)}}.Encode())
		}
		before := w.kept(t)
		request := httptest.NewRequestWithContext(t.Context(), http.MethodPost, paths[kind], strings.NewReader(string(body)))
		timestamp := strconv.FormatInt(time.Now().Unix(), 10)
		request.Header.Set("X-Slack-Request-Timestamp", timestamp)
		request.Header.Set("X-Slack-Signature", slacktest.Sign(slacktest.SigningSecret, timestamp, body))
		recorded := httptest.NewRecorder()
		handler.ServeHTTP(recorded, request)
		if recorded.Code >= http.StatusInternalServerError && recorded.Code != http.StatusServiceUnavailable {
			t.Errorf("the bot failed: %d %s", recorded.Code, recorded.Body)
		}
		if recorded.Code >= http.StatusBadRequest && w.kept(t) != before {
			t.Errorf("refused, and yet kept: %d %s", recorded.Code, recorded.Body)
		}
	})
}

// deliveries are one of each kind.
func deliveries(f *testing.F, w *world) []slacktest.Delivery {
	f.Helper()
	said := w.Say(slacktest.Newsroom, slacktest.Jane, "<@"+slacktest.BotUser+"> "+dredging, "")
	pane, _, _ := w.OpenPane(slacktest.Jane, slacktest.Newsroom)
	return []slacktest.Delivery{
		w.MentionEvent(said), w.MessageEvent(said), w.HomeOpened(slacktest.Jane, "home"), pane, w.RateLimited(), w.Uninstalled(),
		w.LinkShared(said, "https://quotes.example/t/00000000-0000-7000-8000-000000000000#turn-1"), slacktest.Verification("x"),
		w.Command(slacktest.Jane, slacktest.Newsroom, "/pullquote", dredging), w.Command(slacktest.Jane, slacktest.Newsroom, "/pullquote", "settings"),
		w.Command(slacktest.Jane, slacktest.Newsroom, "/pullquote", "check “The harbour pays for the dredging.”"),
		w.Shortcut(slacktest.Jane, said, "pullquote.check"), w.Edit(said, "Who pays?"), w.Delete(said),
	}
}

// kinOf are a body and others like it, each with something wrong.
func kinOf(body string) []string {
	return []string{
		body, body[:len(body)/2], "\ufeff" + body, body + body, "",
		strings.Replace(body, `:"`, `:"\u0000`, 1), strings.ReplaceAll(body, `:"`, ":\"\xff"), strings.ReplaceAll(body, `_id":"`, `_id":"\u0000`),
		strings.ReplaceAll(body, `"ts":"`, `"ts":"\u0000`), strings.ReplaceAll(body, `{"`, `{"x":[[null]],"`), strings.ReplaceAll(body, "[", "[null,"),
		strings.ReplaceAll(body, "=", "=%00%ff"),
	}
}

// kept is how much there is of what deliveries leave.
func (w *world) kept(t *testing.T) (n int) {
	t.Helper()
	if err := w.pool.QueryRow(t.Context(), `SELECT (SELECT count(*) FROM slack_tasks) + (SELECT count(*) FROM slack_settings) + (SELECT count(*) FROM slack_threads)`).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}
