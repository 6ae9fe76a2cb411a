package slacktest

import (
	"encoding/json"
	"time"
	"unicode/utf8"
)

func (s *Server) startStream(a args) (reply, error) {
	if s.noStreams != "" {
		return nil, refuse(s.noStreams)
	}
	c, err := s.postable(a.get("channel"))
	if err != nil {
		return nil, err
	}
	if err := s.checkRecipient(a, c); err != nil {
		return nil, err
	}
	thread, err := s.threadOf(c, a.get("thread_ts"))
	if err != nil {
		return nil, err
	}
	m := &Message{Thread: thread, Streaming: true, Mrkdwn: true, expires: s.now().Add(s.streamExpiry).UnixMicro()}
	if err := s.extend(m, a); err != nil {
		return nil, err
	}
	s.post(m, c)
	return reply{"channel": c.ID, "ts": m.TS}, nil
}

// checkRecipient checks for whom a stream is: outside of direct messages Slack
// wants to know.
func (s *Server) checkRecipient(a args, c *Channel) error {
	user, team := a.get("recipient_user_id"), a.get("recipient_team_id")
	mode := a.get("task_display_mode")
	switch {
	case a.get("thread_ts") == "":
		return refuse("invalid_arguments", "[ERROR] missing required field: thread_ts")
	case mode != "" && mode != "timeline" && mode != "plan":
		return refuse("invalid_arguments", "[ERROR] task_display_mode must be timeline or plan")
	case team == "" && c.Kind != Direct:
		return refuse("missing_recipient_team_id")
	case user == "" && c.Kind != Direct:
		return refuse("missing_recipient_user_id")
	case team != "" && team != Team:
		return refuse("team_not_found")
	case user != "" && s.users[user] == nil:
		return refuse("user_not_found")
	}
	return nil
}

func (s *Server) appendStream(a args) (reply, error) {
	m, err := s.stream(a)
	if err != nil {
		if m := s.find(a.get("channel"), a.get("ts")); m != nil && m.stopped {
			return nil, refuse("stopped_by_user")
		}
		return nil, err
	}
	if a.get("markdown_text") == "" && a.get("chunks") == "" {
		return nil, refuse("no_text")
	}
	if err := s.extend(m, a); err != nil {
		return nil, err
	}
	m.Updates++
	return reply{"channel": m.Channel, "ts": m.TS}, nil
}

func (s *Server) stopStream(a args) (reply, error) {
	m, err := s.stream(a)
	if err != nil {
		return nil, err
	}
	metadata, err := readMetadata(a.get("metadata"))
	if err != nil {
		return nil, err
	}
	last, err := s.readBlocks(a.get("blocks"), onMessage)
	if err != nil {
		return nil, err
	}
	final := *m
	if err := s.extend(&final, a); err != nil {
		return nil, err
	}
	if final.Blocks, err = s.concat(final.Blocks, last, 2*maxBlocks); err != nil {
		return nil, err
	}
	m.Blocks, m.Metadata, m.Streaming = final.Blocks, metadata, false
	return reply{"channel": m.Channel, "ts": m.TS, "message": m.json(true)}, nil
}

// stream finds a message that is being streamed.
func (s *Server) stream(a args) (*Message, error) {
	if s.noStreams != "" {
		return nil, refuse(s.noStreams)
	}
	c := s.channels[a.get("channel")]
	if c == nil || !c.has(BotUser) {
		return nil, refuse("channel_not_found")
	}
	m := s.find(c.ID, a.get("ts"))
	switch {
	case m == nil:
		return nil, refuse("message_not_found")
	case m.BotID != Bot:
		return nil, refuse("message_not_owned_by_app")
	case !s.streaming(m):
		return nil, refuse("message_not_in_streaming_state")
	}
	return m, nil
}

// streaming tells whether a message is still being streamed: Slack ends a stream
// of its own accord.
func (s *Server) streaming(m *Message) bool {
	if m.Streaming && s.now().UnixMicro() >= m.expires {
		m.Streaming = false
	}
	return m.Streaming
}

// Expire ends a stream as Slack does when it has lasted too long.
func (s *Server) Expire(channel, ts string) { s.end(channel, ts, false) }

// Stop ends a stream as the person can for whom it is: what is appended then is
// stopped_by_user.
func (s *Server) Stop(channel, ts string) { s.end(channel, ts, true) }

func (s *Server) end(channel, ts string, byUser bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if m := s.find(channel, ts); m != nil {
		m.Streaming, m.stopped = false, byUser
	}
	s.touch()
}

// WithStreamExpiry ends streams after a time; five minutes when not given.
func WithStreamExpiry(after time.Duration) Option {
	return func(s *Server) { s.streamExpiry = after }
}

// chunk is a piece of a stream, of any type.
type chunk struct {
	Type    string          `json:"type"`
	Text    string          `json:"text"`
	Blocks  json.RawMessage `json:"blocks"`
	ID      string          `json:"id"`
	Title   string          `json:"title"`
	Status  string          `json:"status"`
	Details string          `json:"details"`
	Output  string          `json:"output"`
	Sources json.RawMessage `json:"sources"`
}

// extend appends what the arguments bring to a streamed message, or nothing at all.
func (s *Server) extend(m *Message, a args) error {
	chunks, err := readChunks(a)
	if err != nil {
		return err
	}
	blocks, characters := m.Blocks, 0
	for _, c := range chunks {
		characters += utf8.RuneCountInString(c.Text)
		var next json.RawMessage
		if next, err = s.chunkBlocks(c); err != nil {
			return err
		}
		if blocks, err = s.concat(blocks, next, maxBlocks); err != nil {
			return err
		}
	}
	if characters > maxMarkdown {
		return refuse("msg_too_long")
	}
	m.Blocks = blocks
	return nil
}

// readChunks reads markdown_text and chunks, of which a request has one.
func readChunks(a args) ([]chunk, error) {
	markdown, raw := a.get("markdown_text"), a.get("chunks")
	switch {
	case markdown != "" && raw != "":
		return nil, refuse("invalid_arguments", "[ERROR] markdown_text and chunks exclude each other")
	case markdown != "":
		return []chunk{{Type: "markdown_text", Text: markdown}}, nil
	case raw == "":
		return nil, nil
	}
	var chunks []chunk
	if json.Unmarshal([]byte(raw), &chunks) != nil {
		return nil, refuse("invalid_chunks")
	}
	return chunks, nil
}

// chunkBlocks is what a chunk shows.
func (s *Server) chunkBlocks(c chunk) (json.RawMessage, error) {
	switch {
	case c.Type == "markdown_text" && c.Text != "":
		return encode([]any{reply{"type": "markdown", "text": c.Text}}), nil
	case c.Type == "task_update" && c.ID != "" && c.Title != "" && knownStatus(c.Status):
		return encode([]any{reply{"type": "task_card", "task_id": c.ID, "title": c.Title, "status": c.Status}}), nil
	case c.Type == "plan_update" && c.Title != "":
		return encode([]any{reply{"type": "plan", "title": c.Title}}), nil
	case c.Type == "blocks" && len(c.Blocks) > 0:
		return s.readBlocks(string(c.Blocks), onMessage)
	}
	return nil, refuse("invalid_chunks")
}

func knownStatus(status string) bool {
	switch status {
	case "", "pending", "in_progress", "complete", "error":
		return true
	}
	return false
}

// concat appends blocks to blocks. Two pieces of markdown that meet are one; a task
// that comes again replaces what stood of it.
func (s *Server) concat(old, more json.RawMessage, most int) (json.RawMessage, error) {
	var blocks, next []map[string]any
	if len(old) > 0 {
		json.Unmarshal(old, &blocks)
	}
	if len(more) > 0 {
		json.Unmarshal(more, &next)
	}
	for _, b := range next {
		blocks = merge(blocks, b)
	}
	if len(blocks) > most {
		return nil, refuse("msg_blocks_too_many")
	}
	if id := repeatedID(blocks); id != "" {
		return nil, refuse("invalid_blocks", "[ERROR] block_id "+id+" is not unique")
	}
	if blocks == nil {
		return nil, nil
	}
	return encode(blocks), nil
}

func merge(blocks []map[string]any, b map[string]any) []map[string]any {
	for i, old := range blocks {
		if b["type"] == "task_card" && old["task_id"] == b["task_id"] || b["type"] == "plan" && old["type"] == "plan" {
			blocks[i] = b
			return blocks
		}
	}
	if n := len(blocks); n > 0 && b["type"] == "markdown" && blocks[n-1]["type"] == "markdown" {
		blocks[n-1]["text"] = blocks[n-1]["text"].(string) + b["text"].(string)
		return blocks
	}
	return append(blocks, b)
}

// encode is JSON of values that always have one.
func encode(v any) json.RawMessage {
	encoded, err := json.Marshal(v)
	if err != nil {
		panic("slacktest: " + err.Error())
	}
	return encoded
}
