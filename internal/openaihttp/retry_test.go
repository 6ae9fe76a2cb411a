package openaihttp_test

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/pullquote/pullquote/internal/openaihttp"
)

func TestRetry(t *testing.T) {
	policy := openaihttp.Policy{Attempts: 3, First: time.Second, Longest: 10 * time.Second}
	failed := errors.New("failed")
	for _, test := range []struct {
		name        string
		pauses      []time.Duration // asked for by the attempts, all of which fail
		attempts    int
		least, most time.Duration
	}{
		{"never", []time.Duration{openaihttp.Never}, 1, 0, 0},
		{"anytime", []time.Duration{openaihttp.Anytime, openaihttp.Anytime, openaihttp.Anytime}, 3, 1500 * time.Millisecond, 3 * time.Second},
		{"at times", []time.Duration{2 * time.Second, 10 * time.Second, 0}, 3, 12 * time.Second, 12 * time.Second},
		{"too late", []time.Duration{11 * time.Second}, 1, 0, 0},
		{"beyond the deadline", []time.Duration{8 * time.Second, 8 * time.Second}, 2, 8 * time.Second, 8 * time.Second},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithTimeout(t.Context(), 15*time.Second)
				defer cancel()
				start, n := time.Now(), 0
				err := policy.Retry(ctx, func() (time.Duration, error) {
					n++
					return test.pauses[n-1], failed
				})
				if took := time.Since(start); took < test.least || took > test.most {
					t.Errorf("took %s, want %s to %s", took, test.least, test.most)
				}
				if err != failed || n != test.attempts {
					t.Errorf("got the error %v after %d attempts, want %d", err, n, test.attempts)
				}
			})
		})
	}
}

func TestRetryUntilItWorks(t *testing.T) {
	n := 0
	err := openaihttp.Policy{Attempts: 3}.Retry(t.Context(), func() (time.Duration, error) {
		if n++; n == 2 {
			return openaihttp.Never, nil
		}
		return openaihttp.Anytime, errors.New("failed")
	})
	if err != nil || n != 2 {
		t.Errorf("got the error %v after %d attempts", err, n)
	}
}

func TestRetryCancelled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		err := openaihttp.Policy{Attempts: 3, Longest: time.Hour}.Retry(ctx, func() (time.Duration, error) {
			return time.Minute, errors.New("failed")
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got the error %v", err)
		}
	})
}

func TestRetryAfter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // whose clock begins with the year 2000
		for value, want := range map[string]time.Duration{
			"":                              openaihttp.Anytime,
			"soon":                          openaihttp.Anytime,
			"-1":                            openaihttp.Anytime,
			"1e300":                         openaihttp.Anytime,
			"0":                             0,
			"7":                             7 * time.Second,
			"0.5":                           500 * time.Millisecond,
			"Sat, 01 Jan 2000 00:00:09 GMT": 9 * time.Second,
			"Fri, 31 Dec 1999 23:59:59 GMT": openaihttp.Anytime,
		} {
			if got := openaihttp.RetryAfter(http.Header{"Retry-After": {value}}); got != want {
				t.Errorf("%q: %s, want %s", value, got, want)
			}
		}
	})
}
