//go:build unix

package modelfiles

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/pullquote/pullquote/internal/fault"
)

// lock is a lock on a model, which ends with the process at the latest: shared by
// those that use it, exclusive for who changes it.
type lock struct{ file *os.File }

// shareLock takes a shared lock; somebody who changes the model is not waited for.
func shareLock(path string) (*lock, error) {
	l, ok, err := flock(path, syscall.LOCK_SH)
	if err == nil && !ok {
		err = fault.New(fault.Conflict, "the model is being installed or removed by another Pullquote; try again when that has ended")
	}
	return l, err
}

// tryLock takes an exclusive lock if nobody has one.
func tryLock(path string) (l *lock, ok bool, err error) { return flock(path, syscall.LOCK_EX) }

// waitLock takes an exclusive lock when nobody has one any more. It polls, because
// the system call that waits does not end with a context.
func waitLock(ctx context.Context, path string) (*lock, error) {
	for {
		l, ok, err := tryLock(path)
		if ok || err != nil {
			return l, err
		}
		select {
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		case <-time.After(100 * time.Millisecond):
		}
	}
}

func flock(path string, how int) (*lock, bool, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, false, lockError(err)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, false, lockError(err)
	}
	for {
		err = syscall.Flock(int(f.Fd()), how|syscall.LOCK_NB)
		if !errors.Is(err, syscall.EINTR) {
			break
		}
	}
	switch {
	case err == nil:
		return &lock{f}, true, nil
	case errors.Is(err, syscall.EWOULDBLOCK):
		return nil, false, f.Close()
	}
	return nil, false, lockError(errors.Join(err, f.Close()))
}

func (l *lock) release() error { return l.file.Close() }

func lockError(err error) error {
	return fault.Wrap(err, fault.Unavailable, "the folder of the models cannot be written to").WithHint("%v", err)
}
