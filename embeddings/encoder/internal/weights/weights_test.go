package weights

import (
	"bytes"
	"encoding/binary"
	"io"
	"math"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// folder has one file.
func folder(name string, data []byte) fstest.MapFS {
	return fstest.MapFS{name: {Data: data}}
}

func safetensorsFile(header string, data ...byte) []byte {
	return slices.Concat(binary.LittleEndian.AppendUint64(nil, uint64(len(header))), []byte(header), data)
}

// Messages in protobuf's wire format.

func varint(number int, value uint64) []byte {
	return binary.AppendUvarint(binary.AppendUvarint(nil, uint64(number)<<3), value)
}

func delimited(number int, body ...byte) []byte {
	return append(binary.AppendUvarint(binary.AppendUvarint(nil, uint64(number)<<3|2), uint64(len(body))), body...)
}

func text(number int, s string) []byte { return delimited(number, []byte(s)...) }

func onnx(parts ...[]byte) []byte { return delimited(modelGraph, slices.Concat(parts...)...) }

func initializer(name string, kind uint64, data []byte, dims ...uint64) []byte {
	var body []byte
	for _, d := range dims {
		body = append(body, varint(tensorDims, d)...)
	}
	return delimited(graphInitializer, slices.Concat(body, varint(tensorType, kind), text(tensorName, name), data)...)
}

func multiplication(op, name, input string) []byte {
	return delimited(graphNode, slices.Concat(text(nodeInput, "x"), text(nodeInput, input), text(nodeName, name), text(nodeOpType, op))...)
}

func floatBytes(values ...float32) (b []byte) {
	for _, v := range values {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
	}
	return b
}

func raw(b ...byte) []byte { return delimited(tensorRawData, b...) }

func TestRead(t *testing.T) {
	const query = "encoder.layer.0.attention.self.query.weight"
	for _, test := range []struct {
		name, file string
		data       []byte
		tensor     string
		shape      []int
		want       []float32
	}{
		{"floats", "model.safetensors", safetensorsFile(`{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}`, floatBytes(1.5, -2)...),
			"x", []int{2}, []float32{1.5, -2}},
		{"16-bit floats", "model.safetensors", safetensorsFile(`{"__metadata__":{"format":"pt"},"bert.x":{"dtype":"F16","shape":[2],"data_offsets":[0,4]}}`, 0, 0x3e, 0, 0xc0),
			"x", []int{2}, []float32{1.5, -2}},
		{"bfloat16", "model.safetensors", safetensorsFile(`{"roberta.x":{"dtype":"BF16","shape":[2,1],"data_offsets":[0,4]}}`, 0xc0, 0x3f, 0, 0xc0),
			"x", []int{2, 1}, []float32{1.5, -2}},
		{"beside tensors of other types", "model.safetensors",
			safetensorsFile(`{"ids":{"dtype":"I64","shape":[1],"data_offsets":[0,8]},"x":{"dtype":"F32","shape":[],"data_offsets":[8,12]}}`, append(make([]byte, 8), floatBytes(7)...)...),
			"x", nil, []float32{7}},
		{"ONNX, raw", "onnx/model.onnx", onnx(initializer("x", 1, raw(floatBytes(1.5, -2)...), 2)),
			"x", []int{2}, []float32{1.5, -2}},
		{"ONNX, in a field of floats", "model.onnx", onnx(initializer("x", 1, delimited(tensorFloatData, floatBytes(1.5, -2)...), 2)),
			"x", []int{2}, []float32{1.5, -2}},
		{"ONNX, by the node that multiplies", "model.onnx", onnx(
			initializer("onnx::MatMul_7", 1, raw(floatBytes(1, 2, 3, 4, 5, 6)...), 2, 3),
			multiplication("MatMul", "/bert/encoder/layer.0/attention/self/query/MatMul", "onnx::MatMul_7")),
			query, []int{3, 2}, []float32{1, 4, 2, 5, 3, 6}},
		{"ONNX, quantised by column", "model_quantized.onnx", onnx(
			multiplication("MatMulInteger", "/encoder/layer.0/attention/self/query/MatMul_quant", "onnx::MatMul_7_quantized"),
			initializer("onnx::MatMul_7_quantized", 3, raw(1, 2, 0xff, 4), 2, 2),
			initializer("onnx::MatMul_7_scale", 1, delimited(tensorFloatData, floatBytes(0.5, 10)...), 2),
			initializer("onnx::MatMul_7_zero_point", 3, delimited(tensorInt32Data, 0, 1), 2)),
			query, []int{2, 2}, []float32{0.5, -0.5, 10, 30}},
		{"ONNX, quantised with one scale", "model_quantized.onnx", onnx(
			initializer("x_quantized", 2, raw(128, 0, 255), 3),
			initializer("x_scale", 1, append(binary.AppendUvarint(nil, tensorFloatData<<3|5), floatBytes(2)...)),
			initializer("x_zero_point", 2, varint(tensorInt32Data, 128))),
			"x", []int{3}, []float32{0, -256, 254}},
	} {
		t.Run(test.name, func(t *testing.T) {
			f, err := Open(folder(test.file, test.data))
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			if !f.Has(test.tensor) || len(f.Sum()) != 64 {
				t.Errorf("has it: %v, sum %q", f.Has(test.tensor), f.Sum())
			}
			got, err := f.Read(test.tensor, test.shape...)
			if err != nil || !slices.Equal(got, test.want) {
				t.Errorf("read %v, want %v (%v)", got, test.want, err)
			}
		})
	}
}

// TestPieces reads a tensor that is larger than a piece.
func TestPieces(t *testing.T) {
	const rows, width = 1000, 700
	values := make([]float32, rows*width)
	for i := range values {
		values[i] = float32(i)
	}
	header := `{"x":{"dtype":"F32","shape":[1000,700],"data_offsets":[0,2800000]}}`
	f, err := Open(folder("model.safetensors", safetensorsFile(header, floatBytes(values...)...)))
	if err != nil {
		t.Fatal(err)
	}
	var got []float32
	err = f.Pieces("x", []int{rows, width}, func(piece []float32) {
		if len(piece)%width != 0 {
			t.Errorf("a piece of %d numbers is not of whole rows", len(piece))
		}
		got = append(got, piece...)
	})
	if err != nil || !slices.Equal(got, values) {
		t.Errorf("%d numbers of %d (%v)", len(got), len(values), err)
	}
}

func TestRefused(t *testing.T) {
	for _, test := range []struct {
		name, file string
		data       []byte
		reason     string
	}{
		{"nothing", "model.safetensors", nil, "too short"},
		{"a header of gigabytes", "model.safetensors", []byte{0, 0, 0, 0, 9, 0, 0, 0}, "allows"},
		{"a header longer than the file", "model.safetensors", []byte{9, 0, 0, 0, 0, 0, 0, 0, '{'}, "cut short"},
		{"a header that is no JSON", "model.safetensors", safetensorsFile("{{"), "no JSON"},
		{"a tensor beyond the end", "model.safetensors", safetensorsFile(`{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}`, 1, 2, 3, 4), "cut short"},
		{"a tensor backwards", "model.safetensors", safetensorsFile(`{"x":{"dtype":"F32","shape":[0],"data_offsets":[8,0]}}`), "from 8 to 0"},
		{"a shape of other size", "model.safetensors", safetensorsFile(`{"x":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}`, make([]byte, 8)...), "shape"},
		{"a shape that overflows", "model.safetensors", safetensorsFile(`{"x":{"dtype":"F32","shape":[4294967296,4294967296,4294967296],"data_offsets":[0,8]}}`, make([]byte, 8)...), "larger than the file"},
		{"a negative shape", "model.safetensors", safetensorsFile(`{"x":{"dtype":"F32","shape":[-2,-1],"data_offsets":[0,8]}}`, make([]byte, 8)...), "larger than the file"},
		{"no number", "model.safetensors", safetensorsFile(`{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}`, floatBytes(1, float32(math.NaN()))...), "number 1 is NaN"},
		{"another type", "model.safetensors", safetensorsFile(`{"x":{"dtype":"I64","shape":[2],"data_offsets":[0,16]}}`, make([]byte, 16)...), "of a type"},
		{"integers without a scale", "model.safetensors", safetensorsFile(`{"x":{"dtype":"I8","shape":[2],"data_offsets":[0,2]}}`, 1, 2), "nothing says what they mean"},
		{"a compact file of nothing", CompactFile, safetensorsFile(`{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}`, floatBytes(1, 2)...), "of which weights"},
		{"another shape", "model.safetensors", safetensorsFile(`{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}`, 0, 0, 0, 0), "asks for [2]"},
		{"no such tensor", "model.safetensors", safetensorsFile(`{}`), "missing"},
		{"ONNX cut short", "model.onnx", onnx(initializer("x", 1, raw(floatBytes(1, 2)...), 2))[:20], "cut short"},
		{"ONNX of another size", "model.onnx", onnx(initializer("x", 1, raw(floatBytes(1, 2)...), 3)), "8 bytes for the shape [3]"},
		{"ONNX with the numbers elsewhere", "model.onnx", onnx(initializer("x", 1, varint(tensorDataLocation, 1), 2)), "another file"},
		{"ONNX with too many scales", "model.onnx", onnx(
			initializer("x_quantized", 3, raw(1, 2), 2),
			initializer("x_scale", 1, raw(floatBytes(1, 2, 3)...), 3),
			initializer("x_zero_point", 3, raw(0))), "3 scales"},
		{"not ONNX", "model.onnx", []byte("this is no protobuf at all"), "damaged"},
	} {
		t.Run(test.name, func(t *testing.T) {
			f, err := Open(folder(test.file, test.data))
			if err == nil {
				_, err = f.Read("x", 2)
			}
			if err == nil || !strings.Contains(err.Error(), test.reason) {
				t.Errorf("want an error that says %q, got %v", test.reason, err)
			}
		})
	}
}

// TestCompact writes a compact file and reads it.
func TestCompact(t *testing.T) {
	sum := strings.Repeat("5", 64)
	var b bytes.Buffer
	w := NewWriter(sum)
	w.Integers("x", []byte{1, 255, 3, 4, 5, 6}, 3, 2)
	w.Floats("y", []float32{1.5, -2}, 2)
	if err := w.Write(&b); err != nil {
		t.Fatal(err)
	}
	f, err := Open(folder(CompactFile, b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	integers, err := f.Integers("x", 3, 2)
	if err != nil || !slices.Equal(integers, []byte{1, 255, 3, 4, 5, 6}) || f.Sum() != sum || !f.Compact() {
		t.Errorf("integers %v (%v), of %s", integers, err, f.Sum())
	}
	if floats, err := f.Read("y", 2); err != nil || !slices.Equal(floats, []float32{1.5, -2}) {
		t.Errorf("floats %v (%v)", floats, err)
	}
	for _, test := range []struct {
		name  string
		shape []int
	}{{"x", []int{2, 3}}, {"y", []int{2}}, {"z", []int{1}}} {
		if _, err := f.Integers(test.name, test.shape...); err == nil {
			t.Errorf("%s is read as integers of the shape %v", test.name, test.shape)
		}
	}
}

func FuzzSafetensors(f *testing.F) {
	f.Add(safetensorsFile(`{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}`, floatBytes(1.5, -2)...))
	f.Add(safetensorsFile(`{"__metadata__":{},"x":{"dtype":"BF16","shape":[1,2],"data_offsets":[0,4]}}`, 1, 2, 3, 4))
	f.Fuzz(func(t *testing.T, data []byte) {
		readAll(t, func(r io.ReaderAt, size int64) (map[string]*tensor, error) {
			tensors, _, err := parseSafetensors(r, size)
			return tensors, err
		}, data)
	})
}

func FuzzONNX(f *testing.F) {
	f.Add(onnx(initializer("x", 1, raw(floatBytes(1.5, -2)...), 2), multiplication("MatMul", "/a/MatMul", "x")))
	f.Add(onnx(initializer("x_quantized", 3, raw(1, 2), 2), initializer("x_scale", 1, raw(floatBytes(1)...)), initializer("x_zero_point", 3, raw(0))))
	f.Fuzz(func(t *testing.T, data []byte) { readAll(t, parseONNX, data) })
}

// readAll reads whatever tensors the data has: as many numbers as their shapes say,
// all finite, or an error.
func readAll(t *testing.T, parse func(r io.ReaderAt, size int64) (map[string]*tensor, error), data []byte) {
	tensors, err := parse(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return
	}
	f := &File{name: "fuzz", r: bytes.NewReader(data), size: int64(len(data)), tensors: tensors}
	for name, tensor := range tensors {
		shape := slices.Clone(tensor.shape)
		if tensor.transposed {
			slices.Reverse(shape)
		}
		values, err := f.Read(name, shape...)
		if err == nil && (len(values) != product(shape) || slices.ContainsFunc(values, notFinite)) {
			t.Errorf("tensor %q of shape %v: %v", name, shape, values)
		}
	}
}
