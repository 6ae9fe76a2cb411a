package slacktest

import (
	"fmt"
	"slices"
	"strings"
)

// User is a member of the workspace.
type User struct {
	ID, Name, RealName string
	Admin, Bot, Guest  bool
	Team               string // of one who belongs to another workspace; empty: this one
	Deleted            bool
}

// Kind is a type of conversation, as events name it in channel_type.
type Kind string

// The kinds of conversations.
const (
	Public  Kind = "channel"
	Private Kind = "group"
	Direct  Kind = "im"
)

// Channel is a conversation. The bot is in it when it is one of the members.
type Channel struct {
	ID, Name string
	Kind     Kind
	Members  []string
	Archived bool
}

func (c *Channel) has(user string) bool { return slices.Contains(c.Members, user) }

// populate makes the workspace that every Server begins with.
func (s *Server) populate() {
	s.AddUser(User{ID: BotUser, Name: "pullquote", RealName: "Pullquote", Bot: true})
	s.AddUser(User{ID: Jane, Name: "jane", RealName: "Jane Roe", Admin: true})
	s.AddUser(User{ID: John, Name: "john", RealName: "John Poe"})
	s.AddChannel(Channel{ID: Newsroom, Name: "newsroom", Kind: Public, Members: []string{BotUser, Jane, John}})
	s.AddChannel(Channel{ID: Desk, Name: "desk", Kind: Private, Members: []string{BotUser, Jane}})
	s.AddChannel(Channel{ID: Elsewhere, Name: "elsewhere", Kind: Public, Members: []string{Jane}})
	s.AddChannel(Channel{ID: JaneDM, Kind: Direct, Members: []string{BotUser, Jane}})
	s.AddChannel(Channel{ID: JohnDM, Kind: Direct, Members: []string{BotUser, John}})
}

// AddUser adds a member, or changes one.
func (s *Server) AddUser(u User) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.users[u.ID] = &u
}

// AddChannel adds a conversation, or changes one.
func (s *Server) AddChannel(c Channel) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.channels[c.ID] = &c
}

// Say posts a message of a person, of the bot (BotUser), or of another bot when the
// author's id begins with B; in a thread or, with an empty thread, outside. It tells
// the app nothing: deliver an event about it.
func (s *Server) Say(channel, author, text, thread string) Message {
	return s.Post(Message{Channel: channel, User: author, Text: text, Thread: thread})
}

// Post is Say of a message that may have blocks, attachments and files besides.
func (s *Server) Post(m Message, files ...File) Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.channels[m.Channel] == nil {
		panic("slacktest: there is no channel " + m.Channel)
	}
	m.TS, m.Mrkdwn = s.timestamp(), true
	switch author := m.User; {
	case author == BotUser:
		m.BotID = Bot
	case strings.HasPrefix(author, "B"):
		m.User, m.BotID = "", author
	}
	for _, f := range files {
		f.ID, f.Channel, f.Thread, f.uploaded = s.id("F"), m.Channel, m.Thread, true
		s.files[f.ID] = &f
		m.Files = append(m.Files, f.ID)
		m.shared = append(m.shared, s.fileJSON(&f))
	}
	s.messages = append(s.messages, &m)
	s.touch()
	return m
}

// timestamp is the next ts: Slack's are unique in a channel, and so are these.
func (s *Server) timestamp() string {
	s.lastTS = max(s.now().UnixMicro(), s.lastTS+1)
	return fmt.Sprintf("%d.%06d", s.lastTS/1e6, s.lastTS%1e6)
}

// id makes an id with Slack's first letter.
func (s *Server) id(prefix string) string {
	s.serial++
	return fmt.Sprintf("%s0%08d", prefix, s.serial)
}

// Archive makes a channel refuse what is posted.
func (s *Server) Archive(channel string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.channels[channel].Archived = true
}
