package slacktest

import "time"

// burst is how many messages may come at once in a channel that has been quiet:
// Slack lets one a second through, and short bursts.
const burst = 3

// limit takes a call from what its method has left, and gives the time to wait when
// there is nothing left.
func (s *Server) limit(name string, m method, a args) time.Duration {
	if !s.limits {
		return 0
	}
	if wait := s.take(name, m.perMin, time.Minute); wait > 0 {
		return wait
	}
	if name == "chat.postMessage" {
		return s.take(name+" "+a.get("channel"), burst, burst*time.Second)
	}
	return 0
}

// take allows most calls in any window of time.
func (s *Server) take(key string, most int, window time.Duration) time.Duration {
	now := s.now()
	spent := s.spent[key]
	for len(spent) > 0 && now.Sub(spent[0]) >= window {
		spent = spent[1:]
	}
	if len(spent) >= most {
		s.spent[key] = spent
		return max(window-now.Sub(spent[0]), time.Nanosecond)
	}
	s.spent[key] = append(spent, now)
	return 0
}
