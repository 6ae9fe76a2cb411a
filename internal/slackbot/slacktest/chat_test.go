package slacktest_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"github.com/pullquote/pullquote/internal/slackbot/slacktest"
)

// codeOf is the error that Slack answered with.
func codeOf(err error) string {
	var refused slack.SlackErrorResponse
	if errors.As(err, &refused) {
		return refused.Err
	}
	if err != nil {
		return "other: " + err.Error()
	}
	return ""
}

func text(s string) slack.MsgOption { return slack.MsgOptionText(s, false) }

func section(s string) slack.Block {
	return slack.NewSectionBlock(slack.NewTextBlockObject("mrkdwn", s, false, false), nil, nil)
}

func TestPostMessage(t *testing.T) {
	long := strings.Repeat("x", 40001)
	tests := []struct {
		name    string
		channel string
		options []slack.MsgOption
		want    string
	}{
		{"a text", slacktest.Newsroom, []slack.MsgOption{text("hello")}, ""},
		{"blocks without a text", slacktest.Newsroom, []slack.MsgOption{slack.MsgOptionBlocks(section("hello"))}, ""},
		{"in a private channel of the bot", slacktest.Desk, []slack.MsgOption{text("hello")}, ""},
		{"to a person", slacktest.Jane, []slack.MsgOption{text("hello")}, ""},
		{"in no channel", "C0NOWHERE", []slack.MsgOption{text("hello")}, "channel_not_found"},
		{"in a channel of others", slacktest.Elsewhere, []slack.MsgOption{text("hello")}, "not_in_channel"},
		{"of nothing", slacktest.Newsroom, nil, "no_text"},
		{"too long", slacktest.Newsroom, []slack.MsgOption{text(long)}, "msg_too_long"},
		{"in no thread", slacktest.Newsroom, []slack.MsgOption{text("hello"), slack.MsgOptionTS("1.000001")}, "message_not_found"},
		{"markdown and text", slacktest.Newsroom, []slack.MsgOption{text("hello"), slack.MsgOptionMarkdownText("hello")}, "markdown_text_conflict"},
		{"too much markdown", slacktest.Newsroom, []slack.MsgOption{slack.MsgOptionMarkdownText(long[:12001])}, "msg_too_long"},
		{"a section that is too long", slacktest.Newsroom, []slack.MsgOption{slack.MsgOptionBlocks(section(long[:3001]))}, "invalid_blocks"},
	}
	s := slacktest.New(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, _, err := s.Client().PostMessage(test.channel, test.options...)
			if got := codeOf(err); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestUpdateAndDelete(t *testing.T) {
	s := slacktest.New(t)
	api := s.Client()
	question := s.Say(slacktest.Newsroom, slacktest.Jane, "What did she say?", "")
	_, ts, err := api.PostMessage(slacktest.Newsroom, text("working"), slack.MsgOptionTS(question.TS))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, _, err := api.UpdateMessage(slacktest.Newsroom, ts, text("done"), slack.MsgOptionBlocks(section("done"))); err != nil {
		t.Fatal(err)
	}
	answers := s.Answers(slacktest.Newsroom, question.TS)
	if len(answers) != 1 || answers[0].Text != "done" || len(answers[0].Decoded()) != 1 || answers[0].Edited {
		t.Errorf("the thread has %+v", answers)
	}
	whisper, err := api.PostEphemeral(slacktest.Newsroom, slacktest.Jane, text("psst"))
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ name, ts, update, delete string }{
		{"another's", question.TS, "cant_update_message", "cant_delete_message"},
		{"an ephemeral one", whisper, "message_not_found", "message_not_found"},
		{"none", "1.000001", "message_not_found", "message_not_found"},
	} {
		_, _, _, err := api.UpdateMessage(slacktest.Newsroom, test.ts, text("done"))
		if got := codeOf(err); got != test.update {
			t.Errorf("update of %s: got %q, want %q", test.name, got, test.update)
		}
		_, _, err = api.DeleteMessage(slacktest.Newsroom, test.ts)
		if got := codeOf(err); got != test.delete {
			t.Errorf("deletion of %s: got %q, want %q", test.name, got, test.delete)
		}
	}
	if _, _, _, err := api.UpdateMessage(slacktest.Newsroom, ts, text(strings.Repeat("x", 4001))); codeOf(err) != "msg_too_long" {
		t.Errorf("an update of 4,001 characters: %v", err)
	}
	if _, _, err := api.DeleteMessage(slacktest.Newsroom, ts); err != nil || len(s.Answers(slacktest.Newsroom, question.TS)) != 0 {
		t.Errorf("deletion: %v", err)
	}
}

func TestReplyToDeleted(t *testing.T) {
	s := slacktest.New(t)
	root := s.Say(slacktest.Newsroom, slacktest.Jane, "root", "")
	s.Remove(slacktest.Newsroom, root.TS)
	_, ts, err := s.Client().PostMessage(slacktest.Newsroom, text("hello"), slack.MsgOptionTS(root.TS))
	if err != nil {
		t.Fatal(err)
	}
	if m, _ := s.Message(slacktest.Newsroom, ts); m.Thread != "" {
		t.Errorf("it is in the thread %s", m.Thread)
	}
}

func TestReplies(t *testing.T) {
	s := slacktest.New(t)
	api := s.Client()
	root := s.Say(slacktest.Newsroom, slacktest.Jane, "root", "")
	s.Say(slacktest.Newsroom, slacktest.John, "first", root.TS)
	s.Say(slacktest.Newsroom, slacktest.John, "aside", "")
	s.Say(slacktest.Newsroom, slacktest.John, "second", root.TS)
	if _, err := api.PostEphemeral(slacktest.Newsroom, slacktest.Jane, text("psst"), slack.MsgOptionTS(root.TS)); err != nil {
		t.Fatal(err)
	}
	var got []string
	for next, more := "", true; more; {
		var page []slack.Message
		var err error
		page, more, next, err = api.GetConversationReplies(&slack.GetConversationRepliesParameters{
			ChannelID: slacktest.Newsroom, Timestamp: root.TS, Limit: 2, Cursor: next,
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range page {
			got = append(got, m.Text)
		}
	}
	if strings.Join(got, ",") != "root,first,second" {
		t.Errorf("got %q", got)
	}
	_, _, _, err := api.GetConversationReplies(&slack.GetConversationRepliesParameters{ChannelID: slacktest.Newsroom, Timestamp: "1.000001"})
	if codeOf(err) != "thread_not_found" {
		t.Errorf("a thread that is not there: %v", err)
	}
}

func TestTokensAndScopes(t *testing.T) {
	s := slacktest.New(t, slacktest.WithoutScopes("chat:write", "channels:history"))
	ask := func(token string) error {
		_, err := slack.New(token, slack.OptionAPIURL(s.APIURL())).AuthTest()
		return err
	}
	for token, want := range map[string]string{
		slacktest.BotToken: "", "": "not_authed", "xoxb-wrong": "invalid_auth", slacktest.AppToken: "not_allowed_token_type",
	} {
		if got := codeOf(ask(token)); got != want {
			t.Errorf("token %q: got %q, want %q", token, got, want)
		}
	}
	_, _, err := s.Client().PostMessage(slacktest.Newsroom, text("hello"))
	var refused slack.SlackErrorResponse
	if !errors.As(err, &refused) || refused.Err != "missing_scope" || refused.Needed != "chat:write" || !strings.Contains(refused.Provided, "users:read") {
		t.Errorf("without chat:write: %+v", refused)
	}
	root := s.Say(slacktest.Newsroom, slacktest.Jane, "root", "")
	_, _, _, err = s.Client().GetConversationReplies(&slack.GetConversationRepliesParameters{ChannelID: slacktest.Newsroom, Timestamp: root.TS})
	if codeOf(err) != "missing_scope" {
		t.Errorf("without channels:history: %v", err)
	}
}
