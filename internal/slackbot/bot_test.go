package slackbot_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pullquote/pullquote/internal/llm/llmtest"
	"github.com/pullquote/pullquote/internal/slackbot"
	"github.com/pullquote/pullquote/internal/slackbot/slacktest"
)

// patience is for slow machines; nothing waits so long where all is well.
const patience = time.Minute

const (
	dredging = "What did Ivo Rook say about the dredging?"
	weather  = "What did the astronauts say about zebras?"
)

func TestAskInAChannel(t *testing.T) {
	t.Parallel()
	w := newWorld(t, options{})
	m := w.ask(t, slacktest.Newsroom, slacktest.Jane, dredging, "")
	for _, want := range []string{"second week of May", "Ivo Rook", "https://quotes.example/t/", "rich_text_quote", `"citation"`} {
		if !strings.Contains(string(m.Blocks), want) {
			t.Errorf("the answer lacks %q: %s", want, m.Blocks)
		}
	}
	if calls := w.Calls("chat.startStream"); len(calls) != 1 {
		t.Errorf("%d streams were begun", len(calls))
	}
	if m.UnfurlLinks || m.UnfurlMedia || m.LinkNames {
		t.Error("links unfurl, or names become links")
	}
}

// A model's answer comes statement by statement, and the thread's second question is
// understood from its first.
func TestConversation(t *testing.T) {
	t.Parallel()
	w := newWorld(t, options{script: llmtest.Honest()})
	first := w.ask(t, slacktest.Newsroom, slacktest.Jane, dredging, "")
	second := w.ask(t, slacktest.Newsroom, slacktest.John, "And who pays for it?", first.Thread)
	place := slackbot.Place{Team: slacktest.Team, Channel: slacktest.Newsroom, Thread: first.Thread}
	id, err := w.store.Conversation(t.Context(), place)
	if err != nil {
		t.Fatal(err)
	}
	conversation, err := w.answers.Conversation(t.Context(), id)
	if err != nil || len(conversation.Answers) != 2 {
		t.Fatalf("the conversation is %+v, %v", conversation, err)
	}
	if !strings.Contains(string(second.Blocks), "The harbour pays for the dredging.") {
		t.Errorf("the second answer is %s", second.Blocks)
	}
	if calls := w.Calls("conversations.replies"); len(calls) > 0 {
		t.Errorf("the thread was read in Slack %d times", len(calls))
	}
}

func TestTriggers(t *testing.T) {
	t.Parallel()
	mention := "<@" + slacktest.BotUser + "> "
	tests := []struct {
		name     string
		channel  string
		author   string
		text     string
		settings slackbot.Channel
		answered bool
	}{
		{name: "a mention", channel: slacktest.Newsroom, author: slacktest.Jane, text: mention + dredging, answered: true},
		{name: "a mention at the end", channel: slacktest.Desk, author: slacktest.Jane, text: dredging + " " + mention, answered: true},
		{name: "no mention", channel: slacktest.Newsroom, author: slacktest.Jane, text: dredging},
		{name: "no mention where all is answered", channel: slacktest.Newsroom, author: slacktest.Jane, text: dredging, settings: slackbot.Channel{Trigger: slackbot.TriggerAll}, answered: true},
		{name: "no mention where all is answered, in a script without spaces", channel: slacktest.Newsroom, author: slacktest.Jane, text: "浚渫はいつ始まりますか？", settings: slackbot.Channel{Trigger: slackbot.TriggerAll}, answered: true},
		{name: "no question where all is answered", channel: slacktest.Newsroom, author: slacktest.Jane, text: "Dredging begins in May.", settings: slackbot.Channel{Trigger: slackbot.TriggerAll}},
		{name: "a question mark in a link", channel: slacktest.Newsroom, author: slacktest.Jane, text: "See <https://x.example/?a=b|the harbour page?> and <https://x.example/?c> about the dredging.", settings: slackbot.Channel{Trigger: slackbot.TriggerAll}},
		{name: "a question mark in code", channel: slacktest.Newsroom, author: slacktest.Jane, text: "It says `did it dredge?` and ```who pays?\nwho?``` there.", settings: slackbot.Channel{Trigger: slackbot.TriggerAll}},
		{name: "a question beside a link", channel: slacktest.Newsroom, author: slacktest.Jane, text: dredging + " <https://x.example/|page>", settings: slackbot.Channel{Trigger: slackbot.TriggerAll}, answered: true},
		{name: "a direct message", channel: slacktest.JaneDM, author: slacktest.Jane, text: dredging, answered: true},
		{name: "a direct message without a question mark", channel: slacktest.JohnDM, author: slacktest.John, text: "Ivo Rook on the dredging", answered: true},
		{name: "another bot", channel: slacktest.Newsroom, author: "B0OTHER", text: mention + dredging},
		{name: "another bot that may", channel: slacktest.Newsroom, author: "B0OTHER", text: mention + dredging, settings: slackbot.Channel{Bots: true}, answered: true},
		{name: "the bot itself", channel: slacktest.Newsroom, author: slacktest.BotUser, text: mention + dredging, settings: slackbot.Channel{Bots: true, Trigger: slackbot.TriggerAll}},
		{name: "nothing in the record, and quiet, but asked", channel: slacktest.Newsroom, author: slacktest.Jane, text: mention + weather, settings: slackbot.Channel{Quiet: true}, answered: true},
		{name: "nothing in the record, quiet, and overheard", channel: slacktest.Newsroom, author: slacktest.Jane, text: weather, settings: slackbot.Channel{Quiet: true, Trigger: slackbot.TriggerAll}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, options{})
			if err := w.store.SaveChannel(t.Context(), slacktest.Team, test.channel, test.settings); err != nil {
				t.Fatal(err)
			}
			m := w.Say(test.channel, test.author, test.text, "")
			w.deliver(t, w.MessageEvent(m))
			// What comes after is done after, one at a time.
			direct := w.Say(slacktest.JaneDM, slacktest.Jane, dredging, "")
			w.deliver(t, w.MessageEvent(direct))
			w.await(t, "the direct message's answer", func() bool { return len(w.complete(slacktest.JaneDM, direct.TS)) == 1 })
			if test.answered {
				w.await(t, "an answer", func() bool { return len(w.complete(test.channel, m.TS)) == 1 })
			} else if got := w.Answers(test.channel, m.TS); len(got) > 0 {
				t.Errorf("it was answered: %s", got[0].Blocks)
			}
		})
	}
}

// What changes a message, deletes it or joins a channel asks nothing, and a message
// is answered once, however often and as whatever it is delivered.
func TestDeliveredOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, options{})
	m := w.ask(t, slacktest.Newsroom, slacktest.Jane, dredging, "")
	asked, _ := w.Message(slacktest.Newsroom, m.Thread)
	event := w.MentionEvent(asked)
	for n := range 3 {
		w.deliver(t, event.Again(n+1))
	}
	w.deliver(t, w.MessageEvent(asked))
	w.deliver(t, w.Edit(asked, asked.Text+" Please."))
	w.ask(t, slacktest.Newsroom, slacktest.John, "Who pays for the dredging?", "")
	if got := w.Answers(slacktest.Newsroom, m.Thread); len(got) != 1 {
		t.Errorf("%d answers", len(got))
	}
	w.deliver(t, w.Delete(asked))
}

func TestThreadsWithoutMentions(t *testing.T) {
	t.Parallel()
	w := newWorld(t, options{})
	if err := w.store.SaveChannel(t.Context(), slacktest.Team, slacktest.Newsroom, slackbot.Channel{Trigger: slackbot.TriggerThreads}); err != nil {
		t.Fatal(err)
	}
	first := w.ask(t, slacktest.Newsroom, slacktest.Jane, dredging, "")
	follow := w.Say(slacktest.Newsroom, slacktest.John, "And who pays for the dredging?", first.Thread)
	w.deliver(t, w.MessageEvent(follow))
	w.await(t, "the follow-up's answer", func() bool { return len(w.complete(slacktest.Newsroom, first.Thread)) == 2 })
}

func TestPrivateAnswers(t *testing.T) {
	t.Parallel()
	w := newWorld(t, options{})
	if err := w.store.SaveChannel(t.Context(), slacktest.Team, slacktest.Newsroom, slackbot.Channel{Private: true}); err != nil {
		t.Fatal(err)
	}
	m := w.Say(slacktest.Newsroom, slacktest.Jane, "<@"+slacktest.BotUser+"> "+dredging, "")
	w.deliver(t, w.MessageEvent(m))
	w.await(t, "a private answer", func() bool { return len(w.Ephemeral(slacktest.Jane)) == 1 })
	private := w.Ephemeral(slacktest.Jane)[0]
	if !strings.Contains(string(private.Blocks), "second week of May") || len(w.Answers(slacktest.Newsroom, m.TS)) > 0 {
		t.Errorf("the private answer is %s", private.Blocks)
	}
	w.press(t, slacktest.Jane, private, "pullquote.share", "")
	w.await(t, "the shared answer", func() bool { return len(w.complete(slacktest.Newsroom, m.TS)) == 1 })
}

func TestPermissions(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		channel slackbot.Channel
		user    slackbot.User
		told    string // to Jane alone; empty: she is answered
	}{
		{name: "everybody"},
		{name: "those who may", channel: slackbot.Channel{Askers: []string{slacktest.Jane}}},
		{name: "others", channel: slackbot.Channel{Askers: []string{slacktest.John}}, told: "only some may ask"},
		{name: "the denied", user: slackbot.User{Denied: true}, told: "may not ask"},
		{name: "collections of the channel and of the user", channel: slackbot.Channel{Collections: []string{"hearings", "default"}}, user: slackbot.User{Collections: []string{"default"}}},
		{name: "none in common", channel: slackbot.Channel{Collections: []string{"hearings"}}, user: slackbot.User{Collections: []string{"default"}}, told: "may not search"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, options{})
			if err := w.store.SaveChannel(t.Context(), slacktest.Team, slacktest.Newsroom, test.channel); err != nil {
				t.Fatal(err)
			}
			if err := w.store.SaveUser(t.Context(), slacktest.Team, slacktest.Jane, test.user); err != nil {
				t.Fatal(err)
			}
			if test.told == "" {
				w.ask(t, slacktest.Newsroom, slacktest.Jane, dredging, "")
				return
			}
			m := w.Say(slacktest.Newsroom, slacktest.Jane, "<@"+slacktest.BotUser+"> "+dredging, "")
			w.deliver(t, w.MessageEvent(m))
			w.await(t, "a refusal", func() bool { return len(w.Ephemeral(slacktest.Jane)) == 1 })
			if told := w.Ephemeral(slacktest.Jane)[0].Text; !strings.Contains(told, test.told) {
				t.Errorf("told %q", told)
			}
		})
	}
}

func TestCollectionsInOrder(t *testing.T) {
	t.Parallel()
	w := newWorld(t, options{})
	w.add(t, "hearings", `{"title": "A Hearing", "turns": [{"speaker": "Nia Holt", "role": "statement", "text": "The kelp was measured at dawn."}]}`)
	if err := w.store.SaveChannel(t.Context(), slacktest.Team, slacktest.Newsroom, slackbot.Channel{Collections: []string{"hearings", "default"}}); err != nil {
		t.Fatal(err)
	}
	for question, want := range map[string]string{"What did Nia Holt say about the kelp?": "measured at dawn", dredging: "second week of May"} {
		if m := w.ask(t, slacktest.Newsroom, slacktest.Jane, question, ""); !strings.Contains(string(m.Blocks), want) {
			t.Errorf("%s: %s", question, m.Blocks)
		}
	}
}

func TestLanguage(t *testing.T) {
	t.Parallel()
	asked := make(chan string, 10)
	w := newWorld(t, options{script: func(r llmtest.Request) llmtest.Reply {
		asked <- r.User
		return llmtest.Honest()(r)
	}})
	if err := w.store.SaveChannel(t.Context(), slacktest.Team, slacktest.Newsroom, slackbot.Channel{Language: "French"}); err != nil {
		t.Fatal(err)
	}
	w.ask(t, slacktest.Newsroom, slacktest.Jane, dredging, "")
	if prompt := <-asked; !strings.Contains(prompt, "in French") {
		t.Errorf("the model is asked %s", prompt)
	}
}

func TestAgentPane(t *testing.T) {
	t.Parallel()
	w := newWorld(t, options{})
	event, channel, thread := w.OpenPane(slacktest.Jane, slacktest.Newsroom)
	w.deliver(t, event)
	question := w.Say(channel, slacktest.Jane, dredging, thread)
	w.deliver(t, w.MessageEvent(question))
	w.await(t, "an answer in the pane", func() bool { return len(w.complete(channel, thread)) == 1 })
	statuses := w.Calls("assistant.threads.setStatus")
	if len(statuses) == 0 || !strings.Contains(statuses[0].Args["status"], "looking") {
		t.Errorf("the status was %+v", statuses)
	}
	if w.Status(channel, thread) != "" {
		t.Error("the status stands although the answer is there")
	}
}

func TestCommand(t *testing.T) {
	t.Parallel()
	w := newWorld(t, options{})
	w.deliver(t, w.Command(slacktest.Jane, slacktest.Elsewhere, "/pullquote", dredging))
	answered := func(words string) func() bool {
		return func() bool {
			return slices.ContainsFunc(w.Ephemeral(slacktest.Jane), func(m slacktest.Message) bool { return strings.Contains(string(m.Blocks), words) })
		}
	}
	w.await(t, "the command's answer", answered("second week of May"))
	w.deliver(t, w.Command(slacktest.Jane, slacktest.Elsewhere, "/pullquote", "check Ivo Rook said: “The ferry company pays nothing.” and “We will never dredge it in May.”"))
	w.await(t, "verdicts", answered("1 to mend"))
	w.deliver(t, w.Command(slacktest.Jane, slacktest.Elsewhere, "/pullquote", ""))
	if !answered("Ask me what somebody said")() {
		t.Error("no help is shown")
	}
	private := w.Ephemeral(slacktest.Jane)[slices.IndexFunc(w.Ephemeral(slacktest.Jane), func(m slacktest.Message) bool {
		return strings.Contains(string(m.Blocks), "pullquote.share")
	})]
	w.press(t, slacktest.Jane, private, "pullquote.share", "")
	w.await(t, "a word that the bot is not there", answered("/invite @Pullquote"))
	if got := w.Messages(slacktest.Elsewhere); slices.ContainsFunc(got, func(m slacktest.Message) bool { return m.Ephemeral == "" }) {
		t.Errorf("all can see %+v", got)
	}
}

// TestCommandWords asks what begins with the words of commands.
func TestCommandWords(t *testing.T) {
	t.Parallel()
	w := newWorld(t, options{})
	m := w.Say(slacktest.Newsroom, slacktest.John, "Ivo Rook said: “The ferry company pays nothing.”", "")
	follow := w.Say(slacktest.Newsroom, slacktest.John, "And: “The harbour pays for the dredging.”", m.TS)
	link := func(channel string, m slacktest.Message) string {
		address := "https://harbour.slack.com/archives/" + channel + "/p" + strings.ReplaceAll(m.TS, ".", "")
		if m.Thread != "" {
			address += "?thread_ts=" + m.Thread + "&cid=" + channel
		}
		return address
	}
	for _, test := range []struct{ command, told string }{
		{"help", "Ask me what somebody said"},
		{" HELP ", "Ask me what somebody said"},
		{"check", "Ask me what somebody said"},
		{"help me find what Ivo Rook said about the dredging", "second week of May"},
		{"check what Ivo Rook said about the dredging", "second week of May"},
		{"settings of the dredging: what did Ivo Rook say?", "second week of May"},
		{"check Ivo Rook: \"The ferry company pays nothing.\"", "1 quotation; nothing to mend."},
		{"check " + link(slacktest.Newsroom, m), "1 quotation; nothing to mend."},
		{"check " + link(slacktest.Newsroom, follow), "The harbour pays for the dredging."},
		{"check " + link(slacktest.Desk, m), "of this channel alone"},
		{"check https://harbour.slack.com/archives/" + slacktest.Newsroom + "/p1700000000000001", "no such message"},
	} {
		t.Run(test.command, func(t *testing.T) {
			before := len(w.Ephemeral(slacktest.Jane))
			w.deliver(t, w.Command(slacktest.Jane, slacktest.Newsroom, "/pullquote", test.command))
			w.await(t, test.told, func() bool {
				return slices.ContainsFunc(w.Ephemeral(slacktest.Jane)[before:], func(m slacktest.Message) bool { return strings.Contains(slacktest.Visible(m), test.told) })
			})
		})
	}
}

// TestBotThatBeginsThreads has another bot ask in a thread of its own each time.
func TestBotThatBeginsThreads(t *testing.T) {
	t.Parallel()
	w := newWorld(t, options{})
	if err := w.store.SaveChannel(t.Context(), slacktest.Team, slacktest.Newsroom, slackbot.Channel{Bots: true}); err != nil {
		t.Fatal(err)
	}
	const other, form = "B0OTHER", "B0FORM"
	for range 12 {
		w.ask(t, slacktest.Newsroom, other, dredging, "")
	}
	ignored := w.Say(slacktest.Newsroom, other, "<@"+slacktest.BotUser+"> "+dredging, "")
	w.deliver(t, w.MessageEvent(ignored))
	// Another bot is answered, as one that has not asked often, and a person always; then the
	// first is again. ask waits for the answer.
	w.ask(t, slacktest.Newsroom, form, dredging, "")
	w.ask(t, slacktest.Newsroom, slacktest.Jane, dredging, "")
	w.ask(t, slacktest.Newsroom, other, dredging, "")
	if got := w.complete(slacktest.Newsroom, ignored.TS); len(got) != 0 {
		t.Errorf("the thirteenth thread is answered: %+v", got)
	}
}

// TestBotsAmongThemselves has another bot ask again whatever it is answered.
func TestBotsAmongThemselves(t *testing.T) {
	t.Parallel()
	w := newWorld(t, options{})
	if err := w.store.SaveChannel(t.Context(), slacktest.Team, slacktest.Newsroom, slackbot.Channel{Bots: true}); err != nil {
		t.Fatal(err)
	}
	const other = "B0OTHER"
	first := w.ask(t, slacktest.Newsroom, other, dredging, "")
	for range 2 {
		w.ask(t, slacktest.Newsroom, other, dredging, first.Thread)
	}
	ignored := w.Say(slacktest.Newsroom, other, "<@"+slacktest.BotUser+"> "+dredging, first.Thread)
	w.deliver(t, w.MessageEvent(ignored))
	// A person is answered, and bots are again after that; ask counts one answer for each.
	w.ask(t, slacktest.Newsroom, slacktest.Jane, dredging, first.Thread)
	w.ask(t, slacktest.Newsroom, other, dredging, first.Thread)
	if got := len(w.complete(slacktest.Newsroom, first.Thread)); got != 5 {
		t.Errorf("%d answers", got)
	}
}
