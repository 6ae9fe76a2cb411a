package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/pullquote/pullquote/internal/postgres/postgrestest"
	"github.com/pullquote/pullquote/internal/slackbot/slacktest"
)

// TestSlackKilled asks many questions in Slack, each delivered one to four times and
// out of order, as a message, as a mention or as both, and kills the server again
// and again as it answers. Each question has one answer in the end. Some are asked,
// unless PULLQUOTE_TEST_SLACK_QUESTIONS says how many: 2000 takes minutes.
func TestSlackKilled(t *testing.T) {
	t.Parallel()
	questions := 60
	if n, err := strconv.Atoi(os.Getenv("PULLQUOTE_TEST_SLACK_QUESTIONS")); err == nil {
		questions = n
	}
	kills := max(3, questions/100)
	k := newKilled(t, questions)
	var delivering sync.WaitGroup
	deliveries := make(chan slacktest.Delivery)
	for range 4 {
		delivering.Go(func() {
			for d := range deliveries {
				k.deliver(d)
			}
		})
	}
	go func() {
		defer close(deliveries)
		for _, d := range k.deliveries() {
			deliveries <- d
		}
	}()
	for i := range kills {
		at := (i*questions + rand.IntN(questions)) / kills
		k.await(t, func() bool { return len(k.Calls("chat.startStream")) > at })
		k.restart(t)
	}
	delivering.Wait()
	k.answered(t)
	t.Logf("%d questions, %d deliveries acknowledged, %d not, %d kills, %d replies begun, %d mended",
		questions, k.acknowledged.Load(), k.refused.Load(), kills, len(k.Calls("chat.startStream")), len(k.Calls("chat.update")))
	k.running().stop(t, syscall.SIGTERM)
}

// killed is a server that is killed, and the Slack that it answers in.
type killed struct {
	*slacktest.Server
	env                   []string
	asked                 []slacktest.Message
	acknowledged, refused atomic.Int32

	mu     sync.Mutex
	server *runningServer
}

// perChannel questions do not make the bot wait for Slack's one message a second.
const perChannel = 3

func newKilled(t *testing.T, questions int) *killed {
	k := &killed{Server: slacktest.New(t)}
	k.env = []string{
		"DATABASE_URL=" + postgrestest.Migrated(t), "LOG_LEVEL=error",
		"SLACK_BOT_TOKEN=" + slacktest.BotToken, "SLACK_SIGNING_SECRET=" + slacktest.SigningSecret, "SLACK_API_URL=" + k.APIURL(),
	}
	file := filepath.Join(t.TempDir(), "orchard.json")
	if err := os.WriteFile(file, []byte(orchard), 0o600); err != nil {
		t.Fatal(err)
	}
	finish(t, k.env, "ingest", file)
	for i := range questions {
		channel := fmt.Sprintf("C0%08d", i/perChannel)
		if i%perChannel == 0 {
			k.AddChannel(slacktest.Channel{ID: channel, Name: channel, Kind: slacktest.Public, Members: []string{slacktest.BotUser, slacktest.Jane}})
		}
		k.asked = append(k.asked, k.Say(channel, slacktest.Jane, "<@"+slacktest.BotUser+"> When do the trees flower?", ""))
	}
	k.start(t)
	return k
}

func (k *killed) start(t *testing.T) {
	server := startServer(t, k.env...)
	k.mu.Lock()
	k.server = server
	k.mu.Unlock()
	k.Install(server.url)
}

func (k *killed) running() *runningServer {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.server
}

// restart kills the server, and starts another.
func (k *killed) restart(t *testing.T) {
	server := k.running()
	if err := server.process.Kill(); err != nil {
		t.Fatal(err)
	}
	<-server.exited
	k.start(t)
}

// deliveries are those of all questions, one to four of each, shuffled.
func (k *killed) deliveries() (all []slacktest.Delivery) {
	for _, m := range k.asked {
		message, mention := k.MessageEvent(m), k.MentionEvent(m)
		for n := range 1 + rand.IntN(4) {
			d := message
			if rand.IntN(2) == 0 {
				d = mention
			}
			all = append(all, d.Again(n))
		}
	}
	rand.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all
}

// deliver brings a delivery until it is acknowledged, as Slack does, if not for
// ever.
func (k *killed) deliver(d slacktest.Delivery) {
	for !k.Deliver(d).OK() {
		k.refused.Add(1)
		time.Sleep(10 * time.Millisecond) // nothing tells when a server is there again
	}
	k.acknowledged.Add(1)
}

func (k *killed) await(t *testing.T, holds func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	if err := k.Await(ctx, holds); err != nil {
		t.Fatalf("%d replies were begun, and then no more", len(k.Calls("chat.startStream")))
	}
}

// answered waits until all questions have their answers, and holds each to one.
func (k *killed) answered(t *testing.T) {
	t.Helper()
	done := 0
	k.await(t, func() bool {
		for done < len(k.asked) && k.complete(k.asked[done]) {
			done++
		}
		return done == len(k.asked)
	})
	for _, m := range k.asked {
		answers := k.Answers(m.Channel, m.TS)
		if len(answers) != 1 || strings.Count(slacktest.Visible(answers[0]), "second week of May") != 1 {
			t.Errorf("%s has %d answers: %+v", m.TS, len(answers), answers)
		}
	}
}

func (k *killed) complete(m slacktest.Message) bool {
	answers := k.Answers(m.Channel, m.TS)
	return len(answers) > 0 && !answers[0].Streaming && strings.Contains(string(answers[0].Blocks), "pullquote.helpful")
}
