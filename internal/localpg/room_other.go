//go:build !linux && !darwin

package localpg

// Room is how many bytes there is room for on the disk of a folder, which is not known here.
func Room(string) (bytes uint64, known bool) { return 0, false }
