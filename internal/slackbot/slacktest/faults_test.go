package slacktest_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/pullquote/pullquote/internal/slackbot/slacktest"
)

func TestFaults(t *testing.T) {
	tests := []struct {
		name   string
		fault  slacktest.Fault
		posted int
		want   func(error) bool
	}{
		{"the connection ends before", slacktest.CutBefore, 0, isOther},
		{"the connection ends after", slacktest.CutAfter, 1, isOther},
		{"a server error", slacktest.Status(503), 0, func(err error) bool {
			var status slack.StatusCodeError
			return errors.As(err, &status) && status.Code == 503
		}},
		{"an error of the API", slacktest.Code("internal_error"), 0, func(err error) bool { return codeOf(err) == "internal_error" }},
		{"a slow answer", slacktest.Slow(time.Millisecond), 1, func(err error) bool { return err == nil }},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := slacktest.New(t)
			s.Fail("chat.postMessage", 1, test.fault)
			if _, err := s.Client().AuthTest(); err != nil {
				t.Errorf("another method: %v", err)
			}
			_, _, err := s.Client().PostMessage(slacktest.Newsroom, text("hello"))
			if !test.want(err) {
				t.Errorf("the first time: %v", err)
			}
			if got := len(s.Messages(slacktest.Newsroom)); got != test.posted {
				t.Errorf("%d messages, want %d", got, test.posted)
			}
			if _, _, err := s.Client().PostMessage(slacktest.Newsroom, text("hello")); err != nil {
				t.Errorf("the second time: %v", err)
			}
		})
	}
}

// isOther tells an error that is not of the Web API.
func isOther(err error) bool {
	var refused slack.SlackErrorResponse
	return err != nil && !errors.As(err, &refused)
}

func TestRefuse(t *testing.T) {
	s := slacktest.New(t)
	s.Refuse("chat.postMessage", 2, 7*time.Second)
	for range 2 {
		_, _, err := s.Client().PostMessage(slacktest.Newsroom, text("hello"))
		var limited *slack.RateLimitedError
		if !errors.As(err, &limited) || limited.RetryAfter != 7*time.Second {
			t.Errorf("got %v", err)
		}
	}
	if _, _, err := s.Client().PostMessage(slacktest.Newsroom, text("hello")); err != nil {
		t.Errorf("the third time: %v", err)
	}
}

func TestHold(t *testing.T) {
	s := slacktest.New(t)
	release := s.Hold("chat.postMessage", 1)
	done := make(chan error)
	go func() {
		_, _, err := s.Client().PostMessage(slacktest.Newsroom, text("hello"))
		done <- err
	}()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	if err := s.Await(ctx, func() bool { return len(s.Messages(slacktest.Newsroom)) == 1 }); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-done:
		t.Fatalf("answered: %v", err)
	default:
	}
	release()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestLimits(t *testing.T) {
	now := time.Now()
	s := slacktest.New(t, slacktest.WithLimits(), slacktest.WithClock(func() time.Time { return now }))
	root := s.Say(slacktest.Newsroom, slacktest.Jane, "root", "")
	_, ts, err := s.Client().PostMessage(slacktest.Desk, text("hello"))
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name string
		most int
		wait time.Duration
		call func() error
	}{
		{"tier 2", 20, time.Minute, func() error {
			_, _, err := s.Client().StartStream(slacktest.Newsroom, recipient(root.TS))
			return err
		}},
		{"tier 3", 50, time.Minute, func() error {
			_, _, _, err := s.Client().UpdateMessage(slacktest.Desk, ts, text("hello"))
			return err
		}},
		{"tier 4", 100, time.Minute, func() error {
			_, err := s.Client().GetUserInfo(slacktest.Jane)
			return err
		}},
		{"messages of a channel", 3, 3 * time.Second, func() error {
			_, _, err := s.Client().PostMessage(slacktest.Newsroom, text("hello"))
			return err
		}},
	}
	for _, test := range tests {
		for i := range test.most {
			if err := test.call(); err != nil {
				t.Fatalf("%s: call %d: %v", test.name, i+1, err)
			}
		}
		var limited *slack.RateLimitedError
		if err := test.call(); !errors.As(err, &limited) || limited.RetryAfter != test.wait {
			t.Errorf("%s: one more: %v", test.name, err)
		}
	}
	if _, _, err := s.Client().PostMessage(slacktest.Desk, text("hello")); err != nil {
		t.Errorf("in another channel: %v", err)
	}
	now = now.Add(time.Minute)
	for _, test := range tests {
		if err := test.call(); err != nil {
			t.Errorf("%s: a minute later: %v", test.name, err)
		}
	}
}
