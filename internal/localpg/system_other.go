//go:build unix && !linux

package localpg

import "syscall"

// userNamespaces says whether the system has user namespaces.
const userNamespaces = false

func renameRoot(*syscall.SysProcAttr) {}

// passageCapabilities are the capabilities that let a user pass through folders that
// are closed to it.
var passageCapabilities []uintptr

func keep(*syscall.SysProcAttr, uintptr) {}

// impostor reports whether a process runs that is not the server of the data, which
// cannot be told here: Postgres then refuses to start, and says why.
func impostor(int, string) bool { return false }

// memory is how many bytes of memory the machine has; zero, as it is not known here.
func memory() uint64 { return 0 }

// syncMethod is how a server that crashed brings its files to the disk before it recovers.
const syncMethod = "fsync"
