package word97

import (
	"encoding/binary"
	"unicode/utf16"

	"github.com/pullquote/pullquote/transcript/container/content"
)

// The compound file of [MS-CFB] has sectors, a table that chains them (FAT), a stream
// that holds the small sectors of small streams, and a directory.

const (
	cfbMagic     = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
	cfbHeader    = 512
	cfbHeadFATs  = 109        // numbers of the FAT's sectors in the header
	cfbLast      = 0xFFFFFFF9 // greatest number of a sector; greater numbers end a chain
	cfbEntry     = 128        // bytes of a directory entry
	cfbSmallUnit = 64         // bytes of a small sector
)

// compound is an opened compound file.
type compound struct {
	data      []byte
	sector    int // bytes
	fat       []uint32
	small     []uint32 // the FAT of the small sectors
	smallData []byte
	cutoff    uint32 // bytes of the smallest stream in sectors of full size
	streams   map[string]cfbStream
}

type cfbStream struct{ start, size uint32 }

// openCompound reads the tables; every chain is bounded by the file's length.
func openCompound(data []byte) (*compound, error) {
	if len(data) < cfbHeader {
		return nil, cutOff()
	}
	shift := binary.LittleEndian.Uint16(data[30:])
	if shift != 9 && shift != 12 {
		return nil, content.Invalid("the old Word file is damaged in its header; save it again as .docx")
	}
	c := &compound{data: data, sector: 1 << shift, cutoff: u32(data, 56), streams: map[string]cfbStream{}}
	if err := c.readFAT(); err != nil {
		return nil, err
	}
	directory, err := c.chain(u32(data, 48))
	if err != nil {
		return nil, err
	}
	if u32(data, 64) > 0 {
		small, err := c.chain(u32(data, 60))
		if err != nil {
			return nil, err
		}
		c.small = numbers(small)
	}
	return c, c.readDirectory(directory)
}

func cutOff() error {
	return content.Invalid("the old Word file ends early or is damaged; get the whole file again, or save it as .docx")
}

// readFAT gathers the FAT from the sectors that the header lists, and those of the
// chain of further lists (DIFAT).
func (c *compound) readFAT() error {
	list := numbers(c.data[76 : 76+4*cfbHeadFATs])
	perSector := c.sector/4 - 1
	next := u32(c.data, 68)
	for further := u32(c.data, 72); further > 0 && next <= cfbLast && len(list)*4 <= len(c.data); further-- {
		more, err := c.read(next)
		if err != nil || len(more) < c.sector {
			return cutOff()
		}
		list = append(list, numbers(more[:4*perSector])...)
		next = u32(more, 4*perSector)
	}
	for _, n := range list {
		if n > cfbLast {
			continue
		}
		table, err := c.read(n)
		if err != nil || (len(c.fat)+c.sector/4)*4 > len(c.data)+c.sector {
			return cutOff()
		}
		c.fat = append(c.fat, numbers(table)...)
	}
	return nil
}

// read is a sector. The last of the file may be short.
func (c *compound) read(n uint32) ([]byte, error) {
	start := (uint64(n) + 1) * uint64(c.sector)
	if start >= uint64(len(c.data)) {
		return nil, cutOff()
	}
	return c.data[start:min(start+uint64(c.sector), uint64(len(c.data)))], nil
}

// chain joins the sectors of a stream.
func (c *compound) chain(start uint32) ([]byte, error) {
	var joined []byte
	for n := start; n <= cfbLast; n = c.fat[n] {
		part, err := c.read(n)
		if err != nil || int(n) >= len(c.fat) || len(joined) > len(c.data) {
			return nil, cutOff()
		}
		joined = append(joined, part...)
	}
	return joined, nil
}

// readDirectory notes where the streams are. The tree of directories does not matter,
// because the first stream of each name is the Word file's own.
func (c *compound) readDirectory(directory []byte) error {
	const stream, root = 2, 5
	for ; len(directory) >= cfbEntry; directory = directory[cfbEntry:] {
		length := binary.LittleEndian.Uint16(directory[64:])
		if length < 2 || length > 64 {
			continue
		}
		found := cfbStream{start: u32(directory, 116), size: u32(directory, 120)}
		switch directory[66] {
		case stream:
			if name := utf16Text(directory[:length-2]); c.streams[name].size == 0 {
				c.streams[name] = found
			}
		case root:
			if found.size == 0 || c.smallData != nil { // a file has one
				continue
			}
			data, err := c.chain(found.start)
			if err != nil {
				return err
			}
			c.smallData = data
		}
	}
	return nil
}

// stream reads a stream; nil if there is none of the name.
func (c *compound) stream(name string) ([]byte, error) {
	s, known := c.streams[name]
	if !known || s.size == 0 {
		return nil, nil
	}
	data, err := c.chainOf(s)
	if err != nil {
		return nil, err
	}
	return data[:min(len(data), int(s.size))], nil
}

// chainOf joins the sectors of a stream, small or not.
func (c *compound) chainOf(s cfbStream) ([]byte, error) {
	if s.size >= c.cutoff {
		return c.chain(s.start)
	}
	var joined []byte
	for n := s.start; n <= cfbLast; n = c.small[n] {
		at := int(n) * cfbSmallUnit
		if int(n) >= len(c.small) || at >= len(c.smallData) || len(joined) > len(c.smallData) {
			return nil, cutOff()
		}
		joined = append(joined, c.smallData[at:min(at+cfbSmallUnit, len(c.smallData))]...)
	}
	return joined, nil
}

// u32 is the number at an offset; 0 past the end.
func u32(data []byte, at int) uint32 {
	if at < 0 || at+4 > len(data) {
		return 0
	}
	return binary.LittleEndian.Uint32(data[at:])
}

// u16 is the number at an offset; 0 past the end.
func u16(data []byte, at int) int {
	if at < 0 || at+2 > len(data) {
		return 0
	}
	return int(binary.LittleEndian.Uint16(data[at:]))
}

// numbers are the numbers of 32 bits in data.
func numbers(data []byte) []uint32 {
	list := make([]uint32, len(data)/4)
	for i := range list {
		list[i] = binary.LittleEndian.Uint32(data[4*i:])
	}
	return list
}

// utf16Text decodes UTF-16LE.
func utf16Text(data []byte) string {
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = binary.LittleEndian.Uint16(data[2*i:])
	}
	return string(utf16.Decode(units))
}
