package weights

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

var errProtobuf = errors.New("the file is damaged: it is not in protobuf's wire format")

// maxString bounds names, and the fields that are read whole.
const maxString = 1 << 20

// message is a protobuf message somewhere in a file, read field by field. Bodies
// of fields are looked at only where they are asked for, so that gigabytes of
// weights cost nothing. See https://protobuf.dev/programming-guides/encoding.
type message struct {
	window *window
	at     int64
	end    int64
}

// field is one field of a message: a number, or the place of a body.
type field struct {
	number int
	value  uint64  // of a varint or a fixed width
	body   message // of a length-delimited field
	inner  bool    // whether it has a body
}

// next is the next field, or io.EOF after the last one.
func (m *message) next() (field, error) {
	if m.at >= m.end {
		return field{}, io.EOF
	}
	tag, err := m.varint()
	if err != nil {
		return field{}, err
	}
	if tag>>3 == 0 || tag>>3 > 1<<29 {
		return field{}, errProtobuf
	}
	f := field{number: int(tag >> 3)}
	switch tag & 7 {
	case 0:
		f.value, err = m.varint()
	case 1:
		f.value, err = m.fixed(8)
	case 2:
		f.inner = true
		f.body, err = m.delimited()
	case 5:
		f.value, err = m.fixed(4)
	default:
		err = errProtobuf
	}
	return f, err
}

func (m *message) varint() (uint64, error) {
	b, err := m.window.bytes(m.at, min(binary.MaxVarintLen64, m.end-m.at))
	if err != nil {
		return 0, err
	}
	v, n := binary.Uvarint(b)
	if n <= 0 {
		return 0, errProtobuf
	}
	m.at += int64(n)
	return v, nil
}

func (m *message) fixed(size int64) (uint64, error) {
	if size > m.end-m.at {
		return 0, errProtobuf
	}
	b, err := m.window.bytes(m.at, size)
	if err != nil {
		return 0, err
	}
	m.at += size
	if size == 4 {
		return uint64(binary.LittleEndian.Uint32(b)), nil
	}
	return binary.LittleEndian.Uint64(b), nil
}

func (m *message) delimited() (message, error) {
	length, err := m.varint()
	if err != nil {
		return message{}, err
	}
	if length > uint64(m.end-m.at) {
		return message{}, fmt.Errorf("the file is cut short or damaged: a field of %d bytes where %d are left", length, m.end-m.at)
	}
	body := message{window: m.window, at: m.at, end: m.at + int64(length)}
	m.at = body.end
	return body, nil
}

// each calls the function with every field of the message.
func (m message) each(do func(field) error) error {
	for {
		f, err := m.next()
		if err == io.EOF {
			return nil
		}
		if err == nil {
			err = do(f)
		}
		if err != nil {
			return err
		}
	}
}

// bytes are a whole message that is not long.
func (m message) bytes() ([]byte, error) {
	if m.window == nil { // the body of a field that is a number
		return nil, errProtobuf
	}
	if m.end-m.at > maxString {
		return nil, fmt.Errorf("a field that should be short has %d bytes", m.end-m.at)
	}
	b := make([]byte, m.end-m.at)
	_, err := m.window.r.ReadAt(b, m.at)
	if err == io.EOF && len(b) == 0 {
		err = nil
	}
	return b, err
}

func (m message) string() (string, error) {
	b, err := m.bytes()
	return string(b), err
}

// varints are the numbers of a packed field, or the one of a field that is not.
func (f field) varints() ([]uint64, error) {
	if !f.inner {
		return []uint64{f.value}, nil
	}
	b, err := f.body.bytes()
	if err != nil {
		return nil, err
	}
	var all []uint64
	for len(b) > 0 {
		v, n := binary.Uvarint(b)
		if n <= 0 {
			return nil, errProtobuf
		}
		all, b = append(all, v), b[n:]
	}
	return all, nil
}

// window is a piece of a file in memory, since fields are a few bytes each.
type window struct {
	r    io.ReaderAt
	size int64
	from int64
	buf  []byte
}

const windowSize = 8 << 10

// bytes are n bytes of the file at a place, n being small.
func (w *window) bytes(at, n int64) ([]byte, error) {
	if at < 0 || n > windowSize || at+n > w.size {
		return nil, errProtobuf
	}
	if at < w.from || at+n > w.from+int64(len(w.buf)) {
		w.from, w.buf = at, make([]byte, min(windowSize, w.size-at))
		if _, err := w.r.ReadAt(w.buf, at); err != nil && err != io.EOF {
			return nil, err
		}
	}
	return w.buf[at-w.from:][:n], nil
}
