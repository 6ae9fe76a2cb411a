package container

import "fmt"

// Error says why a file could not be read and what to do about it.
type Error struct {
	code    string
	Message string
}

func (e *Error) Error() string { return e.Message }

// FaultCode is the error's word in the vocabulary shared by the whole program:
// "invalid", "unsupported" or "too_large".
func (e *Error) FaultCode() string { return e.code }

// Invalid reports input that cannot be accepted as it is.
func Invalid(format string, args ...any) error {
	return &Error{code: "invalid", Message: fmt.Sprintf(format, args...)}
}

// Unsupported reports input of a kind that is not read.
func Unsupported(format string, args ...any) error {
	return &Error{code: "unsupported", Message: fmt.Sprintf(format, args...)}
}

// TooLarge reports input that takes more memory or time than it may.
func TooLarge(format string, args ...any) error {
	return &Error{code: "too_large", Message: fmt.Sprintf(format, args...)}
}
