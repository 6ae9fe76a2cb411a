//go:build !amd64 && !arm64

package kernel

func choose() operations { return portable }
