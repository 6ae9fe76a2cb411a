package slacktest

// MessageEvent tells that a message was posted: message.channels, .groups or .im,
// by its channel.
func (s *Server) MessageEvent(m Message) Delivery { return s.messageEvent("message", m) }

// MentionEvent tells that a message mentions the app. Slack sends it besides the
// message's own event, under another id, when the app takes both.
func (s *Server) MentionEvent(m Message) Delivery { return s.messageEvent("app_mention", m) }

func (s *Server) messageEvent(kind string, m Message) Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	parent := ""
	if p := s.find(m.Channel, m.Thread); p != nil {
		parent = p.User
	}
	inner := fill("message", map[string]any{
		"Type": kind, "Message": m, "Team": Team, "App": App, "Bot": Bot, "Parent": parent, "Kind": s.kind(m.Channel), "Files": m.shared,
	})
	return s.event(string(inner))
}

func (s *Server) kind(channel string) Kind {
	if c := s.channels[channel]; c != nil {
		return c.Kind
	}
	return Public
}

// Edit changes the text of a message as its author would, and makes the event that
// tells it.
func (s *Server) Edit(m Message, text string) Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	before, after := m.json(false), reply{}
	if kept := s.find(m.Channel, m.TS); kept != nil {
		kept.Text, kept.Edited = text, true
		after = kept.json(false)
		s.touch()
	}
	return s.event(string(fill("message_changed", map[string]any{
		"Channel": m.Channel, "TS": s.timestamp(), "Kind": s.kind(m.Channel),
		"Before": string(encode(before)), "After": string(encode(after)),
	})))
}

// Delete deletes a message as its author would, and makes the event that tells it. Of a
// message with replies a tombstone stays.
func (s *Server) Delete(m Message) Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.remove(m.Channel, m.TS)
	s.touch()
	if s.orphaned(m.Channel, m.TS) != "" {
		return s.event(string(fill("message_changed", map[string]any{
			"Channel": m.Channel, "TS": s.timestamp(), "Kind": s.kind(m.Channel), "Before": string(encode(m.json(false))),
			"After": string(encode(reply{
				"type": "message", "subtype": "tombstone", "user": "USLACKBOT", "hidden": true, "text": "This message was deleted.", "ts": m.TS, "thread_ts": m.TS,
			})),
		})))
	}
	return s.event(string(fill("message_deleted", map[string]any{
		"Channel": m.Channel, "TS": s.timestamp(), "Deleted": m.TS, "Kind": s.kind(m.Channel), "Before": string(encode(m.json(false))),
	})))
}

// OpenPane opens the agent's pane for a user who looks at a channel, or at none
// when it is empty, and tells the thread that begins there.
func (s *Server) OpenPane(user, viewing string) (event Delivery, channel, thread string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.directWith(user)
	if c == nil {
		panic("slacktest: " + user + " has no direct messages with the app")
	}
	thread = s.timestamp()
	s.panes[place{c.ID, thread}] = &pane{}
	event = s.event(string(fill("assistant_thread_started", map[string]any{
		"User": user, "Viewing": viewing, "Team": Team, "Channel": c.ID, "Thread": thread, "TS": s.timestamp(),
	})))
	return event, c.ID, thread
}

// HomeOpened tells that a user looks at the app's home; tab is "home" or "messages".
func (s *Server) HomeOpened(user, tab string) Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	channel := ""
	if c := s.directWith(user); c != nil {
		channel = c.ID
	}
	return s.event(string(fill("app_home_opened", map[string]any{"User": user, "Channel": channel, "Tab": tab, "TS": s.timestamp()})))
}

// TokensRevoked tells that the bot's token is void.
func (s *Server) TokensRevoked() Delivery { return s.bare("tokens_revoked") }

// Uninstalled tells that the app was taken out of the workspace.
func (s *Server) Uninstalled() Delivery { return s.bare("app_uninstalled") }

func (s *Server) bare(kind string) Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.event(string(fill(kind, map[string]any{"BotUser": BotUser, "TS": s.timestamp()})))
}

// RateLimited tells that Slack has held events back.
func (s *Server) RateLimited() Delivery {
	return Delivery{Transport: Events, Payload: fill("app_rate_limited", map[string]any{"Team": Team, "App": App, "Time": s.now().Unix() / 60 * 60})}
}

// Verification asks the app to show that an endpoint is its own.
func Verification(challenge string) Delivery {
	return Delivery{Transport: Events, Payload: fill("url_verification", map[string]any{"Challenge": challenge})}
}

// event wraps an inner event. The caller holds mu.
func (s *Server) event(inner string) Delivery {
	id := s.id("Ev")
	return Delivery{Transport: Events, EventID: id, Payload: fill("event_callback", map[string]any{
		"Team": Team, "App": App, "BotUser": BotUser, "Inner": inner, "EventID": id, "Time": s.now().Unix(),
	})}
}
