package retrieval

import (
	"context"
	"sync"
)

// turnstiles let one at a time through for each name. The zero value is ready.
type turnstiles struct {
	mu    sync.Mutex
	taken map[string]*turnstile
}

type turnstile struct {
	free    chan struct{} // has one element while nobody is in
	waiting int           // those who are in, or want to be
}

// enter waits until a name is free and takes it, until leave is called.
func (t *turnstiles) enter(ctx context.Context, name string) (leave func(), err error) {
	t.mu.Lock()
	if t.taken == nil {
		t.taken = map[string]*turnstile{}
	}
	at := t.taken[name]
	if at == nil {
		at = &turnstile{free: make(chan struct{}, 1)}
		at.free <- struct{}{}
		t.taken[name] = at
	}
	at.waiting++
	t.mu.Unlock()
	away := func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		if at.waiting--; at.waiting == 0 {
			delete(t.taken, name)
		}
	}
	select {
	case <-at.free:
		return func() { at.free <- struct{}{}; away() }, nil
	case <-ctx.Done():
		away()
		return nil, ctx.Err()
	}
}
