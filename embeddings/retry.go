package embeddings

import (
	"context"
	"math/rand/v2"
	"net/http"
	"strconv"
	"time"
)

const (
	maxAttempts = 5
	firstPause  = 500 * time.Millisecond
	// maxPause is how long a server may ask to wait. A longer pause is for the
	// caller, who can do something else meanwhile.
	maxPause = time.Minute
)

// What an attempt may say of the next instead of a pause.
const (
	never   time.Duration = -1 // it would end the same way
	anytime time.Duration = 0  // the server did not say when
)

// retry repeats the attempt as long as it fails for a reason that may pass. The
// attempt returns the pause that the server asked for, or never or anytime.
func retry(ctx context.Context, attempt func() (time.Duration, error)) error {
	for n := 0; ; n++ {
		pause, err := attempt()
		if err == nil || pause == never || pause > maxPause || n+1 == maxAttempts {
			return err
		}
		if pause == anytime {
			pause = backoff(n)
		}
		if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) <= pause {
			return err // which says more than that time is up
		}
		if err := sleep(ctx, pause); err != nil {
			return err
		}
	}
}

// backoff doubles from firstPause. The upper half is random, so that clients that
// were refused together do not return together.
func backoff(n int) time.Duration {
	pause := firstPause << n
	return pause/2 + rand.N(pause/2)
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// retryAfter reads the header in both of its forms, seconds and a date; anytime
// when there is none that makes sense.
func retryAfter(h http.Header) time.Duration {
	value := h.Get("Retry-After")
	if seconds, err := strconv.ParseFloat(value, 64); err == nil && seconds >= 0 && seconds < 1e6 {
		return time.Duration(seconds * float64(time.Second))
	}
	if date, err := http.ParseTime(value); err == nil {
		return max(time.Until(date), anytime)
	}
	return anytime
}
