package kernel

// Quantised has rows in 8-bit integers: the numbers of a chunk of a row are
// low + scale·integer.
type Quantised struct {
	// Twice has rows be taken in two parts, the second of which is what the first leaves
	// out: that takes twice the time, and is as good as floats.
	Twice bool

	data       []uint8
	stride     int
	rows       int       // that there is room for
	low, scale []float32 // by chunks, then rows

	rest   *Quantised                     // the second part; nil until there is one
	left   []float32                      // a row of it
	tile   int8Tile                       // under way
	narrow [RowBlock * panelWidth]float32 // what a tile gives of a panel that is not full
}

// NewQuantised has room for rows of up to width numbers, as the factors of a product.
func NewQuantised(rows, width int) *Quantised {
	rows += RowBlock
	return &Quantised{
		data: make([]uint8, rows*roundUp(width, group)), rows: rows,
		low: make([]float32, rows*chunks(width, FineChunk)), scale: make([]float32, rows*chunks(width, FineChunk)),
	}
}

// set takes rows of width numbers, in chunks.
func (q *Quantised) set(ops *operations, src []float32, rows, width, chunk int) {
	q.stride = roundUp(width, group)
	for r := range rows {
		q.setRow(ops, r, src[r*width:][:width], chunk)
	}
	if !q.Twice {
		return
	}
	if q.rest == nil {
		q.rest = &Quantised{data: make([]uint8, len(q.data)), rows: q.rows, low: make([]float32, len(q.low)), scale: make([]float32, len(q.scale))}
		q.left = make([]float32, len(q.data)/q.rows)
	}
	q.rest.stride = q.stride
	for r := range rows {
		q.rest.setRow(ops, r, q.leftOf(r, src[r*width:][:width], chunk), chunk)
	}
}

func (q *Quantised) setRow(ops *operations, r int, row []float32, chunk int) {
	width := len(row)
	dst := q.data[r*q.stride:][:q.stride]
	clear(dst[width:])
	for c := range chunks(width, chunk) {
		from, to := c*chunk, min(c*chunk+chunk, width)
		q.low[c*q.rows+r], q.scale[c*q.rows+r] = quantise(ops, dst[from:to], row[from:to])
	}
}

// leftOf is what the integers of a row leave out of it.
func (q *Quantised) leftOf(r int, row []float32, chunk int) []float32 {
	left, data := q.left[:len(row)], q.data[r*q.stride:][:len(row)]
	for c := range chunks(len(row), chunk) {
		low, scale := q.low[c*q.rows+r], q.scale[c*q.rows+r]
		for i := c * chunk; i < min(c*chunk+chunk, len(row)); i++ {
			left[i] = row[i] - (low + scale*float32(data[i]))
		}
	}
	return left
}

// parts are the parts whose sum the rows are.
func (q *Quantised) parts() []*Quantised {
	if q.Twice {
		return []*Quantised{q, q.rest}
	}
	return []*Quantised{q}
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

// Quantised gives the integers, and the smallest number and the step of each row.
func (t *Table) Quantised() (integers []uint8, low, scale []float32) {
	return t.data, t.low, t.scale
}

// RestoreTable is the table of which Quantised gives these.
func RestoreTable(integers []uint8, low, scale []float32, width int) *Table {
	return &Table{data: integers, width: width, low: low, scale: scale}
}

// Row sets dst to a row.
func (t *Table) Row(dst []float32, row int) {
	low, scale := t.low[row], t.scale[row]
	for i, x := range t.data[row*t.width:][:t.width] {
		dst[i] = low + scale*float32(x)
	}
}
