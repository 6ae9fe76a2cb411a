package slackbot_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/internal/llm/llmtest"
	"github.com/pullquote/pullquote/internal/slackbot"
	"github.com/pullquote/pullquote/internal/slackbot/slacktest"
)

// attack is all that Slack would make something of.
const attack = "<!channel> <!here|here> <@" + slacktest.Jane + "> <#C0NEWSROOM|newsroom> <https://evil.example|the report> https://evil.example/x evil.example " +
	"mailto:me@evil.example @here @channel #newsroom :bomb: *bold* _slanted_ ~gone~ `code` ```block``` > quoted &lt;!channel&gt; " +
	`{"type":"section","text":{"type":"mrkdwn","text":"<!everyone>"}} ` +
	"[click](https://evil.example) ![x](https://evil.example/x.png) <!date^1392734382^{date}^https://evil.example|then> \u202Edrawkcab\u2066 \u2068"

// TestHostileText puts the attack in every place that text comes from. Nothing of it
// is active in anything that Slack shows.
func TestHostileText(t *testing.T) {
	t.Parallel()
	long := strings.Repeat(attack+" ", 100_000/len(attack)+1)
	tests := []struct {
		name     string
		question string
		turn     string
		script   llmtest.Script
	}{
		{name: "in the question", question: "What did Ivo Rook say about the kelp? " + attack},
		{name: "in a question of 100,000 characters", question: "What did Ivo Rook say about the kelp? " + long},
		{name: "in the transcript", turn: "The kelp is green. " + attack},
		{name: "in a turn of 100,000 characters", turn: "The kelp is green. " + long + " The kelp is brown."},
		{name: "in the model's prose", script: func(llmtest.Request) llmtest.Reply {
			return llmtest.Say("Ivo Rook " + attack + " said [s1]. " + attack + " [s1]")
		}},
		{name: "everywhere", question: "What did Ivo Rook say about the kelp? " + attack, turn: "The kelp is green. " + attack, script: func(llmtest.Request) llmtest.Reply {
			return llmtest.Say("Ivo Rook " + long + " said [s1].")
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, options{script: test.script})
			turn, question := test.turn, test.question
			if turn == "" {
				turn = "The kelp is green. It was measured."
			}
			if question == "" {
				question = "What did Ivo Rook say about the kelp?"
			}
			w.add(t, "default", hostileFile(t, turn))
			m := w.Say(slacktest.Newsroom, slacktest.John, "<@"+slacktest.BotUser+"> "+question, "")
			w.deliver(t, w.MessageEvent(m))
			w.await(t, "an answer or a word", func() bool {
				return len(w.complete(slacktest.Newsroom, m.TS))+len(w.Ephemeral(slacktest.John)) > 0
			})
			for _, answer := range w.complete(slacktest.Newsroom, m.TS) {
				if a, err := w.latest(t, answer); err == nil && len(a.Citations) == 1 {
					w.press(t, slacktest.John, answer, "pullquote.context", "")
					w.await(t, "the context", func() bool { return len(w.Ephemeral(slacktest.John)) > 0 })
				}
			}
			w.deliver(t, w.Shortcut(slacktest.Jane, m, slackbot.CheckShortcut))
			w.await(t, "verdicts", func() bool { return len(w.Ephemeral(slacktest.Jane)) > 0 })
			for _, shown := range w.Messages(slacktest.Newsroom) {
				if shown.BotID == slacktest.Bot {
					holdInert(t, shown)
				}
			}
		})
	}
}

func hostileFile(t *testing.T, turn string) string {
	t.Helper()
	file, err := json.Marshal(map[string]any{"title": "The Kelp " + attack, "turns": []map[string]string{
		{"speaker": "Ivo Rook <!channel> <@" + slacktest.Jane + "> *x*", "affiliation": "@here <https://evil.example|x>", "role": "statement", "text": turn},
	}})
	if err != nil {
		t.Fatal(err)
	}
	return string(file)
}

// holdInert holds a message to links of ours, and to no more than those.
func holdInert(t *testing.T, m slacktest.Message) {
	t.Helper()
	for _, a := range slacktest.Active(m) {
		if a.Kind == slacktest.Unfurl && m.Ephemeral != "" { // what one person alone sees never unfurls
			continue
		}
		if a.Kind != slacktest.Link || !strings.HasPrefix(a.Value, "https://quotes.example/") {
			t.Errorf("%s %q is active in %s", a.Kind, a.Value, m.Blocks)
		}
	}
	for _, r := range slacktest.Visible(m) {
		if strings.ContainsRune("\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069", r) {
			t.Errorf("%U is shown", r)
			break
		}
	}
	if m.Ephemeral == "" && (m.UnfurlLinks || m.UnfurlMedia) {
		t.Error("links unfurl")
	}
}
