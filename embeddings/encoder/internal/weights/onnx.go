package weights

import (
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
)

// Numbers of fields and types of ONNX, from
// https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.
const (
	modelGraph = 7

	graphNode        = 1
	graphInitializer = 5

	nodeInput  = 1
	nodeName   = 3
	nodeOpType = 4

	tensorDims         = 1
	tensorType         = 2
	tensorFloatData    = 4
	tensorInt32Data    = 5
	tensorName         = 8
	tensorRawData      = 9
	tensorDataLocation = 14
)

// The names that ONNX Runtime's quantiser gives to what it makes of a tensor.
const (
	quantisedSuffix = "_quantized"
	scaleSuffix     = "_scale"
	zeroSuffix      = "_zero_point"
)

// maxRank is of a tensor of weights; those of BERT have two axes.
const maxRank = 8

// node is a step of the graph, as far as it tells which weights are whose.
type node struct {
	name, op string
	inputs   []string
}

// parseONNX finds the initializers of an ONNX file. Exporters keep the names of
// embeddings and biases, but the weights of a product are transposed and called
// something like onnx::MatMul_787; whose they are says the node that multiplies by
// them, such as /encoder/layer.0/attention/self/query/MatMul.
func parseONNX(r io.ReaderAt, size int64) (map[string]*tensor, error) {
	initializers := map[string]*tensor{}
	var nodes []node
	model := message{window: &window{r: r, size: size}, end: size}
	err := model.each(func(f field) error {
		if f.number != modelGraph || !f.inner {
			return nil
		}
		return f.body.each(func(f field) error {
			switch {
			case f.number == graphInitializer && f.inner:
				name, t, err := onnxTensor(f.body, size)
				initializers[name] = t
				return err
			case f.number == graphNode && f.inner:
				n, err := onnxNode(f.body)
				if strings.HasPrefix(n.op, "MatMul") {
					nodes = append(nodes, n)
				}
				return err
			}
			return nil
		})
	})
	if err != nil {
		return nil, err
	}
	if err := joinQuantised(r, initializers); err != nil {
		return nil, err
	}
	return byNode(initializers, nodes), nil
}

func onnxNode(m message) (n node, err error) {
	err = m.each(func(f field) (err error) {
		if !f.inner {
			return nil
		}
		switch f.number {
		case nodeName:
			n.name, err = f.body.string()
		case nodeOpType:
			n.op, err = f.body.string()
		case nodeInput:
			var input string
			input, err = f.body.string()
			n.inputs = append(n.inputs, input)
		}
		return err
	})
	return n, err
}

func onnxTensor(m message, size int64) (name string, t *tensor, err error) {
	t = &tensor{offset: -1}
	stored := int64(0)
	numbers := 0 // of int32_data
	err = m.each(func(f field) (err error) {
		switch f.number {
		case tensorDims:
			err = t.addDims(f)
		case tensorType:
			t.kind = onnxKind(f.value)
		case tensorName:
			name, err = f.body.string()
		case tensorRawData:
			t.offset, stored = f.body.at, f.body.end-f.body.at
		case tensorFloatData:
			if !f.inner {
				t.inline = binary.LittleEndian.AppendUint32(t.inline, uint32(f.value))
				break
			}
			t.offset, stored = f.body.at, f.body.end-f.body.at
		case tensorInt32Data:
			var values []uint64
			values, err = f.varints()
			numbers += len(values)
			for _, v := range values {
				t.inline = binary.LittleEndian.AppendUint32(t.inline, uint32(v))
			}
		case tensorDataLocation:
			if f.value != 0 {
				err = fmt.Errorf("its numbers are in another file, which is not read")
			}
		}
		return err
	})
	if err == nil && t.kind != other {
		err = t.settle(stored, numbers, size)
	}
	if err != nil {
		return name, nil, fmt.Errorf("tensor %s: %w", name, err)
	}
	return name, t, nil
}

func (t *tensor) addDims(f field) error {
	dims, err := f.varints()
	for _, d := range dims {
		t.shape = append(t.shape, int(min(d, math.MaxInt32)))
	}
	if len(t.shape) > maxRank {
		return fmt.Errorf("it has more than %d axes", maxRank)
	}
	return err
}

// settle checks that the numbers of a tensor are as many as its shape says.
func (t *tensor) settle(stored int64, numbers int, size int64) error {
	if t.inline != nil {
		t.offset, stored = 0, int64(len(t.inline))
		if numbers > 0 {
			t.kind = int32s
		}
	}
	n, err := elements(t.shape, t.kind.size(), size)
	if err != nil {
		return err
	}
	if stored == 0 && numbers == 0 && n > 0 && t.kind.size() == 1 {
		return fmt.Errorf("it has no numbers")
	}
	if int64(n*t.kind.size()) != stored {
		return fmt.Errorf("%d bytes for the shape %v", stored, t.shape)
	}
	return nil
}

func onnxKind(number uint64) kind {
	switch number {
	case 1:
		return float32s
	case 2:
		return uint8s
	case 3:
		return int8s
	case 6:
		return int32s
	case 10:
		return float16s
	case 16:
		return bfloat16s
	default:
		return other
	}
}

// joinQuantised gives the quantised tensors their scales and zero points, and the
// names of what they stand for.
func joinQuantised(r io.ReaderAt, tensors map[string]*tensor) error {
	for name, t := range tensors {
		base, ok := strings.CutSuffix(name, quantisedSuffix)
		scale, zero := tensors[base+scaleSuffix], tensors[base+zeroSuffix]
		if !ok || scale == nil || zero == nil {
			continue
		}
		var err error
		if t.scale, err = perColumn(r, t, scale); err == nil {
			t.zero, err = perColumn(r, t, zero)
		}
		if err != nil {
			return fmt.Errorf("tensor %s: %w", name, err)
		}
		tensors[base] = t
	}
	return nil
}

// perColumn reads parameters of which there is one for the tensor or one for each
// of its columns, and returns as many as it has columns.
func perColumn(r io.ReaderAt, t, parameters *tensor) ([]float32, error) {
	if parameters.kind == other || len(t.shape) == 0 {
		return nil, fmt.Errorf("its scale is of a type that is not read")
	}
	var all []float32
	if n := product(parameters.shape); n != 1 && n != t.shape[len(t.shape)-1] {
		return nil, fmt.Errorf("%d scales for the shape %v", n, t.shape)
	}
	err := parameters.read(r, func(piece []float32) { all = append(all, piece...) })
	if err == nil && len(all) == 1 {
		all = slices.Repeat(all, max(t.shape[len(t.shape)-1], 1))
	}
	return all, err
}

// byNode returns the tensors by the family's names for them. The nodes are products.
func byNode(initializers map[string]*tensor, nodes []node) map[string]*tensor {
	tensors := make(map[string]*tensor, len(initializers))
	for name, t := range initializers {
		tensors[canonical(name)] = t
	}
	for _, n := range nodes {
		for _, input := range n.inputs {
			if t := initializers[input]; t != nil && len(t.shape) == 2 {
				t.transposed = true
				tensors[weightOf(n.name)] = t
			}
		}
	}
	return tensors
}

// weightOf is the name of the weights that a node multiplies by.
func weightOf(node string) string {
	path := strings.Split(strings.TrimPrefix(node, "/"), "/")
	return canonical(strings.Join(path[:len(path)-1], ".") + ".weight")
}
