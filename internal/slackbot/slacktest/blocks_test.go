package slacktest_test

import (
	"fmt"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"github.com/pullquote/pullquote/internal/slackbot/slacktest"
)

// TestBlocks posts the blocks of testdata/blocks.txt as they stand there: slack-go
// would not write most of them.
func TestBlocks(t *testing.T) {
	file, err := os.ReadFile("testdata/blocks.txt")
	if err != nil {
		t.Fatal(err)
	}
	s := slacktest.New(t)
	cases := strings.Split(strings.TrimSpace(string(file)), "\n\n")[1:]
	for _, c := range cases {
		lines := strings.SplitN(c, "\n", 3)
		t.Run(lines[0], func(t *testing.T) {
			_, _, err := s.Client().PostMessage(slacktest.Newsroom, rawBlocks(s, lines[2]))
			if got := codeOf(err); got != strings.Replace(lines[1], "ok", "", 1) {
				t.Errorf("got %q, want %s", got, lines[1])
			}
		})
	}
}

func rawBlocks(s *slacktest.Server, blocks string) slack.MsgOption {
	return slack.UnsafeMsgOptionEndpoint(s.APIURL()+"chat.postMessage", func(v url.Values) { v.Set("blocks", blocks) })
}

// TestBlockLimits tries each documented limit, and one more.
func TestBlockLimits(t *testing.T) {
	x := func(n int) string { return strings.Repeat("é", n) }
	tests := []struct {
		name  string
		limit int
		write func(n int) string
	}{
		{"blocks of a message", 50, func(n int) string {
			return "[" + strings.TrimSuffix(strings.Repeat(`{"type":"divider"},`, n), ",") + "]"
		}},
		{"section", 3000, func(n int) string { return `[{"type":"section","text":{"type":"mrkdwn","text":"` + x(n) + `"}}]` }},
		{"field", 2000, func(n int) string {
			return `[{"type":"section","fields":[{"type":"mrkdwn","text":"` + x(n) + `"}]}]`
		}},
		{"fields", 10, func(n int) string {
			return `[{"type":"section","fields":[` + several(`{"type":"mrkdwn","text":"x"}`, n) + `]}]`
		}},
		{"header", 150, func(n int) string { return `[{"type":"header","text":{"type":"plain_text","text":"` + x(n) + `"}}]` }},
		{"block_id", 255, func(n int) string { return `[{"type":"divider","block_id":"` + x(n) + `"}]` }},
		{"button", 75, func(n int) string { return button(`"text":{"type":"plain_text","text":"` + x(n) + `"}`) }},
		{"action_id", 255, func(n int) string {
			return button(`"text":{"type":"plain_text","text":"x"},"action_id":"` + x(n) + `"`)
		}},
		{"value", 2000, func(n int) string {
			return button(`"text":{"type":"plain_text","text":"x"},"value":"` + x(n) + `"`)
		}},
		{"elements of actions", 25, func(n int) string {
			return `[{"type":"actions","elements":[` + several(`{"type":"button","text":{"type":"plain_text","text":"x"}}`, n) + `]}]`
		}},
		{"elements of a context", 10, func(n int) string {
			return `[{"type":"context","elements":[` + several(`{"type":"mrkdwn","text":"x"}`, n) + `]}]`
		}},
		{"options", 100, func(n int) string {
			return `[{"type":"actions","elements":[{"type":"static_select","options":[` + several(`{"text":{"type":"plain_text","text":"x"},"value":"1"}`, n) + `]}]}]`
		}},
		{"text of an option", 75, func(n int) string {
			return `[{"type":"actions","elements":[{"type":"static_select","options":[{"text":{"type":"plain_text","text":"` + x(n) + `"},"value":"1"}]}]}]`
		}},
		{"markdown in sum", 6000, func(n int) string {
			return `[{"type":"markdown","text":"` + x(n) + `"},{"type":"markdown","text":"` + x(6000) + `"}]`
		}},
		{"markdown", 12000, func(n int) string { return `[{"type":"markdown","text":"` + x(n) + `"}]` }},
	}
	s := slacktest.New(t)
	for _, test := range tests {
		for over, want := range map[int]string{0: "", 1: "invalid_blocks"} {
			_, _, err := s.Client().PostMessage(slacktest.Newsroom, rawBlocks(s, test.write(test.limit+over)))
			if got := codeOf(err); got != want {
				t.Errorf("%s of %d: got %q, want %q", test.name, test.limit+over, got, want)
			}
		}
	}
}

func several(item string, n int) string {
	return strings.TrimSuffix(strings.Repeat(item+",", n), ",")
}

func button(fields string) string {
	return fmt.Sprintf(`[{"type":"actions","elements":[{"type":"button",%s}]}]`, fields)
}
