package tokenizer

import (
	"unicode/utf8"
	"unsafe"
)

// aligned is a text with, for each of its bytes, the range in the source of the
// rune which it came from.
type aligned struct {
	text       []byte
	start, end []int32
}

// source is source[from:to], aligned with itself; a byte that is no UTF-8 becomes
// U+FFFD.
func source(text string, from, to int) *aligned {
	a := newAligned(to - from)
	for i := from; i < to; {
		if c := text[i]; c < utf8.RuneSelf {
			a.byte(c, int32(i), int32(i+1))
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:to])
		a.write(string(r), int32(i), int32(i+size))
		i += size
	}
	return a
}

// newAligned has room for size bytes.
func newAligned(size int) *aligned {
	positions := make([]int32, 2*size)
	return &aligned{
		text:  make([]byte, 0, size),
		start: positions[:0:size],
		end:   positions[size:size],
	}
}

// byte appends a byte of source[start:end].
func (a *aligned) byte(c byte, start, end int32) {
	a.text = append(a.text, c)
	a.start = append(a.start, start)
	a.end = append(a.end, end)
}

// write appends a text that stands for source[start:end].
func (a *aligned) write(text string, start, end int32) {
	a.text = append(a.text, text...)
	for range len(text) {
		a.start = append(a.start, start)
		a.end = append(a.end, end)
	}
}

// copy appends part of another text.
func (a *aligned) copy(b *aligned, from, to int) {
	a.text = append(a.text, b.text[from:to]...)
	a.start = append(a.start, b.start[from:to]...)
	a.end = append(a.end, b.end[from:to]...)
}

// slice is part of a text, sharing its memory.
func (a *aligned) slice(from, to int) aligned {
	return aligned{text: a.text[from:to], start: a.start[from:to], end: a.end[from:to]}
}

// span is the range in the source that a text stands for, empty at 0 for no text.
func (a *aligned) span() (start, end int) {
	if len(a.text) == 0 {
		return 0, 0
	}
	return int(a.start[0]), int(a.end[len(a.end)-1])
}

// token is a token for the bytes from and to of a text.
func (a *aligned) token(id int32, from, to int) Token {
	return Token{ID: id, Start: int(a.start[from]), End: int(a.end[to-1])}
}

// string is the text without a copy; it is valid as long as the text stays as it is.
func (a *aligned) string() string { return unsafe.String(unsafe.SliceData(a.text), len(a.text)) }
