//go:build !linux

package modelfiles

import "errors"

func mountSmall(string) (func() error, error) { return nil, errors.ErrUnsupported }
