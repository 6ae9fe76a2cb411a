package slacktest

import (
	"encoding/json"
	"strings"
)

// pane is what a thread of the agent's pane has besides messages.
type pane struct {
	Status  string
	Title   string
	Prompts []Prompt
}

// Prompt is a suggested question.
type Prompt struct{ Title, Message string }

const (
	maxPrompts         = 4
	maxLoadingMessages = 10
)

// Status is what the bot says it is doing in a thread; empty: nothing.
func (s *Server) Status(channel, ts string) string { return s.paneOf(channel, ts).Status }

// Title is the title of a thread in the agent's pane.
func (s *Server) Title(channel, ts string) string { return s.paneOf(channel, ts).Title }

// Prompts are the questions suggested in a thread of the agent's pane.
func (s *Server) Prompts(channel, ts string) []Prompt { return s.paneOf(channel, ts).Prompts }

func (s *Server) paneOf(channel, ts string) pane {
	s.mu.Lock()
	defer s.mu.Unlock()
	if t := s.panes[place{channel, ts}]; t != nil {
		return *t
	}
	return pane{}
}

// paneFor finds a thread: of a message, or one that began in the agent's pane.
func (s *Server) paneFor(a args) (*pane, error) {
	c := s.channels[a.get("channel_id")]
	if c == nil || !c.has(BotUser) {
		return nil, refuse("channel_not_found")
	}
	at := place{c.ID, a.get("thread_ts")}
	if s.panes[at] == nil {
		if s.find(at.channel, at.thread) == nil {
			return nil, refuse("invalid_thread_ts")
		}
		s.panes[at] = &pane{}
	}
	return s.panes[at], nil
}

func (s *Server) setStatus(a args) (reply, error) {
	t, err := s.paneFor(a)
	if err != nil {
		return nil, err
	}
	if strings.Count(a.get("loading_messages"), ",") >= maxLoadingMessages {
		return nil, refuse("invalid_arguments")
	}
	t.Status = a.get("status")
	return reply{}, nil
}

func (s *Server) setTitle(a args) (reply, error) {
	t, err := s.paneFor(a)
	if err != nil {
		return nil, err
	}
	if a.get("title") == "" {
		return nil, refuse("invalid_arguments")
	}
	t.Title = a.get("title")
	return reply{}, nil
}

func (s *Server) setPrompts(a args) (reply, error) {
	t, err := s.paneFor(a)
	if err != nil {
		return nil, err
	}
	var prompts []struct{ Title, Message string }
	if json.Unmarshal([]byte(a.get("prompts")), &prompts) != nil || len(prompts) == 0 || len(prompts) > maxPrompts {
		return nil, refuse("invalid_arguments")
	}
	t.Prompts = nil
	for _, p := range prompts {
		if p.Title == "" || p.Message == "" {
			return nil, refuse("invalid_arguments")
		}
		t.Prompts = append(t.Prompts, Prompt(p))
	}
	return reply{}, nil
}
