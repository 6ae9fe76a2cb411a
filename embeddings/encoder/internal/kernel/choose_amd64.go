package kernel

import "golang.org/x/sys/cpu"

func choose() operations {
	if !cpu.X86.HasAVX2 || !cpu.X86.HasFMA {
		return portable
	}
	if cpu.X86.HasAVX512F && cpu.X86.HasAVX512BW && cpu.X86.HasAVX512VL && cpu.X86.HasAVX512VNNI {
		return avx512
	}
	return avx2
}

var avx2 = operations{
	name:       "AVX2",
	int8Tile:   int8TileAVX2,
	floatTile:  floatTileAVX2,
	floatWidth: 16,
	softmax:    softmaxAVX2,
	gelu:       geluAVX2,
	addNorm:    addNormAVX2,
	extremes:   extremesAVX2,
	round:      roundAVX2,
}

// With AVX-512 the products are wider. What is done to rows takes less of the time
// and stays as it is.
var avx512 = func() operations {
	o := avx2
	o.name = "AVX-512 VNNI"
	o.int8Tile = int8TileVNNI
	o.floatTile = floatTileAVX512
	o.floatWidth = 32
	return o
}()

//go:noescape
func int8TileVNNI(t *int8Tile)

//go:noescape
func int8TileAVX2(t *int8Tile)

func floatTileAVX512(t *floatTile) {
	if t.columns == 32 {
		floatTile32(t)
		return
	}
	floatTileAVX2(t)
}

//go:noescape
func floatTile32(t *floatTile)

//go:noescape
func floatTileAVX2(t *floatTile)

func softmaxAVX2(row []float32) { softmaxVectors(row, &constants) }

//go:noescape
func softmaxVectors(row []float32, constants *table)

func geluAVX2(row []float32) { geluVectors(row, &constants) }

//go:noescape
func geluVectors(row []float32, constants *table)

//go:noescape
func addNormAVX2(row, add, gain, bias []float32, epsilon float32)

//go:noescape
func extremesAVX2(row []float32) (low, high float32)

//go:noescape
func roundAVX2(dst []uint8, row []float32, low, inverse float32)
