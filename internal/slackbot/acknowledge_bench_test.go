package slackbot_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/pullquote/pullquote/internal/llm/llmtest"
	"github.com/pullquote/pullquote/internal/slackbot/slacktest"
)

// BenchmarkAcknowledge measures how long Slack waits for the acknowledgement of a
// question, signed, over HTTP and kept in Postgres: of an idle server, and while it
// answers fifty others, each by searching, a model that takes its time, and a stream
// into its thread.
func BenchmarkAcknowledge(b *testing.B) {
	const answering = 50
	w := newWorld(b, options{script: slowly, quiet: true})
	idle := w.acknowledge(b, b.N)
	for i := range answering {
		channel := fmt.Sprintf("C1%08d", i)
		w.AddChannel(slacktest.Channel{ID: channel, Name: channel, Kind: slacktest.Public, Members: []string{slacktest.BotUser, slacktest.Jane}})
	}
	stop := make(chan struct{})
	defer close(stop)
	for i := range answering {
		go w.keepAsking(fmt.Sprintf("C1%08d", i), stop)
	}
	w.await(b, "fifty answers in the making", func() bool { return len(w.Calls("chat.startStream")) >= answering })
	b.ResetTimer()
	busy := w.acknowledge(b, b.N)
	b.ReportMetric(ms(quantile(idle, .5)), "idle-p50-ms")
	b.ReportMetric(ms(quantile(idle, .99)), "idle-p99-ms")
	b.ReportMetric(ms(quantile(busy, .5)), "busy-p50-ms")
	b.ReportMetric(ms(quantile(busy, .99)), "busy-p99-ms")
	b.ReportMetric(float64(quantile(busy, .5))/float64(quantile(idle, .5)), "busy/idle-p50")
}

// slowly is a model whose two sentences come a second apart.
func slowly(llmtest.Request) llmtest.Reply {
	return llmtest.Stream(llmtest.Content("Ivo Rook said [s1]. "), llmtest.Pause(time.Second), llmtest.Content("He added [s2]."), llmtest.Finish("stop"))
}

// keepAsking asks a question in a channel whenever the one before is answered.
func (w *world) keepAsking(channel string, stop <-chan struct{}) {
	for {
		m := w.Say(channel, slacktest.Jane, "<@"+slacktest.BotUser+"> "+dredging, "")
		w.Deliver(w.MessageEvent(m))
		for len(w.complete(channel, m.TS)) == 0 {
			select {
			case <-stop:
				return
			case <-time.After(100 * time.Millisecond):
			}
		}
	}
}

// acknowledge delivers questions of one thread, of which the first alone is
// answered meanwhile, and returns how long each acknowledgement took.
func (w *world) acknowledge(b *testing.B, n int) (took []time.Duration) {
	thread := w.Say(slacktest.Newsroom, slacktest.Jane, "Questions:", "")
	for range n {
		m := w.Say(slacktest.Newsroom, slacktest.Jane, "<@"+slacktest.BotUser+"> "+dredging, thread.TS)
		ack := w.Deliver(w.MessageEvent(m))
		if !ack.OK() {
			b.Fatalf("not acknowledged: %d %v", ack.Status, ack.Err)
		}
		took = append(took, ack.Took)
	}
	slices.Sort(took)
	return took
}

func quantile(sorted []time.Duration, q float64) time.Duration {
	return sorted[int(q*float64(len(sorted)-1))]
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
