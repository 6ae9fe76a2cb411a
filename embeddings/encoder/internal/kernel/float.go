package kernel

// floatPanel is how many columns of a matrix of floats lie together: two registers
// of AVX-512.
const floatPanel = 32

// Float is a matrix of weights in floats, with a bias, by which rows are multiplied.
type Float struct {
	in, out int
	panels  []float32 // each of the weights of floatPanel outputs, by input
	bias    []float32
}

// NewFloat makes the matrix of weights, out rows of in numbers; bias has out.
func NewFloat(weights, bias []float32, in, out int) *Float {
	m := &Float{in: in, out: out, panels: make([]float32, in*roundUp(out, floatPanel)), bias: bias}
	for o := range out {
		panel := m.panels[o/floatPanel*floatPanel*in:]
		for i := range in {
			panel[i*floatPanel+o%floatPanel] = weights[o*in+i]
		}
	}
	return m
}

// Apply multiplies the rows and adds the bias. It needs nothing of the scratch.
func (m *Float) Apply(dst, src []float32, rows int, _ *Quantised) {
	for column := 0; column < m.out; column += floatPanel {
		width := min(floatPanel, m.out-column)
		MultiplyFloat(dst[column:], m.out, src, m.in, m.panels[column*m.in:], floatPanel, rows, width, m.in, m.bias[column:])
	}
}

// floatTile is a product of RowBlock rows with a few columns: out = a·b + bias.
// Strides are in bytes. The order of fields is known to the assembly.
type floatTile struct {
	out       *float32
	outStride uintptr
	a         *float32
	aStride   uintptr
	b         *float32
	bStride   uintptr
	depth     uintptr
	bias      *float32 // nil for none
	columns   uintptr
}

// MultiplyFloat sets out, rows of columns numbers, to a·b + bias, where a has
// rows of depth numbers and b depth rows of columns numbers. The strides are how
// many numbers lie from row to row. A nil bias is none.
func MultiplyFloat(out []float32, outStride int, a []float32, aStride int, b []float32, bStride int, rows, columns, depth int, bias []float32) {
	multiplyFloat(&best, out, outStride, a, aStride, b, bStride, rows, columns, depth, bias)
}

func multiplyFloat(ops *operations, out []float32, outStride int, a []float32, aStride int, b []float32, bStride int, rows, columns, depth int, bias []float32) {
	t := &floatTile{
		outStride: uintptr(4 * outStride), aStride: uintptr(4 * aStride), bStride: uintptr(4 * bStride),
		depth: uintptr(depth),
	}
	for column := 0; column < columns; column += ops.floatWidth {
		width := min(ops.floatWidth, columns-column)
		run := ops.floatTile
		if width%16 != 0 {
			run = floatTilePortable
		}
		t.b, t.columns = &b[column], uintptr(width)
		if bias != nil {
			t.bias = &bias[column]
		}
		for row := range rowBlocks(rows) {
			t.out, t.a = &out[row*outStride+column], &a[row*aStride]
			run(t)
		}
	}
}
