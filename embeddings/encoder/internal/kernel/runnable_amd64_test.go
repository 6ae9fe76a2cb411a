package kernel

// runnable are the forms in assembly that this processor runs.
func runnable() []operations {
	switch best.name {
	case portable.name:
		return nil
	case avx2.name:
		return []operations{avx2}
	default:
		return []operations{avx2, avx512}
	}
}
