// Package weights reads the tensors of a model of the BERT family from the files
// in which such models are passed on: safetensors, and ONNX, of which it reads the
// initializers alone and lets the graph be.
//
// Both are read through one File, by the names that the family's first
// implementation gave its tensors ("encoder.layer.0.output.dense.weight"), as
// 32-bit floats, a piece at a time: a file is never in memory as a whole. Whatever
// a file says of itself is checked before anything is allocated for it.
package weights

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
)

// names are the files that may hold the weights, the most exact first.
func names() []string {
	return []string{
		"model.safetensors",
		"onnx/model.onnx", "model.onnx",
		"onnx/model_quantized.onnx", "model_quantized.onnx",
		CompactFile,
	}
}

// File is an open file of tensors. It is not for several goroutines at once.
type File struct {
	name    string
	file    fs.File
	r       io.ReaderAt
	size    int64
	tensors map[string]*tensor
	sum     string
	compact bool
}

// tensor is where a tensor lies and what its numbers mean.
type tensor struct {
	shape  []int
	kind   kind
	offset int64  // in the file, unless
	inline []byte // the numbers stand here
	// transposed tensors are stored by columns: shape is that of the file.
	transposed bool
	// quantised tensors mean (number-zero)*scale, with one of each for the tensor or
	// for each place of the last axis.
	scale, zero []float32
}

// Open finds and opens the file of weights in a model's folder.
func Open(dir fs.FS) (*File, error) {
	for _, name := range names() {
		file, err := dir.Open(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		f, err := open(name, file)
		if err != nil {
			return nil, errors.Join(fmt.Errorf("%s: %w", name, err), file.Close())
		}
		return f, nil
	}
	return nil, fmt.Errorf("there are no weights: none of %s is there", strings.Join(names(), ", "))
}

func open(name string, file fs.File) (*File, error) {
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	f := &File{name: name, file: file, size: info.Size()}
	if r, ok := file.(io.ReaderAt); ok {
		f.r = r
	} else {
		all, err := io.ReadAll(file)
		if err != nil {
			return nil, err
		}
		f.r, f.size = bytes.NewReader(all), int64(len(all))
	}
	if f.sum, err = checksum(f.r, f.size); err != nil {
		return nil, err
	}
	if strings.HasSuffix(name, ".onnx") {
		f.tensors, err = parseONNX(f.r, f.size)
		return f, err
	}
	var metadata map[string]string
	if f.tensors, metadata, err = parseSafetensors(f.r, f.size); err != nil {
		return nil, err
	}
	if name == CompactFile {
		f.compact, f.sum = true, metadata[compactSum]
		if len(f.sum) != hex.EncodedLen(sha256.Size) {
			return nil, errors.New("it does not say of which weights it is")
		}
	}
	return f, nil
}

func checksum(r io.ReaderAt, size int64) (string, error) {
	h := sha256.New()
	if _, err := io.Copy(h, io.NewSectionReader(r, 0, size)); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// Close closes the file.
func (f *File) Close() error { return f.file.Close() }

// Sum is the SHA-256 of the file, in hexadecimal; of a compact one, that of the file that
// it was made of.
func (f *File) Sum() string { return f.sum }

// Has tells whether the file has a tensor of this name.
func (f *File) Has(name string) bool { return f.tensors[name] != nil }

// Read reads a tensor of this shape. All its numbers are finite.
func (f *File) Read(name string, shape ...int) ([]float32, error) {
	var all []float32
	err := f.Pieces(name, shape, func(piece []float32) {
		if all == nil {
			all = make([]float32, 0, product(shape))
		}
		all = append(all, piece...)
	})
	if err != nil {
		return nil, err
	}
	if t := f.tensors[name]; t.transposed {
		return transpose(all, t.shape[0], t.shape[1]), nil
	}
	return all, nil
}

// Pieces is Read for a tensor that is used as it is read: it yields runs of whole
// rows, in order, each valid until the next.
func (f *File) Pieces(name string, shape []int, yield func([]float32)) error {
	t, err := f.find(name, shape)
	if err == nil && t.integers() {
		err = fmt.Errorf("the tensor %s has integers of which nothing says what they mean", name)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", f.name, err)
	}
	if err := t.read(f.r, yield); err != nil {
		return fmt.Errorf("%s: tensor %s: %w", f.name, name, err)
	}
	return nil
}

// Integers reads a tensor of 8-bit integers as they are.
func (f *File) Integers(name string, shape ...int) ([]byte, error) {
	t, err := f.find(name, shape)
	if err == nil && !t.integers() {
		err = fmt.Errorf("the tensor %s has no 8-bit integers", name)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", f.name, err)
	}
	data := make([]byte, product(t.shape))
	if _, err := io.ReadFull(io.NewSectionReader(f.r, t.offset, int64(len(data))), data); err != nil {
		return nil, fmt.Errorf("%s: tensor %s: the file ends before its tensors do: %w", f.name, name, err)
	}
	return data, nil
}

// integers reports whether a tensor has 8-bit integers that stand for nothing else.
func (t *tensor) integers() bool {
	return (t.kind == int8s || t.kind == uint8s) && t.scale == nil
}

func (f *File) find(name string, shape []int) (*tensor, error) {
	t := f.tensors[name]
	if t == nil {
		return nil, fmt.Errorf("the tensor %s is missing", name)
	}
	if t.kind == other {
		return nil, fmt.Errorf("the tensor %s is of a type that weights do not have", name)
	}
	want := slices.Clone(shape)
	if t.transposed {
		slices.Reverse(want)
	}
	if !slices.Equal(t.shape, want) {
		return nil, fmt.Errorf("the tensor %s has the shape %v; the configuration asks for %v", name, t.shape, want)
	}
	return t, nil
}

// pieceSize is about how many numbers are read at once.
const pieceSize = 1 << 18

// read yields the tensor's numbers out of r, the whole file.
func (t *tensor) read(r io.ReaderAt, yield func([]float32)) error {
	n, row := product(t.shape), 1
	if len(t.shape) > 0 {
		row = t.shape[len(t.shape)-1]
	}
	piece := max(pieceSize/max(row, 1), 1) * row
	raw := make([]byte, min(piece, n)*t.kind.size())
	values := make([]float32, min(piece, n))
	if t.inline != nil {
		r = bytes.NewReader(t.inline)
	}
	for from := 0; from < n; from += piece {
		m := min(piece, n-from)
		raw := raw[:m*t.kind.size()]
		if _, err := io.ReadFull(io.NewSectionReader(r, t.offset+int64(from*t.kind.size()), int64(len(raw))), raw); err != nil {
			return fmt.Errorf("the file ends before its tensors do: %w", err)
		}
		t.kind.decode(values[:m], raw)
		t.dequantise(values[:m])
		if i := slices.IndexFunc(values[:m], notFinite); i >= 0 {
			return fmt.Errorf("number %d is %v", from+i, values[i])
		}
		yield(values[:m])
	}
	return nil
}

// notFinite: of an infinity less itself nothing is left that is a number.
func notFinite(x float32) bool { return x-x != 0 }

func (t *tensor) dequantise(values []float32) {
	if t.scale == nil {
		return
	}
	for i := range values {
		c := i % len(t.scale)
		values[i] = (values[i] - t.zero[c]) * t.scale[c]
	}
}

func transpose(m []float32, rows, columns int) []float32 {
	out := make([]float32, len(m))
	for r := range rows {
		for c := range columns {
			out[c*rows+r] = m[r*columns+c]
		}
	}
	return out
}

func product(shape []int) int {
	n := 1
	for _, s := range shape {
		n *= s
	}
	return n
}

// elements is the product of a shape that a file states, as long as that many
// numbers of size bytes fit into limit bytes.
func elements(shape []int, size int, limit int64) (int, error) {
	n := int64(1)
	for _, s := range shape {
		if s < 0 || s > 0 && n > limit/int64(s) {
			return 0, fmt.Errorf("the shape %v is larger than the file", shape)
		}
		n *= int64(s)
	}
	if n*int64(size) > limit {
		return 0, fmt.Errorf("the shape %v is larger than the file", shape)
	}
	return int(n), nil
}

// canonical removes what tells models with and without a head apart, and renames
// what the family's oldest files call otherwise.
func canonical(name string) string {
	for _, prefix := range []string{"bert.", "roberta."} {
		name = strings.TrimPrefix(name, prefix)
	}
	name = strings.Replace(name, "LayerNorm.gamma", "LayerNorm.weight", 1)
	return strings.Replace(name, "LayerNorm.beta", "LayerNorm.bias", 1)
}
