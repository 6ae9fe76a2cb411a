//go:build unix && !linux

package localpg

import "syscall"

// userNamespaces says whether root can be given another name.
const userNamespaces = false

func renameRoot(*syscall.SysProcAttr) {}

// passageCapabilities let a user pass through folders that are closed to it.
var passageCapabilities []uintptr

func keep(*syscall.SysProcAttr, uintptr) {}

// impostor says that a process lives and is not the server of the data. There
// is no plain way to know here: Postgres then refuses to start, and says why.
func impostor(int, string) bool { return false }

// memory is not known here.
func memory() uint64 { return 0 }
