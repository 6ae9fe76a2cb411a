package slackbot_test

import (
	"strings"
	"testing"

	"github.com/pullquote/pullquote/internal/slackbot"
	"github.com/pullquote/pullquote/internal/slackbot/slacktest"
	"github.com/pullquote/pullquote/retrieval"
)

const lighthouse = `{"title": "The Lighthouse", "date": "2031-05-06", "turns": [
	{"speaker": "Una Marsh", "role": "question", "text": "Who keeps the lamp?"},
	{"speaker": "Dara Finch", "role": "answer", "text": "The pilots keep the lamp."},
	{"speaker": null, "role": "statement", "text": "Nobody kept it before."}
]}`

// drop has somebody put a file into a channel.
func (w *world) drop(t *testing.T, channel, user string, f slacktest.File) slacktest.Message {
	t.Helper()
	m := w.Post(slacktest.Message{Channel: channel, User: user, Text: "Here it is."}, f)
	w.deliver(t, w.MessageEvent(m))
	return m
}

// stored is how many transcripts a collection has.
func (w *world) stored(t *testing.T, collection string) int {
	t.Helper()
	page, err := w.library.List(t.Context(), retrieval.ListQuery{Collection: collection, Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	return len(page.Transcripts)
}

func (w *world) setChannel(t *testing.T, channel string, settings slackbot.Channel) {
	t.Helper()
	if err := w.store.SaveChannel(t.Context(), slacktest.Team, channel, settings); err != nil {
		t.Fatal(err)
	}
}

func TestIngest(t *testing.T) {
	t.Parallel()
	w := newWorld(t, options{})
	w.setChannel(t, slacktest.Newsroom, slackbot.Channel{Ingest: "lamps", Collections: []string{"lamps"}})
	file := slacktest.File{Name: "lighthouse.json", MediaType: "application/json", Content: []byte(lighthouse)}
	told := func(m slacktest.Message) string {
		w.await(t, "what was read", func() bool { return len(w.Answers(slacktest.Newsroom, m.TS)) == 1 })
		holdInert(t, w.Answers(slacktest.Newsroom, m.TS)[0])
		return slacktest.Visible(w.Answers(slacktest.Newsroom, m.TS)[0])
	}
	first := w.drop(t, slacktest.Newsroom, slacktest.John, file)
	w.deliver(t, w.MessageEvent(first)) // Slack tells of it twice
	if got, want := told(first), "The Lighthouse is in the collection lamps: 3 turns of 6 May 2031, by Una Marsh, Dara Finch."; !strings.Contains(got, want) {
		t.Errorf("told %s", got)
	}
	if blocks := string(w.Answers(slacktest.Newsroom, first.TS)[0].Blocks); !strings.Contains(blocks, "https://quotes.example/t/") {
		t.Errorf("no link in %s", blocks)
	}
	if got := told(w.drop(t, slacktest.Newsroom, slacktest.Jane, file)); !strings.Contains(got, "was already in the collection lamps") {
		t.Errorf("of the same file is told %s", got)
	}
	if n := w.stored(t, "lamps"); n != 1 {
		t.Errorf("%d transcripts are stored", n)
	}
	if m := w.ask(t, slacktest.Newsroom, slacktest.Jane, "Who keeps the lamp?", ""); !strings.Contains(string(m.Blocks), "The pilots keep the lamp.") {
		t.Errorf("the answer is %s", m.Blocks)
	}
}

// A file and a question come in one message: the question is answered with the file.
func TestIngestAndAsk(t *testing.T) {
	t.Parallel()
	w := newWorld(t, options{})
	w.setChannel(t, slacktest.Newsroom, slackbot.Channel{Ingest: "lamps", Collections: []string{"lamps"}})
	m := w.Post(slacktest.Message{Channel: slacktest.Newsroom, User: slacktest.Jane, Text: "<@" + slacktest.BotUser + "> Who keeps the lamp?"},
		slacktest.File{Name: "lighthouse.json", Content: []byte(lighthouse)})
	w.deliver(t, w.MessageEvent(m))
	w.deliver(t, w.MentionEvent(m))
	w.await(t, "an answer", func() bool { return len(w.complete(slacktest.Newsroom, m.TS)) == 1 })
	if got := w.complete(slacktest.Newsroom, m.TS)[0]; !strings.Contains(string(got.Blocks), "The pilots keep the lamp.") || len(w.Answers(slacktest.Newsroom, m.TS)) != 2 {
		t.Errorf("the answer is %s", got.Blocks)
	}
}

// TestNotIngested leaves files alone, or says why they are not put into the record.
func TestNotIngested(t *testing.T) {
	t.Parallel()
	file := slacktest.File{Name: "lighthouse.json", Content: []byte(lighthouse)}
	lamps := slackbot.Channel{Ingest: "lamps"}
	tests := []struct {
		name     string
		channel  string
		settings slackbot.Channel
		user     slackbot.User
		author   slacktest.User
		file     slacktest.File
		told     string // in the thread or to John; empty: nothing
	}{
		{name: "in a channel whose settings say nothing", file: file},
		{name: "in a direct message", channel: slacktest.JohnDM, settings: lamps, file: file},
		{name: "of a guest", settings: lamps, author: slacktest.User{Guest: true}, file: file, told: "Files of guests"},
		{name: "of another workspace's people", settings: lamps, author: slacktest.User{Team: "T0OTHER"}, file: file, told: "Files of guests"},
		{name: "of who may not ask", settings: lamps, user: slackbot.User{Denied: true}, file: file, told: "may not ask"},
		{name: "of who may ask elsewhere alone", settings: lamps, user: slackbot.User{Collections: []string{"default"}}, file: file, told: "may not add to the collection lamps"},
		{name: "too large", settings: lamps, file: slacktest.File{Name: "big.txt", Content: []byte("x"), Size: 21 << 20}, told: "larger than 20 MB"},
		{name: "a picture", settings: lamps, file: slacktest.File{Name: "p.png", MediaType: "image/png", Content: []byte("\x89PNG\r\n\x1a\n")}, told: "p.png is not in the record"},
		{name: "kept elsewhere", settings: lamps, file: slacktest.File{Name: "d.txt", External: "https://drive.example/d", Content: []byte("x")}, told: "outside of Slack"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, options{})
			channel := test.channel
			if channel == "" {
				channel = slacktest.Newsroom
			}
			w.setChannel(t, channel, test.settings)
			if err := w.store.SaveUser(t.Context(), slacktest.Team, slacktest.John, test.user); err != nil {
				t.Fatal(err)
			}
			author := test.author
			author.ID, author.Name = slacktest.John, "john"
			w.AddUser(author)
			m := w.drop(t, channel, slacktest.John, test.file)
			shown := func() string {
				var all strings.Builder
				for _, m := range append(w.Answers(channel, m.TS), w.Ephemeral(slacktest.John)...) {
					all.WriteString(slacktest.Visible(m))
				}
				return all.String()
			}
			if test.told != "" {
				w.await(t, test.told, func() bool { return strings.Contains(shown(), test.told) })
			} else {
				direct := w.Say(slacktest.JaneDM, slacktest.Jane, dredging, "")
				w.deliver(t, w.MessageEvent(direct))
				w.await(t, "the direct message's answer", func() bool { return len(w.complete(slacktest.JaneDM, direct.TS)) == 1 })
			}
			if n := w.stored(t, "lamps"); n > 0 {
				t.Errorf("%d transcripts are stored", n)
			}
		})
	}
}

// TestIngestHostile has a file's name, title and speakers be what Slack would make
// something of.
func TestIngestHostile(t *testing.T) {
	t.Parallel()
	w := newWorld(t, options{})
	w.setChannel(t, slacktest.Newsroom, slackbot.Channel{Ingest: "lamps"})
	for _, file := range []slacktest.File{
		{Name: attack + ".json", Content: []byte(hostileFile(t, "The kelp is green. "+attack))},
		{Name: attack + ".png", MediaType: "image/png", Content: []byte("\x89PNG\r\n\x1a\n")},
	} {
		m := w.drop(t, slacktest.Newsroom, slacktest.John, file)
		w.await(t, "what was read", func() bool { return len(w.Answers(slacktest.Newsroom, m.TS)) == 1 })
		holdInert(t, w.Answers(slacktest.Newsroom, m.TS)[0])
	}
}
