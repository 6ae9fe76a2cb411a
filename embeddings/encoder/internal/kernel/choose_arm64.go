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
	o.softmax = func(row []float32) { softmaxNEON(row, &constants) }
	o.gelu = func(row []float32) { geluNEON(row, &constants) }
	o.addNorm = addNormNEON
	o.extremes = extremesNEON
	o.round = roundNEON
	return o
}()

//go:noescape
func int8TileNEON(t *int8Tile)

//go:noescape
func floatTileNEON(t *floatTile)

//go:noescape
func softmaxNEON(row []float32, constants *table)

//go:noescape
func geluNEON(row []float32, constants *table)

//go:noescape
func addNormNEON(row, add, gain, bias []float32, epsilon float32)

//go:noescape
func extremesNEON(row []float32) (low, high float32)

//go:noescape
func roundNEON(dst []uint8, row []float32, low, inverse float32)
