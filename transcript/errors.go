package transcript

import "github.com/pullquote/pullquote/transcript/container"

// Error says why a file could not be read and what to do about it.
type Error = container.Error

// invalid is the error for input that no format can accept as it is. It says what to do.
func invalid(format string, args ...any) error { return container.Invalid(format, args...) }
