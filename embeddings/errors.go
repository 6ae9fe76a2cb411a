package embeddings

import "fmt"

// Error says why there are no vectors and what to do about it. Its message names
// the server and never a key.
type Error struct {
	code    string
	Message string
	Err     error // the cause, for the log only
}

func (e *Error) Error() string { return e.Message }
func (e *Error) Unwrap() error { return e.Err }

// FaultCode is the error's word in the vocabulary shared by the whole program:
// "invalid" (the configuration or the text), "unauthorized", "rate_limited" or
// "unavailable".
func (e *Error) FaultCode() string { return e.code }

func fault(code string, cause error, format string, args ...any) *Error {
	return &Error{code: code, Message: fmt.Sprintf(format, args...), Err: cause}
}
