package slackbot_test

import (
	"slices"
	"testing"

	"github.com/pullquote/pullquote/internal/llm/llmtest"
	"github.com/pullquote/pullquote/internal/slackbot/slacktest"
)

// posted are the messages of the bot that all of a channel can see.
func (w *world) posted(channel string) []slacktest.Message {
	return slices.DeleteFunc(w.Messages(channel), func(m slacktest.Message) bool { return m.BotID != slacktest.Bot || m.Ephemeral != "" })
}

// asked has Jane mention the bot, without an event of it.
func (w *world) asked(text string) slacktest.Message {
	return w.Say(slacktest.Newsroom, slacktest.Jane, "<@"+slacktest.BotUser+"> "+text, "")
}

// TestDeletedQuestion deletes a question before its answer is there. It is not answered,
// least of all in the channel.
func TestDeletedQuestion(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		do   func(t *testing.T, w *world, m slacktest.Message)
	}{
		{"before anybody works", func(t *testing.T, w *world, m slacktest.Message) {
			w.deliver(t, w.MentionEvent(m))
			w.deliver(t, w.Delete(m))
		}},
		{"before Slack tells of it", func(t *testing.T, w *world, m slacktest.Message) {
			event := w.MentionEvent(m)
			w.deliver(t, w.Delete(m))
			w.deliver(t, event)
		}},
		{"in a thread", func(t *testing.T, w *world, m slacktest.Message) {
			follow := w.Say(slacktest.Newsroom, slacktest.Jane, "<@"+slacktest.BotUser+"> "+dredging, m.TS)
			w.deliver(t, w.MentionEvent(follow))
			w.deliver(t, w.Delete(follow))
		}},
		{"with its replies staying", func(t *testing.T, w *world, m slacktest.Message) {
			w.deliver(t, w.MentionEvent(m))
			w.Say(slacktest.Newsroom, slacktest.John, "I wonder.", m.TS)
			w.deliver(t, w.Delete(m))
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, options{idle: true})
			test.do(t, w, w.asked(dredging))
			w.run(t)
			direct := w.Say(slacktest.JaneDM, slacktest.Jane, dredging, "")
			w.deliver(t, w.MessageEvent(direct))
			w.await(t, "the direct message's answer", func() bool { return len(w.complete(slacktest.JaneDM, direct.TS)) == 1 })
			if got := w.posted(slacktest.Newsroom); len(got) > 0 || len(w.Ephemeral(slacktest.Jane)) > 0 {
				t.Errorf("it was answered: %s", got[0].Blocks)
			}
		})
	}
}

// TestDeletedWhileAnswered deletes a question as the model answers it.
func TestDeletedWhileAnswered(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		slack []slacktest.Option
		late  bool // the event comes when the answer stands in the channel
	}{
		{name: "the event comes first"},
		{name: "the event comes first, without streams", slack: []slacktest.Option{slacktest.WithoutStreams("unknown_method")}},
		{name: "the event comes late", late: true},
		{name: "the event comes late, without streams", late: true, slack: []slacktest.Option{slacktest.WithoutStreams("unknown_method")}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var w *world
			var m slacktest.Message
			deletions := make(chan slacktest.Delivery, 1)
			w = newWorld(t, options{slack: test.slack, script: func(r llmtest.Request) llmtest.Reply {
				if len(deletions) == 0 {
					deletion := w.Delete(m)
					if !test.late {
						w.Deliver(deletion)
					}
					deletions <- deletion
				}
				return llmtest.Honest()(r)
			}})
			m = w.asked(dredging)
			w.deliver(t, w.MentionEvent(m))
			w.await(t, "the deletion", func() bool { return len(deletions) == 1 })
			if test.late {
				w.await(t, "an answer where it does not belong", func() bool {
					return len(w.Calls("chat.stopStream"))+len(w.Calls("chat.delete")) > 0
				})
				w.deliver(t, <-deletions)
			}
			// The tasks of a thread are done one after the other.
			last := w.Say(slacktest.Newsroom, slacktest.John, "<@"+slacktest.BotUser+"> help", m.TS)
			w.deliver(t, w.MentionEvent(last))
			w.await(t, "help", func() bool { return len(w.Ephemeral(slacktest.John)) == 1 })
			if got := w.posted(slacktest.Newsroom); len(got) > 0 || len(w.Ephemeral(slacktest.Jane)) > 0 {
				t.Errorf("the channel shows %+v", got)
			}
		})
	}
}
