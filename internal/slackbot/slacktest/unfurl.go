package slacktest

import (
	"encoding/json"
	"strings"
)

// LinkShared tells that a message has links of the app's domains.
func (s *Server) LinkShared(m Message, links ...string) Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	listed := []reply{}
	for _, l := range links {
		listed = append(listed, reply{"domain": "quotes.example", "url": l})
	}
	return s.event(string(encode(reply{
		"type": "link_shared", "channel": m.Channel, "is_bot_user_member": s.channels[m.Channel].has(BotUser), "user": m.User,
		"message_ts": m.TS, "source": "conversations_history", "unfurl_id": s.id("UF"), "links": listed, "event_ts": m.TS,
	})))
}

// unfurl attaches to a message what its links lead to.
func (s *Server) unfurl(a args) (reply, error) {
	m := s.find(a.get("channel"), a.get("ts"))
	if m == nil {
		return nil, refuse("cannot_find_message")
	}
	var unfurls map[string]struct{ Blocks json.RawMessage }
	if json.Unmarshal([]byte(a.get("unfurls")), &unfurls) != nil {
		return nil, refuse("invalid_unfurls_format")
	}
	attachments := []reply{}
	for link, u := range unfurls {
		if !strings.Contains(m.Text, link) {
			return nil, refuse("cannot_unfurl_url")
		}
		blocks, err := s.readBlocks(string(u.Blocks), onMessage)
		if err != nil {
			return nil, err
		}
		attachments = append(attachments, reply{"from_url": link, "is_app_unfurl": true, "blocks": blocks})
	}
	m.Attachments = encode(attachments)
	return reply{}, nil
}
