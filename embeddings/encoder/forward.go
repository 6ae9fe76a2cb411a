package encoder

import (
	"context"
	"math"

	"github.com/pullquote/pullquote/embeddings/encoder/internal/kernel"
)

// pass is the memory of a forward pass over windows that lie one after the other,
// a row a token. It is made once and used again.
type pass struct {
	hidden  []float32 // what goes from layer to layer
	attend  []float32 // queries, keys and values
	context []float32 // what attention gathers
	wide    []float32
	change  []float32 // what is added to hidden
	scratch *kernel.Quantised
	// Of one head of one window:
	keys   []float32 // transposed
	values []float32
	shares []float32 // of a token in the others, for attendRows tokens
}

// attendRows is how many tokens look at the others at once: few enough that what
// they see stays near the processor. It is a multiple of kernel.RowBlock.
const attendRows = 48

// lanes is what the width of attention is rounded up to: the widest vector of floats.
const lanes = 16

func (m *Model) newPass() *pass {
	c := &m.config
	rows := m.passRows() + kernel.RowBlock
	longest := roundUp(m.window, lanes)
	return &pass{
		hidden:  make([]float32, rows*c.Hidden),
		attend:  make([]float32, rows*3*c.Hidden),
		context: make([]float32, rows*c.Hidden),
		wide:    make([]float32, rows*c.Intermediate),
		change:  make([]float32, rows*c.Hidden),
		scratch: kernel.NewQuantised(rows, max(c.Hidden, c.Intermediate)),
		keys:    make([]float32, longest*c.Hidden/c.Heads),
		values:  make([]float32, longest*c.Hidden/c.Heads),
		shares:  make([]float32, attendRows*longest),
	}
}

func roundUp(n, to int) int { return (n + to - 1) / to * to }

// forward leaves the vectors of all tokens of the windows in p.hidden. Its only
// error is the context's, which it asks before each layer.
func (m *Model) forward(ctx context.Context, p *pass, windows []*window) error {
	p.scratch.Twice = windows[0].short()
	rows := m.embed(p, windows)
	for i := range m.layers {
		if err := ctx.Err(); err != nil {
			return err
		}
		m.layer(p, &m.layers[i], windows, rows)
	}
	return nil
}

// embed sets p.hidden to what the tokens are by themselves, and returns how many
// there are.
func (m *Model) embed(p *pass, windows []*window) (rows int) {
	width := m.config.Hidden
	for _, w := range windows {
		w.row = rows
		for i, t := range w.tokens {
			row := rowOf(p.hidden, rows, width)
			m.words.row(row, t.ID)
			for j, x := range rowOf(m.positions, m.config.firstPosition()+i, width) {
				row[j] += x
			}
			m.norm.apply(row, rowOf(m.types, min(int(t.Type), m.config.Types-1), width))
			rows++
		}
	}
	return rows
}

func (m *Model) layer(p *pass, l *layer, windows []*window, rows int) {
	l.attend.Apply(p.attend, p.hidden, rows, p.scratch)
	for _, w := range windows {
		m.attention(p, w.row, len(w.tokens))
	}
	l.output.Apply(p.change, p.context, rows, p.scratch)
	m.addNorm(p, &l.outputNorm, rows)
	l.widen.Apply(p.wide, p.hidden, rows, p.scratch)
	for r := range rows {
		kernel.GELU(rowOf(p.wide, r, m.config.Intermediate))
	}
	l.narrow.Apply(p.change, p.wide, rows, p.scratch)
	m.addNorm(p, &l.narrowNorm, rows)
}

func (m *Model) addNorm(p *pass, n *norm, rows int) {
	for r := range rows {
		n.apply(rowOf(p.hidden, r, m.config.Hidden), rowOf(p.change, r, m.config.Hidden))
	}
}

// attention fills the rows of p.context of a window. Windows come in their order:
// a short one leaves nonsense in some rows after its own, which the next overwrites.
func (m *Model) attention(p *pass, from, length int) {
	hidden := m.config.Hidden
	dim := hidden / m.config.Heads
	padded := roundUp(length, lanes)
	for h := range m.config.Heads {
		attend := p.attend[from*3*hidden+h*dim:]
		p.gather(attend[hidden:], 3*hidden, length, padded, dim)
		for row := 0; row < length; row += attendRows {
			n := min(attendRows, length-row)
			kernel.MultiplyFloat(p.shares, padded, attend[row*3*hidden:], 3*hidden, p.keys, padded, n, padded, dim, nil)
			for r := range n {
				softmax(rowOf(p.shares, r, padded), length)
			}
			kernel.MultiplyFloat(p.context[(from+row)*hidden+h*dim:], hidden, p.shares, padded, p.values, dim, n, dim, length, nil)
		}
	}
}

// softmax is of the first numbers of a row; the others become next to nothing.
func softmax(row []float32, length int) {
	for i := length; i < len(row); i++ {
		row[i] = float32(math.Inf(-1))
	}
	kernel.Softmax(row)
}

// gather copies the keys of a head, transposed, and its values, which lie a row
// further on.
func (p *pass) gather(keys []float32, stride, length, padded, dim int) {
	hidden := stride / 3
	for t := range length {
		row := keys[t*stride:]
		copy(p.values[t*dim:][:dim], row[hidden:])
		for d, x := range row[:dim] {
			p.keys[d*padded+t] = x
		}
	}
}
