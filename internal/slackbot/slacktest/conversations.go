package slacktest

import (
	"cmp"
	"slices"
	"strconv"
)

func (s *Server) authTest(args) (reply, error) {
	return reply{
		"url": "https://harbour.slack.com/", "team": "Harbour", "team_id": Team,
		"user": "pullquote", "user_id": BotUser, "bot_id": Bot, "is_enterprise_install": false,
	}, nil
}

func (s *Server) teamInfo(args) (reply, error) {
	return reply{"team": reply{"id": Team, "name": "Harbour", "domain": "harbour"}}, nil
}

func (s *Server) userInfo(a args) (reply, error) {
	u := s.users[a.get("user")]
	if u == nil {
		return nil, refuse("user_not_found")
	}
	return reply{"user": reply{
		"id": u.ID, "team_id": cmp.Or(u.Team, Team), "is_restricted": u.Guest, "name": u.Name, "real_name": u.RealName, "deleted": u.Deleted,
		"is_admin": u.Admin, "is_owner": false, "is_bot": u.Bot, "tz": "Europe/Paris",
		"profile": reply{"real_name": u.RealName, "display_name": u.Name, "team": Team},
	}}, nil
}

// the scopes for the kinds of conversations
var (
	historyScope = map[Kind]string{Public: "channels:history", Private: "groups:history", Direct: "im:history"}
	readScope    = map[Kind]string{Public: "channels:read", Private: "groups:read", Direct: "im:read"}
)

// readable finds a conversation that the bot may read with a scope of its kind.
func (s *Server) readable(id string, scopes map[Kind]string) (*Channel, error) {
	c := s.channels[id]
	if c == nil || !c.has(BotUser) && c.Kind != Public {
		return nil, refuse("channel_not_found")
	}
	return c, s.allowed(scopes[c.Kind])
}

func (s *Server) conversationInfo(a args) (reply, error) {
	c, err := s.readable(a.get("channel"), readScope)
	if err != nil {
		return nil, err
	}
	r := reply{
		"id": c.ID, "name": c.Name, "is_channel": c.Kind == Public, "is_group": false, "is_im": c.Kind == Direct,
		"is_private": c.Kind == Private, "is_archived": c.Archived, "is_member": c.has(BotUser), "num_members": len(c.Members),
	}
	if c.Kind == Direct {
		r["user"] = c.other()
	}
	return reply{"channel": r}, nil
}

// other is the person in a direct message.
func (c *Channel) other() string {
	i := slices.IndexFunc(c.Members, func(id string) bool { return id != BotUser })
	if i < 0 {
		return ""
	}
	return c.Members[i]
}

func (s *Server) directWith(user string) *Channel {
	for _, c := range s.channels {
		if c.Kind == Direct && c.has(user) && c.has(BotUser) {
			return c
		}
	}
	return nil
}

func (s *Server) conversationOpen(a args) (reply, error) {
	user := a.get("users")
	switch u := s.users[user]; {
	case user == "":
		return nil, refuse("users_list_not_supplied")
	case u == nil:
		return nil, refuse("user_not_found")
	case u.Deleted:
		return nil, refuse("user_disabled")
	}
	c := s.directWith(user)
	if c == nil {
		c = &Channel{ID: s.id("D"), Kind: Direct, Members: []string{BotUser, user}}
		s.channels[c.ID] = c
	}
	return reply{"channel": reply{"id": c.ID}}, nil
}

// replies pages through a thread.
func (s *Server) replies(a args) (reply, error) {
	c, err := s.readByMember(a)
	if err != nil {
		return nil, err
	}
	all := s.threadMessages(c.ID, a.get("ts"), a)
	if all == nil {
		return nil, refuse("thread_not_found")
	}
	return pageOf(all, a)
}

// history pages through what stands in a channel outside of threads, the newest first.
func (s *Server) history(a args) (reply, error) {
	c, err := s.readByMember(a)
	if err != nil {
		return nil, err
	}
	shown := []reply{}
	for _, m := range slices.Backward(s.messages) {
		if m.Channel == c.ID && m.Ephemeral == "" && (m.Thread == "" || m.Thread == m.TS) && within(m.TS, a) {
			shown = append(shown, m.json(a.flag("include_all_metadata", false)))
		}
	}
	return pageOf(shown, a)
}

// readByMember finds a channel whose messages the bot may read, as one of its members.
func (s *Server) readByMember(a args) (*Channel, error) {
	c, err := s.readable(a.get("channel"), historyScope)
	if err == nil && !c.has(BotUser) {
		err = refuse("not_in_channel")
	}
	return c, err
}

// pageOf is a page of messages. The cursor is the number of messages given.
func pageOf(all []reply, a args) (reply, error) {
	start, err := cursor(a.get("cursor"), len(all))
	if err != nil {
		return nil, err
	}
	limit := 1000
	if n, err := strconv.Atoi(a.get("limit")); err == nil && n > 0 {
		limit = min(n, limit)
	}
	end := min(start+limit, len(all))
	r := reply{"messages": all[start:end], "has_more": end < len(all)}
	if end < len(all) {
		r["response_metadata"] = reply{"next_cursor": strconv.Itoa(end)}
	}
	return r, nil
}

// threadMessages are the messages of a thread that all can see, between oldest and
// latest, its first one always among them; nil when there is no such thread.
func (s *Server) threadMessages(channel, ts string, a args) []reply {
	if s.find(channel, ts) == nil && s.panes[place{channel, ts}] == nil {
		return nil
	}
	shown := []reply{}
	for _, m := range s.messages {
		switch {
		case m.Channel != channel || m.Ephemeral != "":
		case m.TS == ts, m.Thread == ts && within(m.TS, a):
			shown = append(shown, m.json(a.flag("include_all_metadata", false)))
		}
	}
	return shown
}

func within(ts string, a args) bool {
	oldest, latest, inclusive := a.get("oldest"), a.get("latest"), a.flag("inclusive", false)
	after := oldest == "" || ts > oldest || inclusive && ts == oldest
	before := latest == "" || ts < latest || inclusive && ts == latest
	return after && before
}

func cursor(given string, most int) (int, error) {
	if given == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(given)
	if err != nil || n < 0 || n > most {
		return 0, refuse("invalid_cursor")
	}
	return n, nil
}
