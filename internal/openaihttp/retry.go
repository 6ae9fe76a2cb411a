package openaihttp

import (
	"context"
	"math/rand/v2"
	"net/http"
	"strconv"
	"time"

	"github.com/pullquote/pullquote/internal/pause"
)

// Policy says how often and how late a request is repeated.
type Policy struct {
	Attempts int           // at most, the first one included
	First    time.Duration // pause before the second attempt; it doubles from there
	Longest  time.Duration // that a server may ask for; a longer one is left to the caller
}

// What an attempt may say of the next instead of a pause.
const (
	Never   time.Duration = -1 // it would end the same way
	Anytime time.Duration = 0  // the server did not say when
)

// Retry repeats the attempt as long as it fails for a reason that may pass. The
// attempt returns its error with the pause that the server asked for, or with Never
// or Anytime. Retry returns the last attempt's error, or the context's when that
// ends in a pause. It does not begin a pause that the context's deadline would cut.
func (p Policy) Retry(ctx context.Context, attempt func() (time.Duration, error)) error {
	for n := 1; ; n++ {
		wait, err := attempt()
		if err == nil || wait < 0 || wait > p.Longest || n == p.Attempts {
			return err
		}
		if wait == Anytime {
			wait = p.backoff(n)
		}
		if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) <= wait {
			return err // which says more than that time is up
		}
		if err := pause.For(ctx, wait); err != nil {
			return err
		}
	}
}

// backoff is the pause after the nth attempt. Its upper half is random, so that
// clients that were refused together do not return together.
func (p Policy) backoff(n int) time.Duration {
	half := max(p.First<<(n-1)/2, 1)
	return half + rand.N(half)
}

// RetryAfter reads the header in both of its forms, seconds and a date; Anytime when
// there is none that makes sense.
func RetryAfter(h http.Header) time.Duration {
	value := h.Get("Retry-After")
	if seconds, err := strconv.ParseFloat(value, 64); err == nil && seconds >= 0 && seconds < 1e6 {
		return time.Duration(seconds * float64(time.Second))
	}
	if date, err := http.ParseTime(value); err == nil {
		return max(time.Until(date), Anytime)
	}
	return Anytime
}
