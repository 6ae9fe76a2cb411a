package slackbot

import (
	"bytes"
	"encoding/json"
	"net"
	"net/url"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"github.com/pullquote/pullquote/internal/fault"
)

// Command is the slash command, CheckShortcut the shortcut of messages.
const (
	Command       = "/pullquote"
	CheckShortcut = "pullquote.check"
)

// Scope is a permission of the app.
type Scope struct{ Name, Why string }

// Scopes are the permissions that the app asks for, and what each is for. There
// are no others.
func Scopes() []Scope {
	return []Scope{
		{"app_mentions:read", "to be told of messages that mention it"},
		{"assistant:write", "for the agent’s pane: its status while it works, suggested questions, titles of threads"},
		{"channels:history", "to be told of messages in public channels that it was added to: threads and channels where it answers without a mention"},
		{"groups:history", "the same in private channels"},
		{"im:history", "to be told of direct messages"},
		{"mpim:history", "to be told of messages in group conversations"},
		{"chat:write", "to answer"},
		{"commands", "for /pullquote and the shortcut “Check quotes”"},
		{"files:read", "to check the quotations of documents in a message, and to put transcripts into the record in channels whose settings say so"},
		{"files:write", "to put exported answers into the thread"},
		{"links:read", "to be told of links to its page"},
		{"links:write", "to show the words that they lead to"},
		{"users:read", "to know who administers the workspace and may change settings, and who is a guest"},
	}
}

// botEvents are what Slack tells the bot. With the agent’s pane, app_home_opened is
// what begins a conversation there.
var botEvents = []string{"app_home_opened", "app_mention", "message.channels", "message.groups", "message.im", "message.mpim"}

// manifest is Slack's, except that it says outright that the messages tab is not
// read-only: the library leaves out what is false.
type manifest struct {
	slack.Manifest
	Features struct {
		slack.Features
		AppHome struct {
			HomeTabEnabled             bool `json:"home_tab_enabled"`
			MessagesTabEnabled         bool `json:"messages_tab_enabled"`
			MessagesTabReadOnlyEnabled bool `json:"messages_tab_read_only_enabled"`
		} `json:"app_home"`
	} `json:"features"`
}

// Manifest is the app's manifest, in JSON, for Slack's "Create an app from a
// manifest". In Socket Mode the app connects to Slack; else Slack sends its
// requests to publicURL, which must be https.
func Manifest(publicURL string, socketMode bool) ([]byte, error) {
	base := strings.TrimRight(publicURL, "/")
	if u, err := url.Parse(base); !socketMode && (err != nil || u.Scheme != "https" || u.Host == "") {
		return nil, fault.New(fault.Invalid, "Slack sends its requests to an https address: set PULLQUOTE_PUBLIC_URL to that of this server, or use Socket Mode")
	}
	m := newManifest()
	m.Settings = settings(base, socketMode)
	if u, err := url.Parse(base); err == nil && strings.Contains(u.Hostname(), ".") && net.ParseIP(u.Hostname()) == nil {
		m.Features.UnfurlDomains = []string{u.Hostname()}
		m.Settings.EventSubscriptions.BotEvents = append(slices.Clone(botEvents), "link_shared")
	}
	if !socketMode {
		m.Features.SlashCommands[0].Url = base + "/slack/commands"
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	err := encoder.Encode(m)
	return b.Bytes(), err
}

func newManifest() manifest {
	var m manifest
	m.Metadata = slack.ManifestMetadata{MajorVersion: 2, MinorVersion: 1}
	m.Display = slack.Display{
		Name:        "Pullquote",
		Description: "Answers from transcripts, in the speakers’ own words",
		LongDescription: "Ask what was said in your interviews, briefings, hearings and meetings. Pullquote answers with quotations, each with its speaker, " +
			"its date and a link to the place in the transcript. Every quotation is compared with the record, character by character, before it is shown.",
		BackgroundColor: "#1f3a5f",
	}
	for _, s := range Scopes() {
		m.OAuthConfig.Scopes.Bot = append(m.OAuthConfig.Scopes.Bot, s.Name)
	}
	m.Features.AppHome.HomeTabEnabled = true
	m.Features.AppHome.MessagesTabEnabled = true
	m.Features.BotUser = slack.BotUser{DisplayName: "Pullquote", AlwaysOnline: true}
	m.Features.AgentView = &slack.AgentView{
		AgentDescription: "Ask what the record says. Every quotation in the answer stands in a transcript, word for word.",
		SuggestedPrompts: []slack.ManifestSuggestedPrompt{
			{Title: "What can I ask?", Message: "help"},
		},
	}
	m.Features.SlashCommands = []slack.ManifestSlashCommand{{
		Command: Command, Description: "Ask the record", UsageHint: "a question | settings | help",
	}}
	m.Features.Shortcuts = []slack.Shortcut{{
		Name: "Check quotes", CallbackID: CheckShortcut, Type: slack.MessageShortcut,
		Description: "Compare the quotations of this message with the record",
	}}
	return m
}

func settings(base string, socketMode bool) slack.Settings {
	s := slack.Settings{
		EventSubscriptions: &slack.EventSubscriptions{BotEvents: botEvents},
		Interactivity:      &slack.Interactivity{IsEnabled: true},
		SocketModeEnabled:  socketMode,
	}
	if !socketMode {
		s.EventSubscriptions.RequestUrl = base + "/slack/events"
		s.Interactivity.RequestUrl = base + "/slack/interactions"
	}
	return s
}
