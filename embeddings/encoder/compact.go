package encoder

import (
	"errors"
	"fmt"
	"io"
	"unsafe"

	"github.com/pullquote/pullquote/embeddings/encoder/internal/kernel"
	"github.com/pullquote/pullquote/embeddings/encoder/internal/weights"
)

// CompactFile is the name in a model's folder of what WriteCompact writes. It stands in
// place of the weights.
const CompactFile = weights.CompactFile

// Names of a compact file that others have not, or have not always.
const (
	attendName = "attend" // of queries, keys and values
	denseName  = "classifier.dense"
	scoreName  = "classifier.out_proj"

	// What belongs to a tensor of integers.
	scaleSuffix = ".scale"
	lowSuffix   = ".low"
)

// WriteCompact writes the network of a model in Int8, a quarter of its weights. Of that
// and the other files of the folder the same model can be opened, by name and by vectors.
func (m *Model) WriteCompact(out io.Writer) error {
	if m.words.small == nil {
		return errors.New("only a model in 8-bit integers is written compact")
	}
	w, c := compactWriter{weights.NewWriter(m.sum)}, m.config
	integers, low, scale := m.words.small.Quantised()
	w.Integers("embeddings.word_embeddings.weight", integers, c.Vocabulary, c.Hidden)
	w.Floats("embeddings.word_embeddings.weight"+lowSuffix, low, c.Vocabulary)
	w.Floats("embeddings.word_embeddings.weight"+scaleSuffix, scale, c.Vocabulary)
	w.Floats("embeddings.position_embeddings.weight", m.positions, c.Positions, c.Hidden)
	w.Floats("embeddings.token_type_embeddings.weight", m.types, c.Types, c.Hidden)
	w.norm("embeddings.LayerNorm", m.norm)
	for i, l := range m.layers {
		name := layerName(i)
		w.matrix(name+"attention.self."+attendName, l.attend)
		w.matrix(name+"attention.output.dense", l.output)
		w.norm(name+"attention.output.LayerNorm", l.outputNorm)
		w.matrix(name+"intermediate.dense", l.widen)
		w.matrix(name+"output.dense", l.narrow)
		w.norm(name+"output.LayerNorm", l.narrowNorm)
	}
	if m.head != nil {
		w.matrix(denseName, m.head.dense)
		w.matrix(scoreName, m.head.score)
	}
	return w.Write(out)
}

func layerName(i int) string { return fmt.Sprintf("encoder.layer.%d.", i) }

type compactWriter struct{ *weights.Writer }

func (w compactWriter) matrix(name string, m matrix) {
	integers, scale, bias := m.(*kernel.Int8).Quantised()
	out := len(bias)
	w.Integers(name+".weight", unsigned(integers), out, len(integers)/out)
	w.Floats(name+".weight"+scaleSuffix, scale, out, len(scale)/out)
	w.Floats(name+".bias", bias, out)
}

func (w compactWriter) norm(name string, n norm) {
	w.Floats(name+".weight", n.gain, len(n.gain))
	w.Floats(name+".bias", n.bias, len(n.bias))
}

// restored reads a matrix of a compact file.
func (l *loader) restored(name string, in, out, chunk int) matrix {
	integers := l.integers(name+".weight", out, in)
	scale := l.read(name+".weight"+scaleSuffix, out, (in+chunk-1)/chunk)
	bias := l.read(name+".bias", out)
	if l.err != nil {
		return nil
	}
	return kernel.RestoreInt8(signed(integers), scale, bias, in, out, chunk)
}

func (l *loader) restoredTable(name string, rows, width int) *kernel.Table {
	integers := l.integers(name, rows, width)
	return kernel.RestoreTable(integers, l.read(name+lowSuffix, rows), l.read(name+scaleSuffix, rows), width)
}

func (l *loader) integers(name string, shape ...int) []byte {
	if l.err != nil {
		return nil
	}
	var values []byte
	values, l.err = l.file.Integers(name, shape...)
	return values
}

// signed and unsigned are the same bytes, as integers and as a file has them.
func signed(b []byte) []int8 {
	return unsafe.Slice((*int8)(unsafe.Pointer(unsafe.SliceData(b))), len(b))
}
func unsigned(b []int8) []byte {
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(b))), len(b))
}
