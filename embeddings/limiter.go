package embeddings

import (
	"context"
	"sync"
	"time"
)

const (
	firstConcurrency   = 2
	defaultConcurrency = 8
	mostRounds         = 64
)

// pace decides how many requests are under way at a time, for nobody knows what a
// server can take: one more after a round that went well, half as many when the
// server says that there are too many (as TCP does, and for the same reason), and
// none at all before the time at which it asked to be left alone. Each refusal
// doubles the rounds that are to go well before more is tried.
type pace struct {
	most int

	mu      sync.Mutex
	limit   int // at a time
	running int
	well    int           // since the limit changed
	rounds  int           // that are to go well before there is one more
	resume  time.Time     // nobody begins before
	changed chan struct{} // closed when somebody may begin
}

func newPace(most int) *pace {
	return &pace{most: most, limit: min(firstConcurrency, most), rounds: 1, changed: make(chan struct{})}
}

// begin waits until a request may be sent. Its error is the context's.
func (p *pace) begin(ctx context.Context) error {
	for {
		changed, wait := p.try()
		if changed == nil {
			return ctx.Err()
		}
		var timer <-chan time.Time
		if wait > 0 {
			timer = time.After(wait)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-changed:
		case <-timer:
		}
	}
}

// try begins a request, or says what to wait for.
func (p *pace) try() (changed <-chan struct{}, wait time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	wait = time.Until(p.resume)
	if p.running < p.limit && wait <= 0 {
		p.running++
		return nil, 0
	}
	return p.changed, wait
}

// end ends a request that went well or not; tooMany says that the server had too
// many, and pause, if positive, for how long it wants none.
func (p *pace) end(well, tooMany bool, pause time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.running--
	switch {
	case tooMany:
		p.limit, p.well, p.rounds = max(1, p.limit/2), 0, min(2*p.rounds, mostRounds)
		if until := time.Now().Add(pause); until.After(p.resume) {
			p.resume = until
		}
	case well:
		if p.well++; p.well >= p.limit*p.rounds && p.limit < p.most {
			p.limit, p.well = p.limit+1, 0
		}
	}
	close(p.changed)
	p.changed = make(chan struct{})
}
