//go:build !amd64

package kernel

func choose() operations { return portable }
