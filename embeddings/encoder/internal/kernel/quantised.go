package kernel

// Quantised has rows in 8-bit integers: the numbers of a chunk of a row are
// low + scale·integer.
type Quantised struct {
	data       []uint8
	stride     int
	rows       int       // that there is room for
	low, scale []float32 // by chunks, then rows

	tile   int8Tile                       // under way
	narrow [RowBlock * panelWidth]float32 // what a tile gives of a panel that is not full
}

// NewQuantised has room for rows of up to width numbers, as the factors of a product.
func NewQuantised(rows, width int) *Quantised {
	rows += RowBlock
	return &Quantised{
		data: make([]uint8, rows*roundUp(width, group)), rows: rows,
		low: make([]float32, rows*chunks(width)), scale: make([]float32, rows*chunks(width)),
	}
}

// set takes rows of width numbers.
func (q *Quantised) set(ops *operations, src []float32, rows, width int) {
	q.stride = roundUp(width, group)
	for r := range rows {
		row, dst := src[r*width:][:width], q.data[r*q.stride:][:q.stride]
		clear(dst[width:])
		for c := range chunks(width) {
			from, to := c*chunk, min(c*chunk+chunk, width)
			q.low[c*q.rows+r], q.scale[c*q.rows+r] = quantise(ops, dst[from:to], row[from:to])
		}
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
	ops.round(dst, row, low, 1/scale)
	return low, scale
}

// Table has rows in 8-bit integers to be looked up, each with a scale.
type Table struct {
	data       []uint8
	width      int
	low, scale []float32
}

// NewTable has room for so many rows.
func NewTable(rows, width int) *Table {
	return &Table{
		data: make([]uint8, 0, rows*width), width: width,
		low: make([]float32, 0, rows), scale: make([]float32, 0, rows),
	}
}

// Append adds rows.
func (t *Table) Append(rows []float32) {
	for ; len(rows) > 0; rows = rows[t.width:] {
		end := len(t.data)
		t.data = t.data[:end+t.width]
		low, scale := quantise(&best, t.data[end:], rows[:t.width])
		t.low, t.scale = append(t.low, low), append(t.scale, scale)
	}
}

// Row sets dst to a row.
func (t *Table) Row(dst []float32, row int) {
	low, scale := t.low[row], t.scale[row]
	for i, x := range t.data[row*t.width:][:t.width] {
		dst[i] = low + scale*float32(x)
	}
}
