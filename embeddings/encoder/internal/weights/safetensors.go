package weights

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// metadataEntry is the entry of the header that is no tensor.
const metadataEntry = "__metadata__"

// maxHeader is the format's own bound on its header.
const maxHeader = 100_000_000

// parseSafetensors reads the header of a safetensors file: its length in eight
// bytes, then JSON that says of each tensor its type, its shape, and where in the
// rest of the file it begins and ends.
// See https://github.com/huggingface/safetensors#format.
func parseSafetensors(r io.ReaderAt, size int64) (map[string]*tensor, map[string]string, error) {
	header, err := safetensorsHeader(r, size)
	if err != nil {
		return nil, nil, err
	}
	var entries map[string]json.RawMessage
	if err := json.Unmarshal(header, &entries); err != nil {
		return nil, nil, fmt.Errorf("the header is no JSON: %w", err)
	}
	var metadata map[string]string
	_ = json.Unmarshal(entries[metadataEntry], &metadata) // whatever else it is says nothing to us
	delete(entries, metadataEntry)
	start := 8 + int64(len(header))
	tensors := make(map[string]*tensor, len(entries))
	for name, entry := range entries {
		t, err := safetensor(entry, start, size)
		if err != nil {
			return nil, nil, fmt.Errorf("tensor %s: %w", name, err)
		}
		tensors[canonical(name)] = t
	}
	return tensors, metadata, nil
}

func safetensorsHeader(r io.ReaderAt, size int64) ([]byte, error) {
	var length [8]byte
	if _, err := r.ReadAt(length[:], 0); err != nil {
		return nil, errors.New("the file is too short to be of the format safetensors")
	}
	n := binary.LittleEndian.Uint64(length[:])
	if n > maxHeader {
		return nil, fmt.Errorf("the header claims %d bytes; the format allows %d", n, maxHeader)
	}
	if int64(n) > size-8 {
		return nil, fmt.Errorf("the file is cut short: the header claims %d bytes of a file of %d", n, size)
	}
	header := make([]byte, n)
	if _, err := r.ReadAt(header, 8); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	return header, nil
}

func safetensor(entry []byte, start, size int64) (*tensor, error) {
	var e struct {
		Type    string   `json:"dtype"`
		Shape   []int    `json:"shape"`
		Offsets [2]int64 `json:"data_offsets"`
	}
	if err := json.Unmarshal(entry, &e); err != nil {
		return nil, err
	}
	begin, end := e.Offsets[0], e.Offsets[1]
	if begin < 0 || end < begin {
		return nil, fmt.Errorf("it lies from %d to %d", begin, end)
	}
	if end > size-start {
		return nil, fmt.Errorf("the file is cut short: it has %d bytes after the header, and the tensor ends at %d", size-start, end)
	}
	t := &tensor{shape: e.Shape, kind: safetensorsKind(e.Type), offset: start + begin}
	if t.kind == other {
		return t, nil
	}
	n, err := elements(e.Shape, t.kind.size(), size)
	if err != nil {
		return nil, err
	}
	if int64(n*t.kind.size()) != end-begin {
		return nil, fmt.Errorf("%d bytes for the shape %v of %s", end-begin, e.Shape, e.Type)
	}
	return t, nil
}

func safetensorsKind(name string) kind {
	switch name {
	case "F32":
		return float32s
	case "F16":
		return float16s
	case "BF16":
		return bfloat16s
	case "I8":
		return int8s
	case "U8":
		return uint8s
	default:
		return other
	}
}
