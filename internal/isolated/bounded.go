//go:build !race

package isolated

// bounded is whether the memory of a process that reads a file has a limit.
const bounded = true
