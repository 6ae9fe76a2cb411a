package slackbot_test

import (
	"context"
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/llm"
	"github.com/pullquote/pullquote/internal/llm/llmtest"
	"github.com/pullquote/pullquote/internal/postgres"
	"github.com/pullquote/pullquote/internal/postgres/postgrestest"
	"github.com/pullquote/pullquote/internal/slackbot"
	"github.com/pullquote/pullquote/internal/slackbot/slacktest"
	"github.com/pullquote/pullquote/internal/slackstore"
	"github.com/pullquote/pullquote/retrieval"
)

func TestMain(m *testing.M) { postgrestest.Main(m) }

const harbour = `{"title": "The North Channel", "date": "2031-03-04", "turns": [
	{"speaker": "Una Marsh", "affiliation": "Bay Gazette", "role": "question", "text": "Will you dredge the north channel this year?"},
	{"speaker": "Ivo Rook", "role": "answer", "text": "We will dredge it in the second week of May. In a cold year it’s the third. The budget is four million crowns."},
	{"speaker": "Una Marsh", "affiliation": "Bay Gazette", "role": "question", "text": "And who pays for the dredging?"},
	{"speaker": "Ivo Rook", "role": "answer", "text": "The harbour pays for the dredging. The ferry company pays nothing."},
	{"speaker": "Dara Finch", "role": "statement", "text": "The ferry company wanted to pay for the lighthouse instead."}
]}`

// world is a bot with all that it works with: the real store and services, a
// fake Slack, and no model unless a test brings one.
type world struct {
	*slacktest.Server
	bot     *slackbot.Bot
	store   *slackstore.Store
	answers *answer.Service
	library *retrieval.Library
	pool    *pgxpool.Pool // of the database that all of it is in
}

// options of a world.
type options struct {
	slack  []slacktest.Option
	script llmtest.Script // of a model; nil: none
	socket bool           // Socket Mode instead of HTTP
	idle   bool           // nothing works off what is received
	quiet  bool           // no log
}

func newWorld(t testing.TB, o options) *world {
	t.Helper()
	url := postgrestest.Migrated(t)
	log := slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelDebug}))
	if o.quiet {
		log = slog.New(slog.DiscardHandler)
	}
	embedder := embeddings.NewBuiltin()
	store, err := postgres.Open(t.Context(), url, embedder.Model(), log)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(store.Close)
	inbox, err := slackstore.Open(t.Context(), store.Pool(), log)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(inbox.Close)
	var model answer.Model
	if o.script != nil {
		if model, err = llm.New(llm.Config{BaseURL: llmtest.New(t, o.script).URL, Model: "scripted", Log: log}); err != nil {
			t.Fatal(err)
		}
	}
	const public = "https://quotes.example"
	w := &world{
		Server: slacktest.New(t, o.slack...), store: inbox, pool: store.Pool(),
		library: retrieval.NewLibrary(store, embedder),
		answers: answer.NewService(retrieval.NewSearcher(store, embedder, log), store, model, public, log),
	}
	w.add(t, retrieval.DefaultCollection, harbour)
	config := slackbot.Config{
		BotToken: slacktest.BotToken, APIURL: w.APIURL(), PublicURL: public,
		Store: inbox, Answers: w.answers, Library: w.library, Verifier: answer.NewVerifier(store, public, log), Log: log,
	}
	if o.socket {
		config.AppToken = slacktest.AppToken
	} else {
		config.SigningSecret = slacktest.SigningSecret
	}
	if w.bot, err = slackbot.New(config); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(w.bot.Handler())
	t.Cleanup(server.Close)
	w.Install(server.URL)
	if !o.idle {
		w.run(t)
	}
	return w
}

// run works off what is received until the test ends.
func (w *world) run(t testing.TB) {
	ctx, cancel := context.WithCancel(t.Context())
	stopped := make(chan error, 1)
	go func() { stopped <- w.bot.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-stopped; err != nil {
			t.Error(err)
		}
	})
}

func (w *world) add(t testing.TB, collection, file string) {
	t.Helper()
	if _, _, err := w.library.Add(t.Context(), retrieval.AddRequest{Collection: collection, Data: []byte(file)}); err != nil {
		t.Fatal(err)
	}
}

// deliver brings a delivery, which must be taken.
func (w *world) deliver(t *testing.T, d slacktest.Delivery) {
	t.Helper()
	if ack := w.Deliver(d); !ack.OK() {
		t.Fatalf("not acknowledged: %d %s %v", ack.Status, ack.Body, ack.Err)
	}
}

// await waits until a condition holds.
func (w *world) await(t testing.TB, what string, holds func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if err := w.Await(ctx, holds); err != nil {
		t.Fatalf("waited in vain for %s", what)
	}
}

// ask has a user mention the bot in a channel, and returns the one complete
// answer in the thread.
func (w *world) ask(t *testing.T, channel, user, text, thread string) slacktest.Message {
	t.Helper()
	m := w.Say(channel, user, "<@"+slacktest.BotUser+"> "+text, thread)
	before := len(w.complete(channel, threadOf(m)))
	w.deliver(t, w.MentionEvent(m))
	w.deliver(t, w.MessageEvent(m))
	w.await(t, "an answer to "+text, func() bool { return len(w.complete(channel, threadOf(m))) > before })
	answers := w.Answers(channel, threadOf(m))
	if len(answers) != before+1 {
		t.Fatalf("%d answers to %q", len(answers)-before, text)
	}
	return answers[before]
}

func threadOf(m slacktest.Message) string {
	if m.Thread != "" {
		return m.Thread
	}
	return m.TS
}

// complete are the answers in a thread that have their buttons.
func (w *world) complete(channel, thread string) (done []slacktest.Message) {
	for _, m := range w.Answers(channel, thread) {
		if !m.Streaming && strings.Contains(string(m.Blocks), "pullquote.helpful") {
			done = append(done, m)
		}
	}
	return done
}

// press has a user press a button of a message; value chooses from a menu.
func (w *world) press(t *testing.T, user string, m slacktest.Message, action, value string) {
	t.Helper()
	d, err := w.Press(user, m, action, value)
	if err != nil {
		t.Fatal(err)
	}
	w.deliver(t, d)
}

// latest is the last answer of the conversation that a message is in.
func (w *world) latest(t *testing.T, m slacktest.Message) (*answer.Answer, error) {
	t.Helper()
	id, err := w.store.Conversation(t.Context(), slackbot.Place{Team: slacktest.Team, Channel: m.Channel, Thread: threadOf(m)})
	if err != nil {
		return nil, err
	}
	c, err := w.answers.Conversation(t.Context(), id)
	if err != nil {
		return nil, err
	}
	return &c.Answers[len(c.Answers)-1], nil
}
