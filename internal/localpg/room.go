//go:build linux || darwin

package localpg

import "syscall"

// Room is how many bytes there is room for on the disk of a folder; known is false where nobody
// can say.
func Room(dir string) (bytes uint64, known bool) {
	var disk syscall.Statfs_t
	if err := syscall.Statfs(dir, &disk); err != nil {
		return 0, false
	}
	return uint64(disk.Bavail) * uint64(disk.Bsize), true
}
