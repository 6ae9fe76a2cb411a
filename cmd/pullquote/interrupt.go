package main

import (
	"context"
	"os"
	"os/signal"
	"sync"
	"syscall"
)

// interrupts decides what the user's interrupt ends: the program, or only what
// it is doing at the moment. The zero value is ready.
type interrupts struct {
	mu   sync.Mutex
	stop context.CancelFunc // of what is being done; nil: the program
}

// until returns a context that the system's signals end. The next signal after
// that ends the program at once.
func (i *interrupts) until(ctx context.Context) context.Context {
	ctx, end := context.WithCancel(ctx)
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		for s := range signals {
			if s == os.Interrupt && i.interrupt() {
				continue
			}
			signal.Stop(signals)
			end()
			return
		}
	}()
	return ctx
}

// interrupt stops what is being done. It reports whether there was anything that
// had not been stopped already.
func (i *interrupts) interrupt() bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.stop == nil {
		return false
	}
	i.stop()
	i.stop = nil
	return true
}

// during does what a first interrupt stops, and the program goes on.
func (i *interrupts) during(ctx context.Context, do func(context.Context) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	i.divert(cancel)
	defer i.divert(nil)
	return do(ctx)
}

func (i *interrupts) divert(stop context.CancelFunc) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.stop = stop
}
