package modelfiles

import (
	"errors"
	"net/url"
	"syscall"

	"github.com/pullquote/pullquote/internal/fault"
)

// localError is what went wrong on this machine, not at a source.
type localError struct{ err error }

func (e *localError) Error() string { return e.err.Error() }
func (e *localError) Unwrap() error { return e.err }

// local marks an error as this machine's, in words; nil stays nil.
func local(err error) error {
	if err == nil {
		return nil
	}
	message := "the model's files cannot be written"
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		message = "there is no room left for the model's files"
	}
	return &localError{fault.Wrap(err, fault.Unavailable, "%s", message).
		WithHint("%v; make room, or set PULLQUOTE_DATA_DIR to a folder that has it", err)}
}

func isLocal(err error) bool {
	_, ok := errors.AsType[*localError](err)
	return ok
}

// reason is an error of the network without the address, which may hold a password.
func reason(err error) error {
	if e, ok := errors.AsType[*url.Error](err); ok {
		return e.Err
	}
	return err
}

// redacted is an address without a password.
func redacted(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "the address"
	}
	return u.Redacted()
}
