package slacktest

import (
	"fmt"
	"regexp"
	"time"
)

// triggerLife is how long a trigger id can be exchanged for a view.
const triggerLife = 3 * time.Second

// trigger is what an interaction gives to open a view.
type trigger struct {
	user string
	at   time.Time
	used bool
}

// newTrigger makes a trigger id.
func (s *Server) newTrigger(user string) string {
	s.serial++
	id := fmt.Sprintf("%d.%d.%032x", 10000+s.serial, 8675309, s.serial)
	s.triggers[id] = &trigger{user: user, at: s.now()}
	return id
}

// triggerForm is how Slack writes trigger ids.
var triggerForm = regexp.MustCompile(`^\d+\.\d+\.[0-9a-f]+$`)

// exchange gives the user to whom a view may be shown, once.
func (s *Server) exchange(id string) (user string, err error) {
	t := s.triggers[id]
	switch {
	case !triggerForm.MatchString(id), t == nil:
		return "", refuse("invalid_trigger_id")
	case t.used:
		return "", refuse("exchanged_trigger_id")
	case s.now().Sub(t.at) > triggerLife:
		return "", refuse("expired_trigger_id")
	}
	t.used = true
	return t.user, nil
}
