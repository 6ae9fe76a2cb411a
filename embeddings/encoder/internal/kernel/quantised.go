package kernel

// Quantised has rows in 8-bit integers, each with its own scale: a number of a row
// is low + scale·integer.
type Quantised struct {
	data   []uint8
	stride int
	low    []float32
	scale  []float32
}

// NewQuantised has room for rows of up to width numbers, as the factors of a product.
func NewQuantised(rows, width int) *Quantised {
	rows += RowBlock
	return &Quantised{
		data: make([]uint8, rows*(width+group)),
		low:  make([]float32, rows), scale: make([]float32, rows),
	}
}

// set takes rows of width numbers.
func (q *Quantised) set(ops *operations, src []float32, rows, width int) {
	q.stride = (width + group - 1) / group * group
	for r := range rows {
		row, dst := src[r*width:][:width], q.data[r*q.stride:][:q.stride]
		clear(dst[width:])
		q.low[r], q.scale[r] = quantise(ops, dst, row)
	}
}

func quantise(ops *operations, dst []uint8, row []float32) (low, scale float32) {
	if len(row)%vectorWidth != 0 {
		ops = &portable
	}
	low, high := ops.extremes(row)
	scale = (high - low) / 255
	if !(scale > 0) {
		scale = 1
	}
	ops.round(dst[:len(row)], row, low, 1/scale)
	return low, scale
}

// NewTable has room for so many rows, to be added and looked up.
func NewTable(rows, width int) *Quantised {
	return &Quantised{
		data: make([]uint8, 0, rows*width), stride: width,
		low: make([]float32, 0, rows), scale: make([]float32, 0, rows),
	}
}

// Append adds rows to a table.
func (q *Quantised) Append(rows []float32) {
	for ; len(rows) > 0; rows = rows[q.stride:] {
		end := len(q.data)
		q.data = q.data[:end+q.stride]
		low, scale := quantise(&best, q.data[end:], rows[:q.stride])
		q.low, q.scale = append(q.low, low), append(q.scale, scale)
	}
}

// Row sets dst to a row of a table.
func (q *Quantised) Row(dst []float32, row int) {
	low, scale := q.low[row], q.scale[row]
	for i, x := range q.data[row*q.stride:][:q.stride] {
		dst[i] = low + scale*float32(x)
	}
}
