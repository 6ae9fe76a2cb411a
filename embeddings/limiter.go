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

// limiter is a semaphore whose size adapts to what the server takes, by additive
// increase and multiplicative decrease (AIMD), as TCP's congestion control does: one
// request more at a time after each round without a failure, half as many after a
// refusal for too many (429), and none before the time at which the server asked for
// the next. A round is as many requests as the limit; each refusal doubles how many
// rounds it takes to raise the limit, up to mostRounds.
type limiter struct {
	most int // that the limit may become

	mu        sync.Mutex
	limit     int // requests at a time
	running   int
	succeeded int           // requests since the limit changed
	rounds    int           // without a failure before the limit rises
	resume    time.Time     // no request begins before
	changed   chan struct{} // closed when a request may begin
}

func newLimiter(most int) *limiter {
	return &limiter{most: most, limit: min(firstConcurrency, most), rounds: 1, changed: make(chan struct{})}
}

// acquire waits until a request may be sent. Its error is the context's.
func (l *limiter) acquire(ctx context.Context) error {
	for {
		changed, wait := l.tryAcquire()
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

// tryAcquire begins a request, and changed is nil, or says what to wait for.
func (l *limiter) tryAcquire() (changed <-chan struct{}, wait time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	wait = time.Until(l.resume)
	if l.running < l.limit && wait <= 0 {
		l.running++
		return nil, 0
	}
	return l.changed, wait
}

// release ends a request. tooMany says that the server refused it for too many, and
// pause, if positive, for how long it wants none.
func (l *limiter) release(succeeded, tooMany bool, pause time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.running--
	switch {
	case tooMany:
		l.limit, l.succeeded, l.rounds = max(1, l.limit/2), 0, min(2*l.rounds, mostRounds)
		if until := time.Now().Add(pause); until.After(l.resume) {
			l.resume = until
		}
	case succeeded:
		if l.succeeded++; l.succeeded >= l.limit*l.rounds && l.limit < l.most {
			l.limit, l.succeeded = l.limit+1, 0
		}
	}
	close(l.changed)
	l.changed = make(chan struct{})
}
