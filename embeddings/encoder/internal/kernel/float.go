package kernel

// Float is a matrix of weights in floats, with a bias, by which rows are multiplied.
type Float struct {
	in, out int
	columns []float32 // in rows of out numbers: the weights transposed
	bias    []float32
}

// NewFloat makes the matrix of weights, out rows of in numbers; bias has out.
func NewFloat(weights, bias []float32, in, out int) *Float {
	m := &Float{in: in, out: out, columns: make([]float32, in*out), bias: bias}
	for o := range out {
		for i := range in {
			m.columns[i*out+o] = weights[o*in+i]
		}
	}
	return m
}

// Apply multiplies the rows and adds the bias. It needs nothing of the scratch.
func (m *Float) Apply(dst, src []float32, rows int, _ *Quantised) {
	MultiplyFloat(dst, m.out, src, m.in, m.columns, m.out, rows, m.out, m.in, m.bias)
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
	for column := 0; column < columns; column += ops.floatWidth {
		width := min(ops.floatWidth, columns-column)
		run := ops.floatTile
		if width%16 != 0 {
			run = floatTilePortable
		}
		t := floatTile{
			outStride: uintptr(4 * outStride), aStride: uintptr(4 * aStride), bStride: uintptr(4 * bStride),
			b: &b[column], depth: uintptr(depth), columns: uintptr(width),
		}
		if bias != nil {
			t.bias = &bias[column]
		}
		rowBlocks(rows, func(row int) {
			t.out, t.a = &out[row*outStride+column], &a[row*aStride]
			run(&t)
		})
	}
}
