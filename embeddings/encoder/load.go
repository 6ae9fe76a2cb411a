package encoder

import (
	"errors"
	"math"
	"slices"

	"github.com/pullquote/pullquote/embeddings/encoder/internal/kernel"
	"github.com/pullquote/pullquote/embeddings/encoder/internal/weights"
)

// network is the model's weights.
type network struct {
	words     table
	positions []float32 // a row each
	types     []float32
	norm      norm
	layers    []layer
	head      *head // of a cross-encoder
}

// layer is an encoder layer of Vaswani et al. (2017).
type layer struct {
	// attend gives queries, keys and values, one after the other. Queries are
	// divided by the root of a head's width already.
	attend     matrix
	output     matrix
	outputNorm norm
	widen      matrix
	narrow     matrix
	narrowNorm norm
}

// head gives the score of a cross-encoder from the vector of the first token.
type head struct {
	dense matrix
	score matrix
}

// matrix multiplies rows and adds a bias; see package kernel for the room it needs.
type matrix interface {
	Apply(dst, src []float32, rows int, scratch *kernel.Quantised)
}

// norm is the gain and the bias of a layer normalisation.
type norm struct {
	gain, bias []float32
	epsilon    float32
}

func (n *norm) apply(row, add []float32) {
	kernel.AddNorm(row, add, n.gain, n.bias, n.epsilon)
}

// loader reads weights by name. Its first error stays; what it returns after that
// is not used.
type loader struct {
	file      *weights.File
	config    config
	precision Precision
	err       error
}

func load(file *weights.File, c config, precision Precision) (*network, error) {
	l := &loader{file: file, config: c, precision: precision}
	if file.Compact() && precision != Int8 {
		return nil, errors.New("the weights are 8-bit integers, of which no floats can be made")
	}
	n := &network{
		words:     l.table("embeddings.word_embeddings.weight", c.Vocabulary),
		positions: l.read("embeddings.position_embeddings.weight", c.Positions, c.Hidden),
		types:     l.read("embeddings.token_type_embeddings.weight", c.Types, c.Hidden),
		norm:      l.norm("embeddings.LayerNorm"),
	}
	for i := 0; i < c.Layers && l.err == nil; i++ {
		n.layers = append(n.layers, l.layer(layerName(i)))
	}
	if c.classifies() {
		n.head = l.head()
	}
	return n, l.err
}

func (l *loader) layer(name string) layer {
	hidden, wide := l.config.Hidden, l.config.Intermediate
	return layer{
		attend:     l.attend(name + "attention.self."),
		output:     l.matrix(name+"attention.output.dense", hidden, hidden, kernel.CoarseChunk),
		outputNorm: l.norm(name + "attention.output.LayerNorm"),
		widen:      l.matrix(name+"intermediate.dense", hidden, wide, kernel.FineChunk),
		narrow:     l.matrix(name+"output.dense", wide, hidden, kernel.CoarseChunk),
		narrowNorm: l.norm(name + "output.LayerNorm"),
	}
}

// attend joins the matrices of queries, keys and values to one.
func (l *loader) attend(name string) matrix {
	hidden := l.config.Hidden
	if l.file.Compact() {
		return l.restored(name+attendName, hidden, 3*hidden, kernel.FineChunk)
	}
	scale := float32(1 / math.Sqrt(float64(hidden/l.config.Heads)))
	w := scaled(l.read(name+"query.weight", hidden, hidden), scale)
	bias := scaled(l.read(name+"query.bias", hidden), scale)
	for _, part := range []string{"key", "value"} {
		w = append(w, l.read(name+part+".weight", hidden, hidden)...)
		bias = append(bias, l.read(name+part+".bias", hidden)...)
	}
	return l.built(w, bias, hidden, 3*hidden, kernel.FineChunk)
}

func scaled(values []float32, factor float32) []float32 {
	for i := range values {
		values[i] *= factor
	}
	return values
}

// head is BERT's, which goes through the pooler, or RoBERTa's, which brings its own
// layer.
func (l *loader) head() *head {
	dense, score := "pooler.dense", "classifier"
	if l.file.Has(denseName + ".weight") {
		dense, score = denseName, scoreName
	}
	return &head{
		dense: l.matrix(dense, l.config.Hidden, l.config.Hidden, kernel.FineChunk),
		score: l.matrix(score, l.config.Hidden, 1, kernel.CoarseChunk),
	}
}

func (l *loader) matrix(name string, in, out, chunk int) matrix {
	if l.file.Compact() {
		return l.restored(name, in, out, chunk)
	}
	return l.built(l.read(name+".weight", out, in), l.read(name+".bias", out), in, out, chunk)
}

// built keeps weights in the loader's precision, as 8-bit integers in such chunks.
func (l *loader) built(w, bias []float32, in, out, chunk int) matrix {
	switch {
	case l.err != nil:
		return nil
	case l.precision == Int8:
		return kernel.NewInt8(w, bias, in, out, chunk)
	default:
		return kernel.NewFloat(w, bias, in, out)
	}
}

func (l *loader) norm(name string) norm {
	return norm{
		gain:    l.read(name+".weight", l.config.Hidden),
		bias:    l.read(name+".bias", l.config.Hidden),
		epsilon: float32(l.config.Epsilon),
	}
}

func (l *loader) read(name string, shape ...int) []float32 {
	if l.err != nil {
		return nil
	}
	var values []float32
	values, l.err = l.file.Read(name, shape...)
	return values
}

// table has the vectors of tokens, the largest part of a small model.
type table struct {
	width  int
	floats []float32
	small  *kernel.Table // instead, with Int8
}

func (l *loader) table(name string, rows int) table {
	t := table{width: l.config.Hidden}
	if l.err != nil {
		return t
	}
	shape := []int{rows, t.width}
	switch {
	case l.file.Compact():
		t.small = l.restoredTable(name, rows, t.width)
		return t
	case l.precision == Float32:
		t.floats = l.read(name, shape...)
		return t
	}
	l.err = l.file.Pieces(name, shape, func(piece []float32) {
		if t.small == nil {
			t.small = kernel.NewTable(rows, t.width)
		}
		t.small.Append(piece)
	})
	return t
}

// row copies the vector of a token.
func (t *table) row(dst []float32, id int32) {
	if t.small != nil {
		t.small.Row(dst, int(id))
		return
	}
	copy(dst, t.floats[int(id)*t.width:])
}

// rowOf is one of rows as wide as dst.
func rowOf(rows []float32, i, width int) []float32 {
	return slices.Clip(rows[i*width : (i+1)*width])
}
