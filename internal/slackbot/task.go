package slackbot

import (
	"cmp"
	"context"
	"time"

	"github.com/pullquote/pullquote/answer"
)

// Kind says what a task asks for.
type Kind string

const (
	KindAsk     Kind = "ask"     // answer Text
	KindCheck   Kind = "check"   // check the quotations of Text and of Files
	KindContext Kind = "context" // show what was said around Citation of AnswerID
	KindShare   Kind = "share"   // show AnswerID, which only User saw, to the channel
	KindExport  Kind = "export"  // upload AnswerID as a document in Format
	KindRate    Kind = "rate"    // keep what User thinks of AnswerID
	KindIngest  Kind = "ingest"  // put Files, of Message, into the record
	KindUnfurl  Kind = "unfurl"  // show what Links in Message lead to
	KindHome    Kind = "home"    // show User the app's home
	KindRetract Kind = "retract" // take back the replies in Thread, whose first message is gone
)

// Task is something that a person asked for in Slack. It is kept until it has been
// done; then its words are forgotten, and only what tells a repeated delivery
// apart stays for a while.
type Task struct {
	ID      string `json:"id"` // UUIDv7; of KindAsk also the id of the answer
	Kind    Kind   `json:"kind"`
	EventID string `json:"event_id"` // Slack's name of what happened, the same in each delivery
	Team    string `json:"team"`
	Channel string `json:"channel"`
	User    string `json:"user"`
	// TS is the message that asks. Slack may deliver one message as several events;
	// it is answered once. Empty for a command and for a button.
	TS          string        `json:"ts,omitempty"`
	Thread      string        `json:"thread,omitempty"` // the first message of the thread to reply in; empty: none
	Text        string        `json:"text,omitempty"`
	Files       []File        `json:"files,omitempty"`
	Unread      []string      `json:"unread,omitempty"` // what of the message is neither in Text nor in Files
	Message     Address       `json:"message,omitzero"` // of Channel: to be checked in place of Text, or what Files or Links came in
	Links       []string      `json:"links,omitempty"`
	Bot         bool          `json:"bot,omitempty"` // another bot asks
	AnswerID    string        `json:"answer_id,omitempty"`
	Citation    int           `json:"citation,omitempty"`
	Format      string        `json:"format,omitempty"`
	Rating      answer.Rating `json:"rating,omitempty"`       // its reason is Text
	Private     bool          `json:"private,omitempty"`      // the reply is for User alone
	Direct      bool          `json:"direct,omitempty"`       // the bot was spoken to, and not only overheard
	ResponseURL string        `json:"response_url,omitempty"` // where a command's reply may go for half an hour
	Withdrawn   bool          `json:"withdrawn,omitempty"`    // the message was deleted before it was answered
	Traceparent string        `json:"traceparent,omitempty"`  // of the delivery, where it is traced
}

// Address is where a message stands in its channel.
type Address struct {
	TS     string `json:"ts"`
	Thread string `json:"thread,omitempty"` // empty: it stands outside of threads, or begins one
}

// Place is a thread, which is a conversation.
type Place struct {
	Team, Channel, Thread string
}

// Place is where the task's conversation is. What is asked outside of a thread, as
// by a command, is a conversation of its own.
func (t Task) Place() Place { return Place{t.Team, t.Channel, cmp.Or(t.Thread, t.ID)} }

// Reply is how far the reply to a task has come, so that after a crash it is
// continued and not repeated.
type Reply struct {
	// Begun is when the reply's message was about to be posted; zero before. With no
	// TS it may have been posted all the same.
	Begun time.Time
	TS    string // of the reply's message
	Done  bool   // the message is complete
}

// Attempt counts the tries of a task.
type Attempt struct {
	Number int  // from 1
	Last   bool // there will be no other: the person must be told
}

// Store keeps what the bot must not forget. Errors carry a code of internal/fault.
type Store interface {
	// Receive keeps a task; received is false when it has come before, by its EventID
	// or by its message.
	Receive(ctx context.Context, t Task) (received bool, err error)
	// Withdraw keeps that a message was deleted, and with its thread if that is gone,
	// too: no task that is not done and came from there is to be done, and none that
	// comes from it later is received. Known says that there have been tasks.
	Withdraw(ctx context.Context, team, channel, ts string, thread bool) (known bool, err error)
	// Withdrawn reports whether a task that is being done has been withdrawn.
	Withdrawn(ctx context.Context, taskID string) (bool, error)
	// Work calls do for each task that is not done, until ctx ends: the oldest first,
	// up to workers at a time, and those of one Place one after the other. One process
	// at a time works; the others wait until it stops or dies, and take up at once what
	// it left. A task whose do fails is tried again later.
	Work(ctx context.Context, workers int, do func(ctx context.Context, t Task, a Attempt) error) error

	// Reply is how far the reply to a task has come; the zero Reply before it began.
	Reply(ctx context.Context, taskID string) (Reply, error)
	// SaveReply keeps that; "conflict" when TS is the reply to another task.
	SaveReply(ctx context.Context, t Task, r Reply) error
	// Replies are the TS of all replies in a thread that are known.
	Replies(ctx context.Context, p Place) ([]string, error)

	// Conversation is the conversation of a thread; empty when it has none.
	Conversation(ctx context.Context, p Place) (id string, err error)
	SaveConversation(ctx context.Context, p Place, id string) error

	// Recent are the newest transcripts of collections, at most limit, the newest first.
	Recent(ctx context.Context, collections []string, limit int) ([]RecentTranscript, error)

	SettingsStore
}
