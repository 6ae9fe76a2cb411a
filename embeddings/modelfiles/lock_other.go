//go:build !unix

package modelfiles

import "context"

// lock stands for a lock on a model, which this system's Pullquote does without: it
// runs no private server there either.
type lock struct{}

func shareLock(string) (*lock, error) { return &lock{}, nil }

func tryLock(string) (*lock, bool, error) { return &lock{}, true, nil }

func waitLock(context.Context, string) (*lock, error) { return &lock{}, nil }

func (*lock) release() error { return nil }
