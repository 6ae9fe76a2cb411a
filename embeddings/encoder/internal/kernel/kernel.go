// Package kernel has the arithmetic of an encoder: products of matrices in floats
// and in 8-bit integers, and what is done to single rows between them.
//
// Each operation has a portable form in Go, which defines it, and forms in
// assembly for processors with AVX2, AVX-512 with VNNI, or NEON with dot products.
// The best one that the processor has is taken at the start. Integer products are
// exact, hence the same on all of them; floats differ by rounding.
//
// Matrices are slices of rows. Products are computed in blocks of RowBlock rows,
// the last of which overlaps the one before; where there are fewer rows than that,
// the rows after them are computed too. So the slices have room for RowBlock rows
// beyond those that are meant, of whatever content.
package kernel

import "iter"

// RowBlock is how many rows a product computes at once: as many as the registers
// of AVX-512 and of AVX2 hold sums of.
const RowBlock = 6

// rowBlocks are where the blocks of rows begin.
func rowBlocks(rows int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for row := 0; row+RowBlock <= rows; row += RowBlock {
			if !yield(row) {
				return
			}
		}
		if rows%RowBlock > 0 {
			yield(max(rows-RowBlock, 0))
		}
	}
}

// operations are the forms of the operations that this processor runs.
type operations struct {
	name string
	// int8Tile computes RowBlock rows of panelWidth columns.
	int8Tile func(*int8Tile)
	// floatTile computes RowBlock rows of floatWidth columns.
	floatTile  func(*floatTile)
	floatWidth int
	// The others take rows whose length is a multiple of vectorWidth.
	softmax  func(row []float32)
	gelu     func(row []float32)
	addNorm  func(row, add, gain, bias []float32, epsilon float32)
	extremes func(row []float32) (low, high float32)
	round    func(dst []uint8, row []float32, low, inverse float32)
}

const vectorWidth = 8

var portable = operations{
	name:       "portable",
	int8Tile:   int8TilePortable,
	floatTile:  floatTilePortable,
	floatWidth: 16,
	softmax:    softmaxPortable,
	gelu:       geluPortable,
	addNorm:    addNormPortable,
	extremes:   extremesPortable,
	round:      roundPortable,
}

// best is chosen once, by what the processor has.
var best = choose()

// Name says which forms of the operations run.
func Name() string { return best.name }
