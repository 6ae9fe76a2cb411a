// Package fault is the program's one vocabulary of errors, and the one table
// from it to HTTP statuses and exit codes.
//
// Errors start where something goes wrong and know; they are wrapped on the way
// up; the adapters at the edge ask for their Code and never look inside.
//
// An error has two readers. Its Message is for whoever asked: what is wrong and
// what they can do. Its Hint is for the operator, who runs the program: what to
// check or set. Only the Message leaves the program over HTTP and Slack; the log
// has both, and the cause (see Attr); the command line, whose user is the
// operator, prints both. So addresses, paths, settings and the words of other
// programs stand in the Hint or the cause, never in the Message. What only the
// operator can meet, such as a setting that cannot be read at the start, may say
// all in its Message.
//
// Errors name files, models and what else others named. What of that commands a terminal or
// changes how a line is read is taken out where an error is told (MessageOf, HintOf,
// Attr), so that whoever makes one need not.
//
// An error that nobody has put into words is Internal: the client is told that it
// is not their doing, and the log has the rest.
package fault

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"github.com/pullquote/pullquote/internal/words"
)

// Code is a word of the vocabulary.
type Code string

const (
	Invalid      Code = "invalid"      // the input cannot be accepted as it is
	Unauthorized Code = "unauthorized" // no key, or a wrong one
	Forbidden    Code = "forbidden"    // whoever asks may not do this
	NotFound     Code = "not_found"
	Conflict     Code = "conflict"     // the state has changed, or is held by another
	TooLarge     Code = "too_large"    // over a limit on size
	Unsupported  Code = "unsupported"  // a kind of input that is not read
	TimedOut     Code = "timed_out"    // the input did not arrive in time
	RateLimited  Code = "rate_limited" // too many requests in a short time
	BudgetSpent  Code = "budget_spent" // as much of the chat model has been used as the key may
	Unavailable  Code = "unavailable"  // a dependency does not answer
	Internal     Code = "internal"
)

// The exit codes of the command line.
const (
	ExitDone       = 0
	ExitNo         = 1 // the answer is no: nothing found, a quotation not verified
	ExitUsage      = 2 // wrong usage or input
	ExitDependency = 3
)

var table = map[Code]struct{ status, exit int }{
	Invalid:      {http.StatusUnprocessableEntity, ExitUsage},
	Unauthorized: {http.StatusUnauthorized, ExitUsage},
	Forbidden:    {http.StatusForbidden, ExitUsage},
	NotFound:     {http.StatusNotFound, ExitNo},
	Conflict:     {http.StatusConflict, ExitUsage},
	TooLarge:     {http.StatusRequestEntityTooLarge, ExitUsage},
	Unsupported:  {http.StatusUnsupportedMediaType, ExitUsage},
	TimedOut:     {http.StatusRequestTimeout, ExitDependency},
	RateLimited:  {http.StatusTooManyRequests, ExitDependency},
	BudgetSpent:  {http.StatusTooManyRequests, ExitDependency},
	Unavailable:  {http.StatusServiceUnavailable, ExitDependency},
	Internal:     {http.StatusInternalServerError, ExitDependency},
}

// Status is the HTTP status of the code.
func (c Code) Status() int { return table[c].status }

// Exit is the exit code of the code.
func (c Code) Exit() int { return table[c].exit }

// Error is an error in words for both of its readers.
type Error struct {
	Code    Code
	Message string        // for whoever asked: what is wrong and what they can do
	Hint    string        // for the operator: what to check or set; empty where there is nothing
	Retry   time.Duration // after which it is worth trying again; zero where nobody knows
	Err     error         // the cause, for the log only
}

func (e *Error) Error() string { return e.Message }
func (e *Error) Unwrap() error { return e.Err }

// FaultCode makes an Error one of those that CodeOf asks.
func (e *Error) FaultCode() string { return string(e.Code) }

// New is an error with a message for whoever asked.
func New(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// Wrap is New with a cause that is logged and not shown. The hint of the cause, if
// it has one, is also that of the error, and so is when to try again.
func Wrap(err error, code Code, format string, args ...any) *Error {
	e := New(code, format, args...)
	e.Err = err
	return e
}

// WithHint adds what the operator can check or set to a new error, and returns it.
func (e *Error) WithHint(format string, args ...any) *Error {
	e.Hint = fmt.Sprintf(format, args...)
	return e
}

// WithRetry says when it is worth trying again, and returns the new error.
func (e *Error) WithRetry(after time.Duration) *Error {
	e.Retry = after
	return e
}

// RetryOf is when it is worth trying again, by the outermost that knows; zero where nobody does.
func RetryOf(err error) time.Duration {
	for {
		e, ok := errors.AsType[*Error](err)
		if !ok {
			return 0
		}
		if e.Retry > 0 {
			return e.Retry
		}
		err = e.Err
	}
}

// coded is what errors implement that have a word of the vocabulary: Error, and
// the errors of packages that import nothing of ours.
type coded interface {
	error
	FaultCode() string
}

// CodeOf finds the code of an error; Internal when it has none.
func CodeOf(err error) Code {
	if e, ok := inWords(err); ok {
		return Code(e.FaultCode())
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return Unavailable
	}
	return Internal
}

// Level is how much an error of a request is to whoever runs the program: one of the
// client's making is for debugging only.
func Level(err error) slog.Level {
	switch CodeOf(err) {
	case Internal:
		return slog.LevelError
	case Unavailable:
		return slog.LevelWarn
	}
	return slog.LevelDebug
}

// inWords finds the outermost error that has a word of the vocabulary.
func inWords(err error) (coded, bool) {
	e, ok := errors.AsType[coded](err)
	if ok {
		_, ok = table[Code(e.FaultCode())]
	}
	return e, ok
}

// Ended is why a context has ended, where whoever ended it has said so in words, as a server
// does that stops; nil where not.
func Ended(ctx context.Context) error {
	if e, ok := errors.AsType[*Error](context.Cause(ctx)); ok {
		return e
	}
	return nil
}

// MessageOf is what a client may read of an error: its own message where it was
// written for clients, a general sentence otherwise.
func MessageOf(err error) string {
	if e, ok := inWords(err); ok {
		return words.Inert(e.Error())
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return "this took too long and was given up; try again"
	}
	return "something went wrong inside Pullquote; the log says what"
}

// HintOf is what an operator may read of an error besides: the outermost hint, as
// whoever wrapped the error knew more; empty when there is none.
func HintOf(err error) string {
	for {
		e, ok := errors.AsType[*Error](err)
		if !ok {
			return ""
		}
		if e.Hint != "" {
			return words.Inert(e.Hint)
		}
		err = e.Err
	}
}

// Cause is what lies beneath the words that were chosen for people; the error
// itself where nothing does.
func Cause(err error) error {
	for {
		e, ok := errors.AsType[coded](err)
		if !ok {
			return err
		}
		beneath := errors.Unwrap(e)
		if beneath == nil {
			return e
		}
		err = beneath
	}
}

func causeOf(err error) string { return words.Clean(Cause(err).Error()) }

// Line is an error for the operator, on one line: its message, with its hint in
// parentheses; of an internal one, which nobody has put into words, its cause.
func Line(err error) string {
	text := MessageOf(err)
	switch hint := HintOf(err); {
	case hint != "":
		text += " (" + hint + ")"
	case CodeOf(err) == Internal:
		text += ": " + causeOf(err)
	}
	return words.OneLine(text)
}

// Attr is an error as the log has it: its code, message, hint and cause are fields
// of "error". Those that it has not are left out.
func Attr(err error) slog.Attr {
	fields := []any{"code", CodeOf(err)}
	if e, ok := inWords(err); ok {
		fields = append(fields, "message", words.Inert(e.Error()))
	}
	if hint := HintOf(err); hint != "" {
		fields = append(fields, "hint", hint)
	}
	if _, told := Cause(err).(coded); !told {
		fields = append(fields, "cause", causeOf(err))
	}
	return slog.Group("error", fields...)
}
