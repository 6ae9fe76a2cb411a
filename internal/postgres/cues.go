package postgres

import (
	"encoding/binary"

	"github.com/pullquote/pullquote/transcript/model"
)

// packedCues are a turn's cues as the database has them; nil where there are none.
func packedCues(cues model.Cues) []byte {
	var packed []byte
	var last model.Cue
	for _, c := range cues {
		packed = binary.AppendUvarint(packed, uint64(c.At-last.At))
		packed = binary.AppendUvarint(packed, uint64(c.StartMS-last.StartMS))
		packed = binary.AppendUvarint(packed, uint64(c.EndMS-c.StartMS))
		last = c
	}
	return packed
}

// unpackCues reads them.
func unpackCues(packed []byte) model.Cues {
	var cues model.Cues
	var last model.Cue
	number := func() int64 {
		n, size := binary.Uvarint(packed)
		packed = packed[max(size, 0):]
		if size <= 0 {
			packed = nil
		}
		return int64(n)
	}
	for len(packed) > 0 {
		last.At += int(number())
		last.StartMS += number()
		last.EndMS = last.StartMS + number()
		cues = append(cues, last)
	}
	return cues
}
