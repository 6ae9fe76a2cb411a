package fault

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

// foreign is an error of a package that imports nothing of ours.
type foreign string

func (f foreign) Error() string     { return "foreign: " + string(f) }
func (f foreign) FaultCode() string { return string(f) }

func TestCodeAndMessage(t *testing.T) {
	secret := errors.New("password=hunter2")
	tests := []struct {
		name    string
		err     error
		code    Code
		status  int
		exit    int
		message string
	}{
		{"an error of ours", New(NotFound, "there is no answer 7"), NotFound, 404, ExitNo, "there is no answer 7"},
		{"wrapped on its way up", fmt.Errorf("ask: %w", New(TooLarge, "split it")), TooLarge, 413, ExitUsage, "split it"},
		{"its cause is not shown", Wrap(secret, Unavailable, "try again"), Unavailable, 503, ExitDependency, "try again"},
		{"another's with a word of the vocabulary", foreign("unsupported"), Unsupported, 415, ExitUsage, "foreign: unsupported"},
		{"a word that is none", foreign("haunted"), Internal, 500, ExitDependency, "went wrong inside"},
		{"a time-out", fmt.Errorf("query: %w", context.DeadlineExceeded), Unavailable, 503, ExitDependency, "took too long"},
		{"anything else", secret, Internal, 500, ExitDependency, "went wrong inside"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			code := CodeOf(tt.err)
			if code != tt.code || code.Status() != tt.status || code.Exit() != tt.exit {
				t.Errorf("code %s, status %d, exit %d", code, code.Status(), code.Exit())
			}
			if message := MessageOf(tt.err); !strings.Contains(message, tt.message) || strings.Contains(message, "hunter2") {
				t.Errorf("message %q", message)
			}
		})
	}
}

func TestLine(t *testing.T) {
	disk := errors.New("the disk\nis on fire")
	for _, tt := range []struct {
		err  error
		want string
	}{
		{New(Invalid, "no;\ndo that"), "no; do that"},
		{Wrap(disk, Unavailable, "not now; try again"), "not now; try again"},
		{fmt.Errorf("while at it: %w", Wrap(disk, Invalid, "no; do that")), "no; do that"},
		{Wrap(disk, Unavailable, "not now").WithHint("look at %s", "it"), "not now (look at it)"},
		{Wrap(New(Invalid, "no").WithHint("set A"), Unavailable, "not now"), "not now (set A)"},
		{Wrap(New(Invalid, "no").WithHint("set A"), Unavailable, "not now").WithHint("set B"), "not now (set B)"},
		{Wrap(disk, Internal, "it broke"), "it broke: the disk is on fire"},
		{Wrap(disk, NotFound, "%s: there is none", "a\x1b[2J\nb\u202e.txt").WithHint("look at %s", "\u2066c\x07"), "a[2J b.txt: there is none (look at c)"},
		{errors.New("open a\x1b]0;b\u202e: no"), "something went wrong inside Pullquote; the log says what: open a]0;b: no"},
		{disk, "something went wrong inside Pullquote; the log says what: the disk is on fire"},
	} {
		if got := Line(tt.err); got != tt.want {
			t.Errorf("%v:\n got %s\nwant %s", tt.err, got, tt.want)
		}
	}
}

func TestRetryOf(t *testing.T) {
	busy := New(Unavailable, "busy").WithRetry(5 * time.Second)
	for _, tt := range []struct {
		name string
		err  error
		want time.Duration
	}{
		{"an error that knows", busy, 5 * time.Second},
		{"wrapped on its way up", fmt.Errorf("ask: %w", busy), 5 * time.Second},
		{"the cause of an error that does not know", Wrap(busy, Unavailable, "not ready"), 5 * time.Second},
		{"the cause of one that does", Wrap(busy, Unavailable, "not ready").WithRetry(time.Second), time.Second},
		{"nobody knows", Wrap(errors.New("the disk is on fire"), Unavailable, "not now"), 0},
	} {
		if got := RetryOf(tt.err); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestAttr(t *testing.T) {
	disk := errors.New("the disk is on fire")
	for _, tt := range []struct {
		err  error
		want string
	}{
		{New(NotFound, "it is gone"), "[code=not_found message=it is gone]"},
		{Wrap(Wrap(disk, Invalid, "no").WithHint("set A"), Unavailable, "not now"), "[code=unavailable message=not now hint=set A cause=the disk is on fire]"},
		{foreign("unsupported"), "[code=unsupported message=foreign: unsupported]"},
		{Wrap(errors.New("open \x1b[1ma\u202e"), NotFound, "no \x1b[1ma").WithHint("b\u2067"), "[code=not_found message=no [1ma hint=b cause=open a]"},
		{fmt.Errorf("while at it: %w", disk), "[code=internal cause=while at it: the disk is on fire]"},
	} {
		if got := Attr(tt.err); got.Key != "error" || got.Value.String() != tt.want {
			t.Errorf("%v:\n got %s\nwant error=%s", tt.err, got, tt.want)
		}
	}
}
