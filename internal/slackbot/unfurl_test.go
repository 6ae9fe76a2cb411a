package slackbot_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/internal/slackbot"
	"github.com/pullquote/pullquote/internal/slackbot/slacktest"
	"github.com/pullquote/pullquote/retrieval"
)

// TestUnfurl writes links into channels. Their words are shown where the channel may
// see them.
func TestUnfurl(t *testing.T) {
	t.Parallel()
	const page = "https://quotes.example"
	tests := []struct {
		name     string
		channel  string
		settings slackbot.Channel
		user     slackbot.User
		file     string // of the transcript; empty: harbour's
		link     func(id string, start, end int) string
		want     []string // empty: nothing is shown
		not      string
	}{
		{name: "words of a turn", link: func(id string, s, e int) string {
			return fmt.Sprintf("%s/t/%s?start=%d&end=%d#turn-3", page, id, s+4, e)
		},
			want: []string{"“harbour pays for the dredging. The ferry company pays nothing.”", "Ivo Rook, answer, 4 March 2031, The North Channel"}},
		{name: "a turn", link: func(id string, _, _ int) string { return page + "/t/" + id + "#turn-3" }, want: []string{"Ivo Rook, answer, 4 March 2031"}, not: "harbour pays"},
		{name: "words beyond a turn", link: func(id string, s, e int) string {
			return fmt.Sprintf("%s/t/%s?start=%d&end=%d#turn-3", page, id, s-9, e)
		}, want: []string{"Ivo Rook"}, not: "harbour pays"},
		{name: "words that would be markup", file: hostileFile(t, attack), link: func(id string, s, e int) string { return fmt.Sprintf("%s/t/%s?start=%d&end=%d#turn-0", page, id, s, e) }, want: []string{"<!channel>"}},
		{name: "a turn that is not there", link: func(id string, _, _ int) string { return page + "/t/" + id + "#turn-99" }},
		{name: "another host", link: func(id string, _, _ int) string { return "https://quotes.example.evil.example/t/" + id + "#turn-3" }},
		{name: "another page", link: func(string, int, int) string { return page + "/verify" }},
		{name: "a collection that the channel may not see", settings: slackbot.Channel{Collections: []string{"hearings"}}, link: func(id string, _, _ int) string { return page + "/t/" + id + "#turn-3" }},
		{name: "a person who may not", user: slackbot.User{Denied: true}, link: func(id string, _, _ int) string { return page + "/t/" + id + "#turn-3" }},
		{name: "where answers are private", settings: slackbot.Channel{Private: true}, link: func(id string, _, _ int) string { return page + "/t/" + id + "#turn-3" }},
		{name: "where the bot is not", channel: slacktest.Elsewhere, link: func(id string, _, _ int) string { return page + "/t/" + id + "#turn-3" }},
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
			file, turn := harbour, 3
			if test.file != "" {
				file, turn = test.file, 0
			}
			stored, _, err := w.library.Add(t.Context(), retrieval.AddRequest{Data: []byte(file)})
			if err != nil {
				t.Fatal(err)
			}
			turns, err := w.library.Turns(t.Context(), stored.ID)
			if err != nil {
				t.Fatal(err)
			}
			link := test.link(stored.ID, turns[turn].Start, turns[turn].End)
			m := w.Say(channel, slacktest.John, "See "+link, "")
			w.deliver(t, w.LinkShared(m, link))
			shown := func() string { m, _ := w.Message(channel, m.TS); return string(m.Attachments) }
			if len(test.want) == 0 {
				direct := w.Say(slacktest.JaneDM, slacktest.Jane, dredging, "")
				w.deliver(t, w.MessageEvent(direct))
				w.await(t, "the direct message's answer", func() bool { return len(w.complete(slacktest.JaneDM, direct.TS)) == 1 })
				if n := len(w.Calls("chat.unfurl")); n > 0 {
					t.Errorf("shown %s", shown())
				}
				return
			}
			w.await(t, "the link's words", func() bool { return shown() != "" })
			m, _ = w.Message(channel, m.TS)
			seen := slacktest.Visible(slacktest.Message{Blocks: blocksOf(t, m)})
			for _, want := range test.want {
				if !strings.Contains(seen, want) {
					t.Errorf("shown %s, without %q", seen, want)
				}
			}
			if test.not != "" && strings.Contains(seen, test.not) {
				t.Errorf("shown %s", seen)
			}
			holdInert(t, slacktest.Message{Blocks: blocksOf(t, m)})
		})
	}
}

// blocksOf are the blocks of a message's one attachment.
func blocksOf(t *testing.T, m slacktest.Message) json.RawMessage {
	t.Helper()
	var attachments []struct{ Blocks json.RawMessage }
	if err := json.Unmarshal(m.Attachments, &attachments); err != nil || len(attachments) != 1 {
		t.Fatalf("attached is %s, %v", m.Attachments, err)
	}
	return attachments[0].Blocks
}
