package slacktest_test

import (
	"testing"

	"github.com/slack-go/slack"

	"github.com/pullquote/pullquote/internal/slackbot/slacktest"
)

func TestUpload(t *testing.T) {
	s := slacktest.New(t)
	root := s.Say(slacktest.Newsroom, slacktest.Jane, "root", "")
	upload := slack.UploadFileParameters{
		Filename: "answer.md", Title: "An answer", Content: "Never.", FileSize: len("Never."),
		Channel: slacktest.Newsroom, ThreadTimestamp: root.TS, InitialComment: "Here",
	}
	if _, err := s.Client().UploadFile(upload); err != nil {
		t.Fatal(err)
	}
	files := s.Files(slacktest.Newsroom, root.TS)
	if len(files) != 1 || files[0].Name != "answer.md" || files[0].Title != "An answer" || string(files[0].Content) != "Never." || files[0].Comment != "Here" {
		t.Errorf("the thread has %+v", files)
	}
	upload.FileSize = 3
	if _, err := s.Client().UploadFile(upload); err == nil {
		t.Error("a file of another length was taken")
	}
	upload.FileSize, upload.Channel = len("Never."), slacktest.Elsewhere
	if _, err := s.Client().UploadFile(upload); codeOf(err) != "not_in_channel" {
		t.Errorf("in a channel of others: %v", err)
	}
	_, err := s.Client().CompleteUploadExternalContext(t.Context(), slack.CompleteUploadExternalParameters{Files: []slack.FileSummary{{ID: "F1"}}})
	if codeOf(err) != "file_not_found" {
		t.Errorf("a file that is not there: %v", err)
	}
}

func TestAssistant(t *testing.T) {
	s := slacktest.New(t)
	api := s.Client()
	_, channel, thread := s.OpenPane(slacktest.Jane, "")
	prompts := slack.AssistantThreadsSetSuggestedPromptsParameters{ChannelID: channel, ThreadTS: thread}
	prompts.AddPrompt("Libya", "What was said about Libya?")
	if err := api.SetAssistantThreadsSuggestedPrompts(prompts); err != nil {
		t.Fatal(err)
	}
	if err := api.SetAssistantThreadsTitle(slack.AssistantThreadsSetTitleParameters{ChannelID: channel, ThreadTS: thread, Title: "Libya"}); err != nil {
		t.Fatal(err)
	}
	status := slack.AssistantThreadsSetStatusParameters{ChannelID: channel, ThreadTS: thread, Status: "is reading", LoadingMessages: []string{"a", "b"}}
	if err := api.SetAssistantThreadsStatus(status); err != nil {
		t.Fatal(err)
	}
	if s.Status(channel, thread) != "is reading" || s.Title(channel, thread) != "Libya" || len(s.Prompts(channel, thread)) != 1 {
		t.Errorf("the pane: %q %q %v", s.Status(channel, thread), s.Title(channel, thread), s.Prompts(channel, thread))
	}
	if _, _, err := api.StartStream(channel, slack.MsgOptionTS(thread)); err != nil {
		t.Fatal(err)
	}
	if s.Status(channel, thread) != "" {
		t.Error("the status stays although there is a message")
	}
	status.ThreadTS = "1.000001"
	if err := api.SetAssistantThreadsStatus(status); codeOf(err) != "invalid_thread_ts" {
		t.Errorf("in no thread: %v", err)
	}
	for range 4 {
		prompts.AddPrompt("x", "y")
	}
	if err := api.SetAssistantThreadsSuggestedPrompts(prompts); codeOf(err) != "invalid_arguments" {
		t.Errorf("five prompts: %v", err)
	}
}

func TestConversations(t *testing.T) {
	s := slacktest.New(t)
	api := s.Client()
	for id, want := range map[string]string{slacktest.Newsroom: "", slacktest.JaneDM: "", slacktest.Elsewhere: "", "C1": "channel_not_found"} {
		c, err := api.GetConversationInfo(&slack.GetConversationInfoInput{ChannelID: id})
		if codeOf(err) != want || err == nil && c.IsMember != (id != slacktest.Elsewhere) {
			t.Errorf("%s: %+v, %v", id, c, err)
		}
	}
	c, _, _, err := api.OpenConversation(&slack.OpenConversationParameters{Users: []string{slacktest.John}})
	if err != nil || c.ID != slacktest.JohnDM {
		t.Errorf("direct messages with John: %+v, %v", c, err)
	}
	u, err := api.GetUserInfo(slacktest.Jane)
	if err != nil || !u.IsAdmin || u.RealName != "Jane Roe" {
		t.Errorf("Jane: %+v, %v", u, err)
	}
	if _, err := api.GetUserInfo("U1"); codeOf(err) != "user_not_found" {
		t.Errorf("nobody: %v", err)
	}
	if _, err := api.GetTeamInfo(); err != nil {
		t.Error(err)
	}
	if _, err := api.GetEmoji(); codeOf(err) != "unknown_method" {
		t.Errorf("a method that is not faked: %v", err)
	}
}
