package weights

import (
	"encoding/binary"
	"math"

	"github.com/x448/float16"
)

// kind is how the numbers of a tensor are stored, little-endian.
type kind int

const (
	other kind = iota // of numbers that no weight has
	float32s
	float16s
	bfloat16s
	int8s
	uint8s
	int32s
)

func (k kind) size() int {
	switch k {
	case float32s, int32s:
		return 4
	case float16s, bfloat16s:
		return 2
	default:
		return 1
	}
}

// decode fills dst from raw, which has size bytes for each of its numbers.
func (k kind) decode(dst []float32, raw []byte) {
	switch k {
	case float32s:
		for i := range dst {
			dst[i] = math.Float32frombits(binary.LittleEndian.Uint32(raw[4*i:]))
		}
	case int32s:
		for i := range dst {
			dst[i] = float32(int32(binary.LittleEndian.Uint32(raw[4*i:])))
		}
	case float16s:
		for i := range dst {
			dst[i] = float16.Frombits(binary.LittleEndian.Uint16(raw[2*i:])).Float32()
		}
	case bfloat16s:
		for i := range dst {
			dst[i] = math.Float32frombits(uint32(binary.LittleEndian.Uint16(raw[2*i:])) << 16)
		}
	case int8s:
		for i := range dst {
			dst[i] = float32(int8(raw[i]))
		}
	default:
		for i := range dst {
			dst[i] = float32(raw[i])
		}
	}
}
