// Package fault is the program's one vocabulary of errors, and the one table
// from it to HTTP statuses and exit codes.
//
// Errors start where something goes wrong and know; they are wrapped on the way
// up; the adapters at the edge ask for their Code and never look inside. The
// message of an Error is written for the person who reads it and says what to
// do. Anything else is "internal": logged, and never shown.
package fault

import (
	"context"
	"errors"
	"fmt"
	"net/http"
)

// Code is a word of the vocabulary.
type Code string

const (
	Invalid      Code = "invalid"      // the input cannot be accepted as it is
	Unauthorized Code = "unauthorized" // no key, a wrong key, or a key that may not do this
	NotFound     Code = "not_found"
	Conflict     Code = "conflict"    // the state has changed, or is held by another
	TooLarge     Code = "too_large"   // over a limit on size
	Unsupported  Code = "unsupported" // a kind of input that is not read
	RateLimited  Code = "rate_limited"
	Unavailable  Code = "unavailable" // a dependency does not answer
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
	NotFound:     {http.StatusNotFound, ExitNo},
	Conflict:     {http.StatusConflict, ExitUsage},
	TooLarge:     {http.StatusRequestEntityTooLarge, ExitUsage},
	Unsupported:  {http.StatusUnsupportedMediaType, ExitUsage},
	RateLimited:  {http.StatusTooManyRequests, ExitDependency},
	Unavailable:  {http.StatusServiceUnavailable, ExitDependency},
	Internal:     {http.StatusInternalServerError, ExitDependency},
}

// Status is the HTTP status of the code.
func (c Code) Status() int { return table[c].status }

// Exit is the exit code of the code.
func (c Code) Exit() int { return table[c].exit }

// Error is an error whose message may be shown to a user.
type Error struct {
	Code    Code
	Message string // says what is wrong and what to do
	Err     error  // the cause, for the log only
}

func (e *Error) Error() string { return e.Message }
func (e *Error) Unwrap() error { return e.Err }

// New is an error with a message for the user.
func New(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// Wrap is New with a cause that is logged and not shown.
func Wrap(err error, code Code, format string, args ...any) *Error {
	e := New(code, format, args...)
	e.Err = err
	return e
}

// coded is what the errors of packages that import nothing of ours implement.
type coded interface {
	error
	FaultCode() string
}

// CodeOf finds the code of an error; Internal when it has none.
func CodeOf(err error) Code {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	var c coded
	if errors.As(err, &c) {
		if _, known := table[Code(c.FaultCode())]; known {
			return Code(c.FaultCode())
		}
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return Unavailable
	}
	return Internal
}

// MessageOf is what a user may read of an error: its own message where it was
// written for users, a general sentence otherwise.
func MessageOf(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Message
	}
	var c coded
	if errors.As(err, &c) {
		return c.Error()
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return "this took too long and was given up; try again"
	}
	return "something went wrong inside Pullquote; the log says what"
}
