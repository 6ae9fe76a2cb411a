// Package pause waits, but never beyond a context.
package pause

import (
	"context"
	"time"
)

// For waits until the time is over, and returns nil, or until ctx ends, and returns
// its error.
func For(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
