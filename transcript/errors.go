package transcript

import "github.com/pullquote/pullquote/transcript/container"

// Error says why a file could not be read and what to do about it.
type Error = container.Error

// invalid reports input that no parser can accept as it is.
func invalid(format string, args ...any) error { return container.Invalid(format, args...) }
