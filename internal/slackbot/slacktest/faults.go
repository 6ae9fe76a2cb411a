package slacktest

import (
	"net/http"
	"sync"
	"time"
)

// Fault is something that goes wrong with a call.
type Fault struct {
	status int           // an HTTP error, without effect
	wait   time.Duration // 429 with this Retry-After
	code   string        // an error of the Web API, without effect
	cut    bool          // the connection ends without an answer
	effect bool          // after the effect
	delay  time.Duration // before the answer
	gate   chan struct{} // the answer waits for it
}

// The faults. Before and after are meant of the effect: after CutAfter the message
// stands in the channel, and the app does not know.
var (
	CutBefore = Fault{cut: true}
	CutAfter  = Fault{cut: true, effect: true}
)

// Status is an HTTP error, as 500 or 503, without effect.
func Status(code int) Fault { return Fault{status: code} }

// Code is an error of the Web API, as "internal_error", without effect.
func Code(code string) Fault { return Fault{code: code} }

// Slow gives the answer late; the effect is there at once.
func Slow(delay time.Duration) Fault { return Fault{effect: true, delay: delay} }

// planned is a fault for the next calls of a method.
type planned struct {
	method string
	left   int
	fault  Fault
}

// Refuse answers the next n calls of a method with 429 and a Retry-After, in whole
// seconds.
func (s *Server) Refuse(method string, n int, retryAfter time.Duration) {
	s.plan(method, n, Fault{status: http.StatusTooManyRequests, wait: retryAfter})
}

// Fail lets the next n calls of a method go wrong; of all methods when it is
// empty. Faults of a method take their turns in the order in which they were given.
func (s *Server) Fail(method string, n int, f Fault) { s.plan(method, n, f) }

// Hold keeps the answers to the next n calls of a method back until release is
// called; the effect is there at once.
func (s *Server) Hold(method string, n int) (release func()) {
	gate := make(chan struct{})
	s.plan(method, n, Fault{effect: true, gate: gate})
	return sync.OnceFunc(func() { close(gate) })
}

// Heal forgets the faults that have not come to pass.
func (s *Server) Heal() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = nil
}

func (s *Server) plan(method string, n int, f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, &planned{method, n, f})
}

// nextFault takes the fault that is planned for a call; the zero Fault when there
// is none.
func (s *Server) nextFault(method string) Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range s.faults {
		if p.left > 0 && (p.method == "" || p.method == method) {
			p.left--
			return p.fault
		}
	}
	return Fault{}
}

// before does what a fault does instead of the effect, and tells whether it has
// answered.
func (f Fault) before(w http.ResponseWriter) bool {
	switch {
	case f.effect:
		return false
	case f.cut:
		cutConnection(w)
	case f.status == http.StatusTooManyRequests:
		tooMany(w, f.wait)
	case f.status != 0:
		http.Error(w, "<html>"+http.StatusText(f.status)+"</html>", f.status)
	default:
		return false
	}
	return true
}

// after does what a fault does once the effect is there.
func (f Fault) after(w http.ResponseWriter, r *http.Request, closed <-chan struct{}) (answered bool) {
	var late <-chan time.Time
	if f.delay > 0 {
		late = time.After(f.delay)
	}
	if f.delay > 0 || f.gate != nil {
		select {
		case <-late:
		case <-f.gate:
		case <-r.Context().Done():
		case <-closed:
		}
	}
	if f.cut && f.effect {
		cutConnection(w)
	}
	return f.cut
}

// cutConnection ends the connection without an answer.
func cutConnection(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err == nil {
		conn.Close()
	}
}
