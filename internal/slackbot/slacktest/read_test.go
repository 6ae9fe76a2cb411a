package slacktest_test

import (
	"reflect"
	"testing"

	"github.com/slack-go/slack"

	"github.com/pullquote/pullquote/internal/slackbot/slacktest"
)

type activities []slacktest.Activity

// TestMrkdwn posts texts, and looks at what Slack would make of them.
func TestMrkdwn(t *testing.T) {
	quiet := slack.MsgOptionCompose(slack.MsgOptionParse(false), slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl())
	tests := []struct {
		name, text string
		options    []slack.MsgOption
		visible    string
		active     activities
	}{
		{"plain", "at 10:30:45, 2 * 3 * 4 and a_b_c", []slack.MsgOption{quiet}, "at 10:30:45, 2 * 3 * 4 and a_b_c", nil},
		{"escaped", "&lt;@U1&gt; &amp;lt;", []slack.MsgOption{quiet}, "<@U1> &lt;", nil},
		{"a user", "hello <@U1|jane>", []slack.MsgOption{quiet}, "hello jane", activities{{"mention", "U1"}}},
		{"a channel", "<#C1>", []slack.MsgOption{quiet}, "#C1", activities{{"channel", "C1"}}},
		{"everybody", "<!here> <!channel|x>", []slack.MsgOption{quiet}, "@here x", activities{{"broadcast", "here"}, {"broadcast", "channel"}}},
		{"a group", "<!subteam^S1>", []slack.MsgOption{quiet}, "@S1", activities{{"mention", "S1"}}},
		{"a date", "<!date^1^{date}|then>", []slack.MsgOption{quiet}, "then", activities{{"date", "!date^1^{date}"}}},
		{"a link", "<https://a.example|here>", []slack.MsgOption{quiet}, "here", activities{{"link", "https://a.example"}}},
		{"an emoji", "fine :+1: :smile:", []slack.MsgOption{quiet}, "fine :+1: :smile:", activities{{"emoji", "+1"}, {"emoji", "smile"}}},
		{"styles", "*b* _i_ ~s~ `c`", []slack.MsgOption{quiet}, "*b* _i_ ~s~ `c`", activities{{"style", "c"}, {"style", "b"}, {"style", "i"}, {"style", "s"}}},
		{"quotations", "> a\n&gt; b", []slack.MsgOption{quiet}, "> a\n> b", activities{{"quote", ">"}, {"quote", ">"}}},
		{"an address", "see https://a.example", []slack.MsgOption{quiet}, "see https://a.example", nil},
		{"an address that is linked", "see https://a.example", nil, "see https://a.example", activities{{"link", "https://a.example"}, {"unfurl", "https://a.example"}}},
		{"names", "@here #news", []slack.MsgOption{quiet, slack.MsgOptionLinkNames(true)}, "@here #news", activities{{"broadcast", "here"}, {"channel", "news"}}},
	}
	s := slacktest.New(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, ts, err := s.Client().PostMessage(slacktest.Newsroom, append(test.options, text(test.text))...)
			if err != nil {
				t.Fatal(err)
			}
			m, _ := s.Message(slacktest.Newsroom, ts)
			if got := slacktest.Visible(m); got != test.visible {
				t.Errorf("visible: got %q, want %q", got, test.visible)
			}
			if got := activities(slacktest.Active(m)); !reflect.DeepEqual(got, test.active) {
				t.Errorf("active: got %v, want %v", got, test.active)
			}
		})
	}
}

func TestReadBlocks(t *testing.T) {
	plain := func(s string) *slack.TextBlockObject { return slack.NewTextBlockObject("plain_text", s, false, false) }
	button := slack.NewButtonBlockElement("more", "1", plain("Continue"))
	button.URL = "https://pullquote.example/?answer=1"
	words := slack.NewRichTextSectionTextElement("<@U1> :smile: https://b.example *x*", nil)
	s := slacktest.New(t)
	_, ts, err := s.Client().PostMessage(slacktest.Newsroom, text("notified"), slack.MsgOptionDisableMediaUnfurl(), slack.MsgOptionBlocks(
		slack.NewHeaderBlock(plain("Answer")),
		slack.NewRichTextBlock("", slack.NewRichTextSection(words, slack.NewRichTextSectionUserElement("U2", nil))),
		quote("Never."),
		slack.NewContextBlock("", slack.NewTextBlockObject("mrkdwn", "by &lt;Jane&gt; *Roe*", false, true)),
		slack.NewActionBlock("", button),
	))
	if err != nil {
		t.Fatal(err)
	}
	m, _ := s.Message(slacktest.Newsroom, ts)
	want := "Answer\n<@U1> :smile: https://b.example *x*@U2\nNever.Jane Roe\nby <Jane> *Roe*\nContinue"
	if got := slacktest.Visible(m); got != want {
		t.Errorf("visible: got %q, want %q", got, want)
	}
	active := activities{{"mention", "U2"}, {"link", "https://pullquote.example/t/1#turn-2"}, {"style", "Roe"}, {"link", button.URL}}
	if got := activities(slacktest.Active(m)); !reflect.DeepEqual(got, active) {
		t.Errorf("active: got %v, want %v", got, active)
	}
}
