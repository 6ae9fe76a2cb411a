package transcript

import "fmt"

// Error says why a file could not be read and what to do about it.
type Error struct {
	code    string
	Message string
}

func (e *Error) Error() string { return e.Message }

// FaultCode is the error's word in the vocabulary shared by the whole program:
// "invalid" or "unsupported".
func (e *Error) FaultCode() string { return e.code }

// invalid reports input that no parser can accept as it is.
func invalid(format string, args ...any) error {
	return &Error{code: "invalid", Message: fmt.Sprintf(format, args...)}
}

// unsupported reports input of a kind that is not read.
func unsupported(format string, args ...any) error {
	return &Error{code: "unsupported", Message: fmt.Sprintf(format, args...)}
}
