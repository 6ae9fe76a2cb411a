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
	// A chunk is how many numbers of a row, and of a column, share a scale. The more
	// there are, the more do those suffer that share it with one that is far larger,
	// such as encoders have in what goes from layer to layer: with a scale a row, the
	// cosine of a sentence's vector with the exact one falls from .9995 to .9985. The
	// fine chunk is for the matrices that read that, and takes some time for it; the
	// coarse one for the others, for which it hardly matters.
	FineChunk   = 64
	CoarseChunk = 128
)

// Int8 is a matrix of weights in 8-bit integers, with a bias, by which rows are
// multiplied. Of each chunk of an output the weight of largest magnitude is ±127,
// and zero is zero.
type Int8 struct {
	in, out int
	chunk   int
	groups  int // of the depth
	// packed has the weights by panels of outputs; in a panel, by groups of the
	// depth; in a group, by output.
	packed []int8
	// scale, and the sum of the integers, are by panels, chunks, and outputs.
	scale, sum []float32
	bias       []float32
}

// NewInt8 quantises weights, out rows of in numbers, in chunks of one of the two lengths;
// bias has out.
func NewInt8(weights, bias []float32, in, out, chunk int) *Int8 {
	integers, scale := make([]int8, out*in), make([]float32, out*chunks(in, chunk))
	for o := range out {
		for c := range chunks(in, chunk) {
			from, to := o*in+c*chunk, o*in+min(c*chunk+chunk, in)
			scale[o*chunks(in, chunk)+c] = quantiseWeights(integers[from:to], weights[from:to])
		}
	}
	return RestoreInt8(integers, scale, bias, in, out, chunk)
}

// quantiseWeights quantises a chunk of the weights of an output.
func quantiseWeights(integers []int8, weights []float32) (scale float32) {
	low, high := extremesPortable(weights)
	scale = max(-low, high) / 127
	inverse := 1 / scale
	if scale == 0 || math.IsInf(float64(inverse), 0) {
		return 0
	}
	for i, w := range weights {
		integers[i] = int8(math.RoundToEven(float64(w * inverse)))
	}
	return scale
}

// RestoreInt8 is the matrix of which Quantised gives the integers and scales.
func RestoreInt8(integers []int8, scale, bias []float32, in, out, chunk int) *Int8 {
	padded := roundUp(out, panelWidth)
	m := &Int8{
		in: in, out: out, chunk: chunk, groups: roundUp(in, group) / group,
		packed: make([]int8, padded*roundUp(in, group)),
		scale:  make([]float32, padded*chunks(in, chunk)),
		sum:    make([]float32, padded*chunks(in, chunk)),
		bias:   make([]float32, padded),
	}
	copy(m.bias, bias)
	for o := range out {
		for i, q := range integers[o*in:][:in] {
			m.packed[m.place(o, i)] = q
			m.sum[m.chunkPlace(o, i/chunk)] += float32(q) // exact: the sums are small
		}
		for c := range chunks(in, chunk) {
			m.scale[m.chunkPlace(o, c)] = scale[o*chunks(in, chunk)+c]
		}
	}
	return m
}

// Quantised gives the weights, out rows of integers, with a scale for each chunk of a
// row, and the bias.
func (m *Int8) Quantised() (integers []int8, scale, bias []float32) {
	for o := range m.out {
		for i := range m.in {
			integers = append(integers, m.packed[m.place(o, i)])
		}
		for c := range chunks(m.in, m.chunk) {
			scale = append(scale, m.scale[m.chunkPlace(o, c)])
		}
	}
	return integers, scale, m.bias[:m.out]
}

// place is where the weight of an output for a number of the depth is packed.
func (m *Int8) place(o, i int) int {
	return (o/panelWidth*m.groups+i/group)*panelWidth*group + o%panelWidth*group + i%group
}

// chunkPlace is where the scale and the sum of a chunk of an output are.
func (m *Int8) chunkPlace(o, c int) int {
	return (o/panelWidth*chunks(m.in, m.chunk)+c)*panelWidth + o%panelWidth
}

func roundUp(n, to int) int { return (n + to - 1) / to * to }

func chunks(n, chunk int) int { return roundUp(n, chunk) / chunk }

// Apply multiplies the rows and adds the bias. The scratch, which has room for the
// rows, is overwritten.
func (m *Int8) Apply(dst, src []float32, rows int, scratch *Quantised) {
	m.apply(&best, dst, src, rows, scratch)
}

func (m *Int8) apply(ops *operations, dst, src []float32, rows int, scratch *Quantised) {
	scratch.set(ops, src, rows, m.in, m.chunk)
	parts := scratch.parts()
	for column := 0; column < m.out; column += panelWidth {
		width := min(panelWidth, m.out-column)
		for row := range rowBlocks(rows) {
			out := dst[row*m.out+column:]
			if width == panelWidth {
				m.block(ops, out, m.out, row, column, scratch, parts)
				continue
			}
			m.block(ops, scratch.narrow[:], panelWidth, row, column, scratch, parts)
			for r := range RowBlock {
				copy(out[r*m.out:][:width], scratch.narrow[r*panelWidth:])
			}
		}
	}
}

// block computes RowBlock rows of a panel, a tile for each chunk. What a chunk gives
// is added to what the chunks before it gave, and the first to the bias.
func (m *Int8) block(ops *operations, out []float32, stride, row, column int, q *Quantised, parts []*Quantised) {
	t := &q.tile
	*t = int8Tile{
		out: &out[0], outStride: uintptr(4 * stride), aStride: uintptr(q.stride),
		bias: &m.bias[column],
	}
	panel, n := column/panelWidth, chunks(m.in, m.chunk)
	for _, part := range parts {
		for c := range n {
			begin := c * m.chunk / group
			t.groups = uintptr(min(m.chunk/group, m.groups-begin))
			t.weights = &m.packed[(panel*m.groups+begin)*panelWidth*group]
			t.a = &part.data[row*part.stride+c*m.chunk]
			t.rowScale, t.rowLow = &part.scale[c*part.rows+row], &part.low[c*part.rows+row]
			at := (panel*n + c) * panelWidth
			t.columnScale, t.columnSum = &m.scale[at], &m.sum[at]
			ops.int8Tile(t)
			t.bias, t.biasStride = t.out, t.outStride
		}
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
	biasStride  uintptr // 0 for the same in all rows
}

func int8TilePortable(t *int8Tile) {
	depth := int(t.groups) * group
	weights := unsafe.Slice(t.weights, depth*panelWidth)
	rowScale, rowLow := floats(t.rowScale, 0, RowBlock), floats(t.rowLow, 0, RowBlock)
	columnScale, columnSum := floats(t.columnScale, 0, panelWidth), floats(t.columnSum, 0, panelWidth)
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
		bias := floats(t.bias, uintptr(r)*t.biasStride, panelWidth)
		for c, sum := range sums {
			out[c] = columnScale[c]*(rowScale[r]*float32(sum)+rowLow[r]*columnSum[c]) + bias[c]
		}
	}
}
