//go:build race

package isolated

// bounded is false with the race detector, which needs more memory than the limit for itself.
const bounded = false
