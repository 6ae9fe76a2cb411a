package api

import (
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/pullquote/pullquote/internal/wire"
)

const (
	// keepAliveEvery is how often a comment goes out, so that nothing on the way
	// takes a thinking server for a dead one.
	keepAliveEvery = 15 * time.Second
	// eventTimeout is how long a client may take to receive an event.
	eventTimeout = 30 * time.Second
)

// errHungUp is the error of an event that the client does not take.
var errHungUp = errors.New("the client takes no events")

// eventStream is a response of server-sent events. It begins with the first
// event, so that until then the response may still become an error.
type eventStream struct {
	w          http.ResponseWriter
	controller *http.ResponseController
	mu         sync.Mutex // held while writing: events and comments come from two goroutines
	begun      bool       // something has been sent
}

func newEventStream(w http.ResponseWriter) *eventStream {
	return &eventStream{w: w, controller: http.NewResponseController(w)}
}

// stream runs tell, which sends events. Its error is the response as long as nothing has
// been sent, and from then on what fail sends of it.
func (s *server) stream(r *http.Request, events *eventStream, tell func() error, fail func(problem) error) error {
	defer events.close()
	err := ended(r, events.alive(tell))
	switch {
	case err == nil || events.begun && clientGone(r, err):
	case !events.begun:
		return err
	default:
		s.logFailure(r, err)
		_ = fail(problemOf(err).of(r)) // fails only when nobody reads any more
	}
	return nil
}

// send sends an event with its data as JSON.
func (s *eventStream) send(name string, data any) error {
	body, err := wire.Encode(data) // ends in the line end that ends the data
	if err != nil {
		return err
	}
	return s.write(fmt.Sprintf("event: %s\ndata: %s\n", name, body))
}

// sendUnnamed sends an event that has no name.
func (s *eventStream) sendUnnamed(data any) error {
	body, err := wire.Encode(data)
	if err != nil {
		return err
	}
	return s.write(fmt.Sprintf("data: %s\n", body))
}

// alive sends comments while tell runs, and returns when the last is out, also where tell panics:
// nothing may be written to a response that is over.
func (s *eventStream) alive(tell func() error) error {
	stopped := make(chan struct{})
	var comments sync.WaitGroup
	comments.Go(func() {
		ticker := time.NewTicker(keepAliveEvery)
		defer ticker.Stop()
		for {
			select {
			case <-stopped:
				return
			case <-ticker.C:
				if s.write(": still working\n\n") != nil {
					return // the client is gone; the request's context says so to all others
				}
			}
		}
	})
	defer comments.Wait()
	defer close(stopped)
	return tell()
}

// close leaves the connection to the next request without the last event's time-out.
func (s *eventStream) close() { _ = s.controller.SetWriteDeadline(time.Time{}) }

// write sends text at once.
func (s *eventStream) write(text string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.begun {
		s.begun = true
		header := s.w.Header()
		header.Set("Content-Type", "text/event-stream")
		header.Set("Cache-Control", "no-cache")
		header.Set("X-Accel-Buffering", "no") // nginx would hold events back
	}
	// A writer that has no connection needs no time-out.
	_ = s.controller.SetWriteDeadline(time.Now().Add(eventTimeout))
	if _, err := s.w.Write([]byte(text)); err != nil {
		return fmt.Errorf("%w: %w", errHungUp, err)
	}
	if err := s.controller.Flush(); err != nil {
		return fmt.Errorf("%w: %w", errHungUp, err)
	}
	return nil
}
