package localpg

import (
	"os"
	"strconv"
	"strings"
	"syscall"
)

// userNamespaces says whether root can be given another name.
const userNamespaces = true

// nobody is the number of the user nobody, whom Linux systems know.
const nobody = 65534

// renameRoot runs a program in a user namespace in which root is called nobody.
// It keeps root's files and loses root's powers.
func renameRoot(attr *syscall.SysProcAttr) {
	attr.Cloneflags = syscall.CLONE_NEWUSER
	attr.UidMappings = []syscall.SysProcIDMap{{ContainerID: nobody, HostID: 0, Size: 1}}
	attr.GidMappings = []syscall.SysProcIDMap{{ContainerID: nobody, HostID: 0, Size: 1}}
}

// passageCapabilities let a user pass through folders that are closed to it,
// the narrower first. Containers often have the second only.
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

// impostor says that a process lives and is not the server of the data, which
// works in its data folder.
func impostor(pid int, data string) bool {
	dir, err := os.Readlink("/proc/" + strconv.Itoa(pid) + "/cwd")
	return err == nil && dir != data
}

// memory is how many bytes of it the machine has, or leaves to the container.
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
