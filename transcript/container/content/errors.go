package content

import (
	"encoding/json"
	"errors"
	"fmt"
)

// Error says why a file could not be read and what to do about it.
type Error struct {
	code     string
	reason   string
	mendable bool
	Message  string
	Err      error // the cause, in the words of a library, for a log only; nil when the file itself is
}

func (e *Error) Error() string { return e.Message }
func (e *Error) Unwrap() error { return e.Err }

// Because gives a new error its cause, and returns it.
func (e *Error) Because(cause error) *Error {
	e.Err = cause
	return e
}

// FaultCode is the error's word in the vocabulary shared by the whole program:
// "invalid", "unsupported" or "too_large".
func (e *Error) FaultCode() string { return e.code }

// Reason is why the file was refused, in a few words by which the files of a folder
// can be counted: "no turns found", "empty", "too large".
func (e *Error) Reason() string { return e.reason }

// Mendable reports whether the file may hold a transcript that can be read once
// somebody has mended, divided or decrypted it. The others are none.
func (e *Error) Mendable() bool { return e.mendable }

// errorJSON is an Error as it goes from one process to another.
type errorJSON struct {
	Code, Reason   string
	Mendable       bool
	Message, Cause string
}

// MarshalJSON writes all of an error.
func (e *Error) MarshalJSON() ([]byte, error) {
	cause := ""
	if e.Err != nil {
		cause = e.Err.Error()
	}
	return json.Marshal(errorJSON{e.code, e.reason, e.mendable, e.Message, cause})
}

// UnmarshalJSON reads it.
func (e *Error) UnmarshalJSON(data []byte) error {
	var read errorJSON
	if err := json.Unmarshal(data, &read); err != nil {
		return err
	}
	*e = Error{code: read.Code, reason: read.Reason, mendable: read.Mendable, Message: read.Message}
	if read.Cause != "" {
		e.Err = errors.New(read.Cause)
	}
	return nil
}

// Invalid reports input that cannot be accepted as it is.
func Invalid(format string, args ...any) *Error {
	return &Error{code: "invalid", reason: "cannot be read", mendable: true, Message: fmt.Sprintf(format, args...)}
}

// NoTranscript reports a file that can be read and is no transcript, for a reason in a
// few words.
func NoTranscript(reason, format string, args ...any) *Error {
	return &Error{code: "invalid", reason: reason, Message: fmt.Sprintf(format, args...)}
}

// Unsupported reports input of a kind that is not read.
func Unsupported(format string, args ...any) *Error {
	return &Error{code: "unsupported", reason: "unsupported kind", Message: fmt.Sprintf(format, args...)}
}

// Foreign reports a file of another kind, which what names; instead says what to do.
func Foreign(what, instead string) *Error {
	e := Unsupported("this is %s, which is not read; %s", what, instead)
	e.reason = what
	return e
}

// Encrypted reports a file that nobody can read without its password; what names it.
func Encrypted(what string) *Error {
	return &Error{code: "unsupported", reason: "encrypted", mendable: true,
		Message: fmt.Sprintf("%s is encrypted; save it without a password and give that", what)}
}

// TooLarge reports input that takes more memory or time than it may.
func TooLarge(format string, args ...any) *Error {
	return &Error{code: "too_large", reason: "too large", mendable: true, Message: fmt.Sprintf(format, args...)}
}
