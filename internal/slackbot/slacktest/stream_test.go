package slacktest_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/pullquote/pullquote/internal/slackbot/slacktest"
)

// quote is a quotation as the bot would write it.
func quote(words string) slack.Block {
	title := "The Harbour"
	details := slack.NewRichTextCitationWebDetails("Pullquote")
	details.Title = &title
	return slack.NewRichTextBlock("", &slack.RichTextQuote{Type: slack.RTEQuote, Elements: []slack.RichTextSectionElement{
		slack.NewRichTextSectionTextElement(words, nil),
		slack.NewRichTextSectionCitationElement("https://pullquote.example/t/1#turn-2", "Jane Roe", 1, details),
	}})
}

func recipient(thread string) slack.MsgOption {
	return slack.MsgOptionCompose(slack.MsgOptionTS(thread), slack.MsgOptionRecipientTeamID(slacktest.Team), slack.MsgOptionRecipientUserID(slacktest.Jane))
}

func TestStream(t *testing.T) {
	s := slacktest.New(t)
	api := s.Client()
	question := s.Say(slacktest.Newsroom, slacktest.Jane, "What did she say?", "")
	_, ts, err := api.StartStream(slacktest.Newsroom, recipient(question.TS))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, _, err := api.UpdateMessage(slacktest.Newsroom, ts, text("done")); codeOf(err) != "streaming_state_conflict" {
		t.Errorf("an update while streaming: %v", err)
	}
	for _, words := range []string{"One.", "Two."} {
		if _, _, err := api.AppendStream(slacktest.Newsroom, ts, slack.MsgOptionChunks(slack.NewBlocksChunk(quote(words)))); err != nil {
			t.Fatal(err)
		}
	}
	if m, _ := s.Message(slacktest.Newsroom, ts); !m.Streaming || len(m.Decoded()) != 2 {
		t.Errorf("while streaming: %+v", m)
	}
	if _, _, err := api.StopStream(slacktest.Newsroom, ts, slack.MsgOptionBlocks(dividers(51)...)); codeOf(err) != "invalid_blocks" {
		t.Errorf("an end of 51 blocks: %v", err)
	}
	if _, _, err := api.StopStream(slacktest.Newsroom, ts, slack.MsgOptionBlocks(slack.NewDividerBlock())); err != nil {
		t.Fatal(err)
	}
	if m, _ := s.Message(slacktest.Newsroom, ts); m.Streaming || len(m.Decoded()) != 3 {
		t.Errorf("after the end: %+v", m)
	}
	_, _, err = api.AppendStream(slacktest.Newsroom, ts, slack.MsgOptionMarkdownText("more"))
	if codeOf(err) != "message_not_in_streaming_state" {
		t.Errorf("after the end: %v", err)
	}
	if _, _, _, err := api.UpdateMessage(slacktest.Newsroom, ts, text("done")); err != nil {
		t.Errorf("an update after the end: %v", err)
	}
}

func TestStreamRefusals(t *testing.T) {
	s := slacktest.New(t)
	api := s.Client()
	root := s.Say(slacktest.Newsroom, slacktest.Jane, "root", "")
	direct := s.Say(slacktest.JaneDM, slacktest.Jane, "root", "")
	for _, test := range []struct {
		name, channel string
		options       []slack.MsgOption
		want          string
	}{
		{"a direct message needs no recipient", slacktest.JaneDM, []slack.MsgOption{slack.MsgOptionTS(direct.TS)}, ""},
		{"outside of a thread", slacktest.Newsroom, nil, "invalid_arguments"},
		{"for nobody", slacktest.Newsroom, []slack.MsgOption{slack.MsgOptionTS(root.TS), slack.MsgOptionRecipientTeamID(slacktest.Team)}, "missing_recipient_user_id"},
		{"for no team", slacktest.Newsroom, []slack.MsgOption{slack.MsgOptionTS(root.TS), slack.MsgOptionRecipientUserID(slacktest.Jane)}, "missing_recipient_team_id"},
		{"markdown", slacktest.Newsroom, []slack.MsgOption{recipient(root.TS), slack.MsgOptionMarkdownText("*x*")}, ""},
		{"too much markdown", slacktest.Newsroom, []slack.MsgOption{recipient(root.TS), slack.MsgOptionMarkdownText(strings.Repeat("x", 12001))}, "msg_too_long"},
		{"a chunk of an unknown type", slacktest.Newsroom, []slack.MsgOption{recipient(root.TS), slack.MsgOptionChunks(slack.MarkdownTextChunk{Type: "song", Text: "la"})}, "invalid_chunks"},
		{"too many blocks", slacktest.Newsroom, []slack.MsgOption{recipient(root.TS), slack.MsgOptionChunks(slack.NewBlocksChunk(dividers(30)...), slack.NewBlocksChunk(dividers(21)...))}, "msg_blocks_too_many"},
		{"a block that is not one", slacktest.Newsroom, []slack.MsgOption{recipient(root.TS), slack.MsgOptionChunks(slack.NewBlocksChunk(section("")))}, "invalid_blocks"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, _, err := api.StartStream(test.channel, test.options...)
			if got := codeOf(err); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func dividers(n int) []slack.Block {
	var blocks []slack.Block
	for range n {
		blocks = append(blocks, slack.NewDividerBlock())
	}
	return blocks
}

func TestStreamExpires(t *testing.T) {
	now := time.Now()
	s := slacktest.New(t, slacktest.WithClock(func() time.Time { return now }))
	root := s.Say(slacktest.Newsroom, slacktest.Jane, "root", "")
	_, ts, err := s.Client().StartStream(slacktest.Newsroom, recipient(root.TS))
	if err != nil {
		t.Fatal(err)
	}
	now = now.Add(5 * time.Minute)
	_, _, err = s.Client().StopStream(slacktest.Newsroom, ts)
	if codeOf(err) != "message_not_in_streaming_state" {
		t.Errorf("after five minutes: %v", err)
	}
}

func TestStreamStops(t *testing.T) {
	s := slacktest.New(t)
	api := s.Client()
	root := s.Say(slacktest.JaneDM, slacktest.Jane, "root", "")
	for want, stop := range map[string]func(channel, ts string){"stopped_by_user": s.Stop, "message_not_in_streaming_state": s.Expire} {
		_, ts, err := api.StartStream(slacktest.JaneDM, slack.MsgOptionTS(root.TS))
		if err != nil {
			t.Fatal(err)
		}
		stop(slacktest.JaneDM, ts)
		if _, _, err := api.AppendStream(slacktest.JaneDM, ts, slack.MsgOptionMarkdownText("more")); codeOf(err) != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

func TestWorkspacesWithout(t *testing.T) {
	old := slacktest.New(t, slacktest.WithoutStreams("unknown_method"), slacktest.WithoutCitations())
	root := old.Say(slacktest.Newsroom, slacktest.Jane, "root", "")
	if _, _, err := old.Client().StartStream(slacktest.Newsroom, recipient(root.TS)); codeOf(err) != "unknown_method" {
		t.Errorf("a stream: %v", err)
	}
	_, _, err := old.Client().PostMessage(slacktest.Newsroom, slack.MsgOptionBlocks(quote("One.")))
	var refused slack.SlackErrorResponse
	if !errors.As(err, &refused) || refused.Err != "invalid_blocks" || !strings.Contains(strings.Join(refused.ResponseMetadata.Messages, ""), "citation") {
		t.Errorf("a citation: %+v", refused)
	}
}
