package localpg

import (
	"os"
	"strconv"
	"strings"
	"syscall"
)

// userNamespaces says whether the system has user namespaces.
const userNamespaces = true

// syncMethod is how a server that crashed brings its files to the disk before it recovers: all
// at once, and not one by one, which takes seconds.
const syncMethod = "syncfs"

// nobody is the id of the user nobody on Linux.
const nobody = 65534

// renameRoot has a program run in a user namespace in which root is nobody: it may
// read and write root's files, and has none of root's privileges.
func renameRoot(attr *syscall.SysProcAttr) {
	attr.Cloneflags = syscall.CLONE_NEWUSER
	attr.UidMappings = []syscall.SysProcIDMap{{ContainerID: nobody, HostID: 0, Size: 1}}
	attr.GidMappings = []syscall.SysProcIDMap{{ContainerID: nobody, HostID: 0, Size: 1}}
}

// passageCapabilities are the capabilities that let a user pass through folders that
// are closed to it, the narrower first. Containers often have the second only.
var passageCapabilities = []uintptr{capDACReadSearch, capDACOverride}

const (
	capDACOverride   = 1
	capDACReadSearch = 2
)

// keep leaves one of root's capabilities to a program that runs as another user.
func keep(attr *syscall.SysProcAttr, capability uintptr) {
	if capability != 0 {
		attr.AmbientCaps = []uintptr{capability}
	}
}

// impostor reports whether a process runs that is not the server of the data. The
// working directory of a server is its data folder.
func impostor(pid int, data string) bool {
	dir, err := os.Readlink("/proc/" + strconv.Itoa(pid) + "/cwd")
	return err == nil && dir != data
}

// memory is how many bytes of memory the machine has, or the container may use.
func memory() uint64 {
	var info syscall.Sysinfo_t
	if err := syscall.Sysinfo(&info); err != nil {
		return 0
	}
	total := uint64(info.Totalram) * uint64(info.Unit)
	limit, _ := os.ReadFile("/sys/fs/cgroup/memory.max")
	if bytes, err := strconv.ParseUint(strings.TrimSpace(string(limit)), 10, 64); err == nil {
		return min(total, bytes)
	}
	return total
}
