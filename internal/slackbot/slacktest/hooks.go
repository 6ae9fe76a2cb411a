package slacktest

import (
	"encoding/json"
	"io"
	"net/http"
	"time"
)

// What a response URL is good for.
const (
	hookLife = 30 * time.Minute
	hookUses = 5
)

// hook is a response URL.
type hook struct {
	channel, user string
	source        string // ts of the message whose button was pressed; empty: none
	thread        string // of that message
	at            time.Time
	uses          int
}

func (s *Server) newHook(h hook) string {
	id := s.id("H")
	h.at = s.now()
	s.hooks[id] = &h
	return s.http.URL + "/hooks/" + id
}

// response is what is posted to a response URL, or in the answer to a command.
type response struct {
	Type            string          `json:"response_type"`
	Text            string          `json:"text"`
	Blocks          json.RawMessage `json:"blocks"`
	Thread          string          `json:"thread_ts"`
	ReplaceOriginal bool            `json:"replace_original"`
	DeleteOriginal  bool            `json:"delete_original"`
	UnfurlLinks     bool            `json:"unfurl_links"`
	UnfurlMedia     *bool           `json:"unfurl_media"`
	Mrkdwn          *bool           `json:"mrkdwn"`
	Parse           string          `json:"parse"`
	LinkNames       bool            `json:"link_names"`
}

func (s *Server) serveHook(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody))
	fault := s.nextFault("response_url")
	if err != nil || fault.before(w) {
		return
	}
	status, err := s.respondTo(r.PathValue("id"), body)
	if fault.after(w, r, s.closed) {
		return
	}
	if err != nil {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		w.Write(encode(reply{"ok": false, "error": err.Error()}))
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Write([]byte(`{"ok":true}`))
}

// respondTo uses a response URL.
func (s *Server) respondTo(id string, body []byte) (status int, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.touch()
	var said response
	h := s.hooks[id]
	switch {
	case h == nil:
		err = refuse("invalid_url")
		status = http.StatusNotFound
	case s.now().Sub(h.at) > hookLife:
		err = refuse("expired_url")
		status = http.StatusNotFound
	case h.uses >= hookUses:
		err = refuse("used_url")
		status = http.StatusNotFound
	case json.Unmarshal(body, &said) != nil:
		err = refuse("invalid_payload")
		status = http.StatusBadRequest
	default:
		status = http.StatusBadRequest
		if err = s.apply(h, said); err == nil {
			h.uses++
		}
	}
	s.calls = append(s.calls, Call{Method: "response_url", Args: map[string]string{"body": string(body)}, At: s.now(), Error: codeOf(err)})
	return status, err
}

// apply posts, replaces or deletes what a response says.
func (s *Server) apply(h *hook, said response) error {
	source := s.find(h.channel, h.source)
	if said.DeleteOriginal && source != nil {
		s.remove(h.channel, h.source)
		return nil
	}
	m, err := s.composeResponse(said)
	if err != nil {
		return err
	}
	if said.ReplaceOriginal && source != nil {
		source.revise(m, said.Text != "", said.Parse)
		return nil
	}
	if said.Type != "in_channel" {
		m.Ephemeral = h.user
	}
	m.Thread = said.Thread
	if m.Thread == "" && m.Ephemeral != "" {
		m.Thread = h.thread
	}
	s.post(m, &Channel{ID: h.channel})
	return nil
}

func (s *Server) composeResponse(said response) (*Message, error) {
	m := &Message{
		Text: said.Text, Mrkdwn: said.Mrkdwn == nil || *said.Mrkdwn, Parse: said.Parse, LinkNames: said.LinkNames,
		UnfurlLinks: said.UnfurlLinks, UnfurlMedia: said.UnfurlMedia == nil || *said.UnfurlMedia,
	}
	if said.Type != "" && said.Type != "ephemeral" && said.Type != "in_channel" {
		return nil, refuse("invalid_payload")
	}
	var err error
	if m.Blocks, err = s.readBlocks(string(said.Blocks), onMessage); err != nil {
		return nil, err
	}
	return m, checkText(m, maxText)
}
