package kernel

import (
	"runtime"

	"golang.org/x/sys/cpu"
)

func choose() operations {
	// Every processor of Apple's that runs Go has dot products.
	if cpu.ARM64.HasASIMDDP || runtime.GOOS == "darwin" {
		return neon
	}
	return portable
}

var neon = func() operations {
	o := portable
	o.name = "NEON"
	o.int8Tile = int8TileNEON
	o.floatTile = floatTileNEON
	return o
}()

//go:noescape
func int8TileNEON(t *int8Tile)

//go:noescape
func floatTileNEON(t *floatTile)
