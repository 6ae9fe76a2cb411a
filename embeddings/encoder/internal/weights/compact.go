package weights

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
	"math"
)

// CompactFile is a safetensors file of our own, with a network as it is kept in 8-bit
// integers, a quarter of the size of its weights. It says of which weights it was made:
// the vectors are the same.
const CompactFile = "model.int8.safetensors"

// compactSum is the metadata with the SHA-256 of those weights.
const compactSum = "pullquote_weights_sha256"

// Compact reports whether the file is a compact one.
func (f *File) Compact() bool { return f.compact }

// Writer makes a compact file.
type Writer struct {
	header map[string]any
	data   []byte
}

// NewWriter begins the file of weights with this SHA-256.
func NewWriter(sum string) *Writer {
	return &Writer{header: map[string]any{metadataEntry: map[string]string{compactSum: sum}}}
}

// Integers adds a tensor of 8-bit integers.
func (w *Writer) Integers(name string, values []byte, shape ...int) {
	w.add(name, "U8", shape, values)
}

// Floats adds a tensor of floats.
func (w *Writer) Floats(name string, values []float32, shape ...int) {
	raw := make([]byte, 0, 4*len(values))
	for _, x := range values {
		raw = binary.LittleEndian.AppendUint32(raw, math.Float32bits(x))
	}
	w.add(name, "F32", shape, raw)
}

func (w *Writer) add(name, kind string, shape []int, raw []byte) {
	begin := len(w.data)
	w.data = append(w.data, raw...)
	w.header[name] = map[string]any{"dtype": kind, "shape": shape, "data_offsets": []int{begin, len(w.data)}}
}

// Write writes the file.
func (w *Writer) Write(out io.Writer) error {
	header, err := json.Marshal(w.header)
	if err != nil {
		return err
	}
	_, err = out.Write(append(binary.LittleEndian.AppendUint64(nil, uint64(len(header))), header...))
	_, dataErr := out.Write(w.data)
	return errors.Join(err, dataErr)
}
