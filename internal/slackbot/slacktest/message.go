package slacktest

import (
	"encoding/json"
	"slices"

	"github.com/slack-go/slack"
)

// Message is a message as the workspace has it.
type Message struct {
	Channel  string
	TS       string
	Thread   string // the first message of its thread; empty outside threads
	User     string // who wrote it; BotUser for the app
	BotID    string // empty for people
	Text     string
	Markdown string // markdown_text, which stands instead of Text and Blocks

	Blocks    json.RawMessage // as given, with the ids that Slack adds; null: none
	Metadata  json.RawMessage // null: none
	Ephemeral string          // the user who alone sees it; empty: all
	Streaming bool
	Edited    bool
	Updates   int // by chat.update, response URLs and appends
	Files     []string

	Attachments json.RawMessage // of a forwarded message, an older app, an unfurled link; null: none

	Mrkdwn      bool   // Text is mrkdwn
	Parse       string // "full", "none" or, after an update that does not say, "client"
	LinkNames   bool
	UnfurlLinks bool
	UnfurlMedia bool

	shared  []reply // what is told of Files that people share
	expires int64   // of the stream, in microseconds
	stopped bool    // by the person for whom it was streamed
}

// Decoded are the message's blocks as slack-go reads them.
func (m Message) Decoded() []slack.Block {
	var blocks slack.Blocks
	if len(m.Blocks) == 0 || json.Unmarshal(m.Blocks, &blocks) != nil {
		return nil
	}
	return blocks.BlockSet
}

// Messages are all messages of a channel that are not deleted, in order, ephemeral
// ones among them.
func (s *Server) Messages(channel string) []Message {
	return s.collect(func(m *Message) bool { return m.Channel == channel })
}

// Thread is a message and the replies to it, in order.
func (s *Server) Thread(channel, ts string) []Message {
	return s.collect(func(m *Message) bool { return m.Channel == channel && (m.TS == ts || m.Thread == ts) })
}

// Answers are the messages of the app in a thread that all can see.
func (s *Server) Answers(channel, ts string) []Message {
	return s.collect(func(m *Message) bool {
		return m.Channel == channel && m.Thread == ts && m.BotID == Bot && m.Ephemeral == ""
	})
}

// Ephemeral are the messages that a user alone can see.
func (s *Server) Ephemeral(user string) []Message {
	return s.collect(func(m *Message) bool { return m.Ephemeral == user })
}

func (s *Server) collect(wanted func(*Message) bool) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	var found []Message
	for _, m := range s.messages {
		if wanted(m) {
			s.streaming(m)
			found = append(found, m.copy())
		}
	}
	return found
}

func (m *Message) copy() Message {
	c := *m
	c.Blocks, c.Metadata, c.Files = slices.Clone(m.Blocks), slices.Clone(m.Metadata), slices.Clone(m.Files)
	return c
}

// Message finds a message by its channel and ts.
func (s *Server) Message(channel, ts string) (Message, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if m := s.find(channel, ts); m != nil {
		s.streaming(m)
		return m.copy(), true
	}
	return Message{}, false
}

func (s *Server) find(channel, ts string) *Message {
	for i := len(s.messages) - 1; i >= 0; i-- {
		if m := s.messages[i]; m.Channel == channel && m.TS == ts {
			return m
		}
	}
	return nil
}

// Remove deletes a message as a person would.
func (s *Server) Remove(channel, ts string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.remove(channel, ts)
	s.touch()
}

func (s *Server) remove(channel, ts string) {
	s.deleted[place{channel, ts}] = true
	s.messages = slices.DeleteFunc(s.messages, func(m *Message) bool { return m.Channel == channel && m.TS == ts })
}

// json is the message as the Web API and events show it.
func (m *Message) json(metadata bool) reply {
	r := reply{"type": "message", "ts": m.TS, "text": m.Text, "team": Team}
	if m.User != "" {
		r["user"] = m.User
	}
	if m.BotID != "" {
		r["bot_id"] = m.BotID
		if m.BotID == Bot {
			r["app_id"] = App
		} else {
			r["subtype"] = "bot_message"
		}
	}
	if m.Thread != "" {
		r["thread_ts"] = m.Thread
	}
	if len(m.Blocks) > 0 {
		r["blocks"] = m.Blocks
	}
	if len(m.Attachments) > 0 {
		r["attachments"] = m.Attachments
	}
	if len(m.shared) > 0 {
		r["files"], r["subtype"] = m.shared, "file_share"
	}
	if m.Edited {
		r["edited"] = reply{"user": m.User, "ts": m.TS}
	}
	if metadata && len(m.Metadata) > 0 {
		r["metadata"] = m.Metadata
	}
	return r
}
