package kernel

import (
	"math"
	"unsafe"
)

const (
	// panelWidth is how many columns of a product lie together: four registers of
	// AVX-512, of sixteen sums each.
	panelWidth = 64
	// group is how many numbers of a row and of a column an instruction multiplies
	// and adds into one sum.
	group = 4
)

// Int8 is a matrix of weights in 8-bit integers, with a bias, by which rows are
// multiplied. Each output has its own scale: its weight of largest magnitude is
// ±127, and zero is zero.
type Int8 struct {
	in, out int
	groups  int // of the depth
	// packed has the weights by panels of outputs; in a panel, by groups of the
	// depth; in a group, by output.
	packed []int8
	scale  []float32
	sum    []float32 // of an output's integers
	bias   []float32
}

// NewInt8 quantises weights, out rows of in numbers; bias has out.
func NewInt8(weights, bias []float32, in, out int) *Int8 {
	panels := (out + panelWidth - 1) / panelWidth
	m := &Int8{
		in: in, out: out, groups: (in + group - 1) / group,
		scale: make([]float32, panels*panelWidth),
		sum:   make([]float32, panels*panelWidth),
		bias:  make([]float32, panels*panelWidth),
	}
	m.packed = make([]int8, panels*panelWidth*m.groups*group)
	copy(m.bias, bias)
	for o := range out {
		m.pack(o, weights[o*in:][:in])
	}
	return m
}

func (m *Int8) pack(o int, weights []float32) {
	panel := m.packed[o/panelWidth*panelWidth*m.groups*group:][:panelWidth*m.groups*group]
	low, high := extremesPortable(weights)
	if m.scale[o] = max(-low, high) / 127; m.scale[o] == 0 {
		return
	}
	inverse, sum := 1/m.scale[o], 0
	for i, w := range weights {
		q := int8(math.RoundToEven(float64(w * inverse)))
		panel[(i/group*panelWidth+o%panelWidth)*group+i%group] = q
		sum += int(q)
	}
	m.sum[o] = float32(sum)
}

// Apply multiplies the rows and adds the bias. The scratch, which has room for the
// rows, is overwritten.
func (m *Int8) Apply(dst, src []float32, rows int, scratch *Quantised) {
	m.apply(&best, dst, src, rows, scratch)
}

func (m *Int8) apply(ops *operations, dst, src []float32, rows int, scratch *Quantised) {
	scratch.set(ops, src, rows, m.in)
	for column := 0; column < m.out; column += panelWidth {
		t := int8Tile{
			outStride: uintptr(4 * m.out), aStride: uintptr(scratch.stride),
			weights: &m.packed[column*m.groups*group], groups: uintptr(m.groups),
			columnScale: &m.scale[column], columnSum: &m.sum[column], bias: &m.bias[column],
		}
		width := min(panelWidth, m.out-column)
		rowBlocks(rows, func(row int) {
			t.a, t.rowScale, t.rowLow = &scratch.data[row*scratch.stride], &scratch.scale[row], &scratch.low[row]
			out := dst[row*m.out+column:]
			if width == panelWidth {
				t.out = &out[0]
				ops.int8Tile(&t)
			} else {
				narrow(ops, t, out, width)
			}
		})
	}
}

// narrow computes a tile of which only some columns are there.
func narrow(ops *operations, t int8Tile, out []float32, width int) {
	var tile [RowBlock * panelWidth]float32
	stride := int(t.outStride / 4)
	t.out, t.outStride = &tile[0], 4*panelWidth
	ops.int8Tile(&t)
	for r := range RowBlock {
		copy(out[r*stride:][:width], tile[r*panelWidth:])
	}
}

// int8Tile is a product of RowBlock quantised rows with a panel:
//
//	out = columnScale·(rowScale·Σ a·weights + rowLow·columnSum) + bias
//
// Strides are in bytes. The order of fields is known to the assembly.
type int8Tile struct {
	out         *float32
	outStride   uintptr
	a           *uint8
	aStride     uintptr
	weights     *int8
	groups      uintptr
	rowScale    *float32
	rowLow      *float32
	columnScale *float32
	columnSum   *float32
	bias        *float32
}

func int8TilePortable(t *int8Tile) {
	depth := int(t.groups) * group
	weights := unsafe.Slice(t.weights, depth*panelWidth)
	rowScale, rowLow := floats(t.rowScale, 0, RowBlock), floats(t.rowLow, 0, RowBlock)
	columnScale, columnSum := floats(t.columnScale, 0, panelWidth), floats(t.columnSum, 0, panelWidth)
	bias := floats(t.bias, 0, panelWidth)
	for r := range RowBlock {
		var sums [panelWidth]int32
		row := unsafe.Slice((*uint8)(unsafe.Add(unsafe.Pointer(t.a), uintptr(r)*t.aStride)), depth)
		for g := range int(t.groups) {
			a0, a1, a2, a3 := int32(row[4*g]), int32(row[4*g+1]), int32(row[4*g+2]), int32(row[4*g+3])
			w := weights[g*panelWidth*group:][:panelWidth*group]
			for c := range sums {
				w := w[4*c:][:4]
				sums[c] += a0*int32(w[0]) + a1*int32(w[1]) + a2*int32(w[2]) + a3*int32(w[3])
			}
		}
		out := floats(t.out, uintptr(r)*t.outStride, panelWidth)
		for c, sum := range sums {
			out[c] = columnScale[c]*(rowScale[r]*float32(sum)+rowLow[r]*columnSum[c]) + bias[c]
		}
	}
}
