//go:build !amd64

package kernel

// runnable are the forms in assembly that this processor runs.
func runnable() []operations {
	if best.name == portable.name {
		return nil
	}
	return []operations{best}
}
