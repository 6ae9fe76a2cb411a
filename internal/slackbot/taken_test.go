package slackbot

import (
	"slices"
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/slackbot/slacktest"
)

// Slack takes what is shown, and gives the same quotations back. Nothing in it is
// active but links of ours, even where Slack reads the notification as markup.
func TestSlackTakesMessages(t *testing.T) {
	turns := briefing()
	messages := map[string]Message{
		"context":  contextMessage(cite(turns, 4, "It is not certain."), turns),
		"verdicts": verdictsMessage([]checked{{file: hostile, verdicts: []answer.Verdict{{Quote: hostile, Status: answer.StatusNotFound}}, short: 1}}, []string{hostile}, shown),
		"problem":  problemMessage(fault.New(fault.Invalid, "%s", hostile)),
	}
	for _, e := range examples() {
		messages[e.name] = answerMessage(e.answer, e.look)
	}
	s := slacktest.New(t)
	for name, m := range messages {
		t.Run(name, func(t *testing.T) {
			_, ts, err := s.Client().PostMessage(slacktest.Newsroom, slack.MsgOptionText(m.Text, false), slack.MsgOptionBlocks(m.Blocks...),
				slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl())
			if err != nil {
				t.Fatal(err)
			}
			posted, _ := s.Message(slacktest.Newsroom, ts)
			if got, want := quotations(posted.Decoded()), quotations(m.Blocks); !slices.Equal(got, want) {
				t.Errorf("the message has the quotations %q; want %q", got, want)
			}
			for _, a := range slacktest.Active(posted) {
				ours := strings.HasPrefix(a.Value, "https://pullquote.example/") || strings.HasPrefix(a.Value, "https://media.example/")
				if a.Kind != slacktest.Link || !ours {
					t.Errorf("the message has an active %s %s", a.Kind, a.Value)
				}
			}
		})
	}
}

func TestSlackTakesPlainLinks(t *testing.T) {
	s := slacktest.New(t, slacktest.WithoutCitations())
	plain := shown
	plain.Citations = false
	for _, e := range examples() {
		m := answerMessage(e.answer, plain)
		if _, _, err := s.Client().PostMessage(slacktest.Newsroom, slack.MsgOptionText(m.Text, false), slack.MsgOptionBlocks(m.Blocks...)); err != nil {
			t.Errorf("%s: %v", e.name, err)
		}
	}
}

func TestSlackTakesModals(t *testing.T) {
	a := write([]any{"Roe said: ", roe("Yes.")}, []any{"Poe asked: ", poe("Why?")})
	s := slacktest.New(t)
	for name, view := range modals(a.Citations) {
		trigger := s.Command(slacktest.Jane, slacktest.Newsroom, Command, "settings").Form.Get("trigger_id")
		if _, err := s.Client().OpenView(trigger, view); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
