package slacktest

import (
	"encoding/json"
	"unicode/utf8"
)

// The lengths of texts, in characters.
const (
	maxText     = 40000 // Slack cuts what is longer
	maxUpdate   = 4000
	maxMarkdown = 12000
	maxMetadata = 16384 // of the JSON
)

func (s *Server) postMessage(a args) (reply, error) {
	c, err := s.postable(a.get("channel"))
	if err != nil {
		return nil, err
	}
	m, err := s.compose(a, maxText)
	if err != nil {
		return nil, err
	}
	if m.Thread, err = s.threadOf(c, a.get("thread_ts")); err != nil {
		return nil, err
	}
	s.post(m, c)
	return reply{"channel": c.ID, "ts": m.TS, "message": m.json(true)}, nil
}

func (s *Server) postEphemeral(a args) (reply, error) {
	c, err := s.postable(a.get("channel"))
	if err != nil {
		return nil, err
	}
	if !c.has(a.get("user")) {
		return nil, refuse("user_not_in_channel")
	}
	m, err := s.compose(a, maxText)
	if err != nil {
		return nil, err
	}
	if m.Thread, err = s.threadOf(c, a.get("thread_ts")); err != nil {
		return nil, err
	}
	m.Ephemeral = a.get("user")
	s.post(m, c)
	return reply{"message_ts": m.TS}, nil
}

// post gives a message its place in a channel.
func (s *Server) post(m *Message, c *Channel) {
	m.Channel, m.TS = c.ID, s.timestamp()
	m.User, m.BotID = BotUser, Bot
	s.messages = append(s.messages, m)
	if t := s.panes[place{c.ID, m.Thread}]; t != nil && m.Ephemeral == "" {
		t.Status = ""
	}
}

// postable finds a channel where the bot may post. A user's id is their direct
// messages with the bot.
func (s *Server) postable(id string) (*Channel, error) {
	c := s.channels[id]
	if c == nil {
		c = s.directWith(id)
	}
	switch {
	case c == nil || !c.has(BotUser) && c.Kind != Public:
		return nil, refuse("channel_not_found")
	case !c.has(BotUser):
		return nil, refuse("not_in_channel")
	case c.Archived:
		return nil, refuse("is_archived")
	}
	return c, nil
}

// compose makes a message of the arguments that all methods have which post one.
func (s *Server) compose(a args, longest int) (*Message, error) {
	m := &Message{
		Text: a.get("text"), Markdown: a.get("markdown_text"),
		Mrkdwn: a.flag("mrkdwn", true), Parse: a.get("parse"), LinkNames: a.flag("link_names", false),
		UnfurlLinks: a.flag("unfurl_links", false), UnfurlMedia: a.flag("unfurl_media", true),
	}
	var err error
	if m.Blocks, err = s.readBlocks(a.get("blocks"), onMessage); err != nil {
		return nil, err
	}
	if m.Metadata, err = readMetadata(a.get("metadata")); err != nil {
		return nil, err
	}
	return m, checkText(m, longest)
}

func checkText(m *Message, longest int) error {
	switch {
	case m.Markdown != "" && (m.Text != "" || m.Blocks != nil):
		return refuse("markdown_text_conflict")
	case utf8.RuneCountInString(m.Text) > longest, utf8.RuneCountInString(m.Markdown) > maxMarkdown:
		return refuse("msg_too_long")
	case m.Text == "" && m.Markdown == "" && m.Blocks == nil:
		return refuse("no_text")
	}
	return nil
}

// readMetadata reads message metadata: an event_type and an event_payload.
func readMetadata(raw string) (json.RawMessage, error) {
	if raw == "" {
		return nil, nil
	}
	var metadata struct {
		Type    string         `json:"event_type"`
		Payload map[string]any `json:"event_payload"`
	}
	switch err := json.Unmarshal([]byte(raw), &metadata); {
	case err != nil:
		return nil, refuse("invalid_metadata_format")
	case metadata.Type == "" || metadata.Payload == nil:
		return nil, refuse("invalid_metadata_schema")
	case len(raw) > maxMetadata:
		return nil, refuse("metadata_too_large")
	}
	return json.RawMessage(raw), nil
}

// threadOf is the thread that a thread_ts means. What answers a message that was
// deleted, with no reply left, is posted outside of a thread. A thread_ts that no
// message ever had is refused, because it is a mistake.
func (s *Server) threadOf(c *Channel, ts string) (string, error) {
	if ts == "" {
		return "", nil
	}
	parent := s.find(c.ID, ts)
	switch {
	case parent == nil && s.deleted[place{c.ID, ts}]:
		return s.orphaned(c.ID, ts), nil
	case parent == nil && s.panes[place{c.ID, ts}] == nil:
		return "", refuse("message_not_found")
	case parent != nil && (parent.Ephemeral != "" || parent.Thread != "" && parent.Thread != ts):
		return "", refuse("cannot_reply_to_message")
	}
	return ts, nil
}

// orphaned is the thread of a deleted message while there are replies in it.
func (s *Server) orphaned(channel, ts string) string {
	for _, m := range s.messages {
		if m.Channel == channel && m.Thread == ts {
			return ts
		}
	}
	return ""
}

func (s *Server) update(a args) (reply, error) {
	m, err := s.own(a, "cant_update_message")
	if err != nil {
		return nil, err
	}
	if s.streaming(m) {
		return nil, refuse("streaming_state_conflict")
	}
	next, err := s.compose(a, maxUpdate)
	if err != nil {
		return nil, err
	}
	m.revise(next, a.has("text"), a.get("parse"))
	return reply{"channel": m.Channel, "ts": m.TS, "text": m.Text, "message": m.json(true)}, nil
}

// revise replaces what a message says: text alone removes the blocks and marks it
// edited, blocks alone leave the text.
func (m *Message) revise(next *Message, text bool, parse string) {
	if text || next.Markdown != "" {
		m.Text = next.Text
	}
	m.Blocks, m.Markdown = next.Blocks, next.Markdown
	if next.Metadata != nil {
		m.Metadata = next.Metadata
	}
	m.Edited = m.Edited || next.Blocks == nil
	m.Parse, m.LinkNames, m.Mrkdwn = parse, next.LinkNames, next.Mrkdwn
	if parse == "" {
		m.Parse = "client"
	}
	m.Updates++
}

func (s *Server) deleteMessage(a args) (reply, error) {
	m, err := s.own(a, "cant_delete_message")
	if err != nil {
		return nil, err
	}
	s.remove(m.Channel, m.TS)
	return reply{"channel": m.Channel, "ts": m.TS}, nil
}

// own finds a message of the app that is not ephemeral: those have no ts that the
// Web API knows.
func (s *Server) own(a args, otherwise string) (*Message, error) {
	c := s.channels[a.get("channel")]
	if c == nil || !c.has(BotUser) {
		return nil, refuse("channel_not_found")
	}
	m := s.find(c.ID, a.get("ts"))
	switch {
	case m == nil || m.Ephemeral != "":
		return nil, refuse("message_not_found")
	case m.BotID != Bot:
		return nil, refuse(otherwise)
	}
	return m, nil
}
