package api

import (
	"errors"
	"io"
	"net/http"
	"time"
)

// leastRate is how many bytes a second of a body have to arrive on average, once its
// first BodyTimeout is over: 128 kbit/s, of which the worst mobile lines carry about as
// much. At that rate a file of 100 MB takes less than two hours, and no connection is held
// for longer.
const leastRate = 16 << 10

// withPacedBodies gives up the body of a request that stops arriving, whatever reads it,
// and however long it takes as long as it does arrive.
func (s *server) withPacedBodies(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body := &pacedBody{ReadCloser: r.Body, controller: http.NewResponseController(w), patience: s.BodyTimeout, began: time.Now()}
		if r.ContentLength == 0 {
			body.lift()
		} else {
			body.extend() // also for the server, which reads what the handler leaves
			r.Body = body
		}
		next.ServeHTTP(w, r)
	})
}

// pacedBody is a body that has to go on arriving. Where it does not, its reader and all
// that read the connection after it get a time-out, and the server closes that.
type pacedBody struct {
	io.ReadCloser
	controller *http.ResponseController
	patience   time.Duration
	began      time.Time
	arrived    int64 // bytes
}

func (b *pacedBody) Read(p []byte) (int, error) {
	b.extend()
	n, err := b.ReadCloser.Read(p)
	b.arrived += int64(n)
	if errors.Is(err, io.EOF) {
		b.lift()
	}
	return n, err
}

// extend waits for the next bytes for as long as the client is to be patient with, and
// no longer than all bytes may take that have arrived so far. A writer that has no
// connection needs no bound.
func (b *pacedBody) extend() {
	due := time.Now().Add(b.patience)
	if all := b.began.Add(b.patience + time.Duration(b.arrived)*time.Second/leastRate); all.Before(due) {
		due = all
	}
	_ = b.controller.SetReadDeadline(due)
}

// lift lets the connection be read for as long as the handler takes, which is how the
// server knows when the client leaves.
func (b *pacedBody) lift() { _ = b.controller.SetReadDeadline(time.Time{}) }
