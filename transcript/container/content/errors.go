package content

import "fmt"

// Error says why a file could not be read and what to do about it.
type Error struct {
	code    string
	Message string
	Err     error // the cause, in the words of a library, for a log only; nil when the file itself is
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

// Invalid reports input that cannot be accepted as it is.
func Invalid(format string, args ...any) *Error {
	return &Error{code: "invalid", Message: fmt.Sprintf(format, args...)}
}

// Unsupported reports input of a kind that is not read.
func Unsupported(format string, args ...any) *Error {
	return &Error{code: "unsupported", Message: fmt.Sprintf(format, args...)}
}

// TooLarge reports input that takes more memory or time than it may.
func TooLarge(format string, args ...any) *Error {
	return &Error{code: "too_large", Message: fmt.Sprintf(format, args...)}
}
