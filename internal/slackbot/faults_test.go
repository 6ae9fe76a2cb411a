package slackbot_test

import (
	"strings"
	"testing"
	"time"

	"github.com/pullquote/pullquote/internal/llm/llmtest"
	"github.com/pullquote/pullquote/internal/slackbot/slacktest"
)

// TestFaults lets Slack fail in every call that makes an answer, before and after it
// has taken effect. There is one answer in the end, whole.
func TestFaults(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		slack []slacktest.Option
		fail  func(*slacktest.Server)
	}{
		{name: "the stream cannot begin: the connection ends", fail: fails("chat.startStream", slacktest.CutBefore)},
		{name: "the stream begins, and nobody hears of it", fail: fails("chat.startStream", slacktest.CutAfter)},
		{name: "the stream cannot begin: an error of Slack's", fail: fails("chat.startStream", slacktest.Status(503))},
		{name: "too many streams", fail: func(s *slacktest.Server) { s.Refuse("chat.startStream", 1, 30*time.Second) }},
		{name: "a statement is lost", fail: fails("chat.appendStream", slacktest.CutBefore)},
		{name: "a statement is taken, and nobody hears of it", fail: fails("chat.appendStream", slacktest.CutAfter)},
		{name: "too many statements", fail: func(s *slacktest.Server) { s.Refuse("chat.appendStream", 1, time.Second) }},
		{name: "Slack has ended the stream", fail: fails("chat.appendStream", slacktest.Code("message_not_in_streaming_state"))},
		{name: "the end is lost", fail: fails("chat.stopStream", slacktest.CutBefore)},
		{name: "the end is taken, and nobody hears of it", fail: fails("chat.stopStream", slacktest.CutAfter)},
		{name: "too many ends", fail: func(s *slacktest.Server) { s.Refuse("chat.stopStream", 2, time.Second) }},
		{name: "no streams in this workspace", slack: []slacktest.Option{slacktest.WithoutStreams("unknown_method")}},
		{name: "no streams here", slack: []slacktest.Option{slacktest.WithoutStreams("channel_type_not_supported")}},
		{name: "no streams, and the message is lost", slack: []slacktest.Option{slacktest.WithoutStreams("unknown_method")}, fail: fails("chat.postMessage", slacktest.CutBefore)},
		{name: "no streams, and nobody hears of the message", slack: []slacktest.Option{slacktest.WithoutStreams("unknown_method")}, fail: fails("chat.postMessage", slacktest.CutAfter)},
		{name: "no streams, and too many messages", slack: []slacktest.Option{slacktest.WithoutStreams("unknown_method")}, fail: func(s *slacktest.Server) { s.Refuse("chat.postMessage", 2, time.Second) }},
		{name: "no citation element", slack: []slacktest.Option{slacktest.WithoutCitations()}},
		{name: "neither streams nor citation element", slack: []slacktest.Option{slacktest.WithoutCitations(), slacktest.WithoutStreams("unknown_method")}},
		{name: "no status", slack: []slacktest.Option{slacktest.WithoutScopes("assistant:write")}},
		{name: "Slack is down for a while", fail: func(s *slacktest.Server) { s.Fail("", 3, slacktest.Status(500)) }},
		{name: "all limits", slack: []slacktest.Option{slacktest.WithLimits()}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, options{slack: test.slack, script: llmtest.Honest()})
			if test.fail != nil {
				test.fail(w.Server)
			}
			m := w.ask(t, slacktest.Newsroom, slacktest.Jane, dredging, "")
			a, err := w.latest(t, m)
			if err != nil {
				t.Fatal(err)
			}
			seen := slacktest.Visible(m)
			for _, c := range a.Citations {
				if n := strings.Count(seen, c.Quote); n != 1 {
					t.Errorf("%q is shown %d times: %s", c.Quote, n, seen)
				}
			}
			if len(a.Citations) == 0 || !strings.Contains(string(m.Blocks), "https://quotes.example/t/") {
				t.Errorf("the answer is without quotations or links: %s", seen)
			}
		})
	}
}

func fails(method string, f slacktest.Fault) func(*slacktest.Server) {
	return func(s *slacktest.Server) { s.Fail(method, 1, f) }
}

// What Slack will never allow is given up, and who asked is told where that can be.
func TestRefusedForGood(t *testing.T) {
	t.Parallel()
	w := newWorld(t, options{slack: []slacktest.Option{slacktest.WithoutStreams("unknown_method")}})
	m := w.Say(slacktest.Newsroom, slacktest.Jane, "<@"+slacktest.BotUser+"> "+dredging, "")
	w.Archive(slacktest.Newsroom)
	w.deliver(t, w.MessageEvent(m))
	w.await(t, "an attempt to post", func() bool { return len(w.Calls("chat.postMessage")) > 0 })
	direct := w.Say(slacktest.JaneDM, slacktest.Jane, dredging, "")
	w.deliver(t, w.MessageEvent(direct))
	w.await(t, "the direct message's answer", func() bool { return len(w.complete(slacktest.JaneDM, direct.TS)) == 1 })
	if n := len(w.Calls("chat.postMessage")); n != 2 {
		t.Errorf("%d messages were tried", n)
	}
}
