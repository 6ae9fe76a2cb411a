package tokenizer

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// bertNormalizer cleans, spaces out ideographs, drops accents and lowers case, in
// this order, in one pass.
type bertNormalizer struct {
	clean, ideographs, accents, lower bool // accents: whether they are dropped
}

// apply makes a rune after the other. Canonical reordering of marks is left out: the
// marks that it moves are dropped.
func (b bertNormalizer) apply(in *aligned) *aligned {
	out := newAligned(len(in.text) + len(in.text)/8)
	for i := 0; i < len(in.text); {
		start, end := in.start[i], in.end[i]
		if c := in.text[i]; c < utf8.RuneSelf {
			b.ascii(out, c, start, end)
			i++
			continue
		}
		r, size := utf8.DecodeRune(in.text[i:])
		b.rune(out, r, in.text[i:i+size], start, end)
		i += size
	}
	return out
}

func (b bertNormalizer) ascii(out *aligned, c byte, start, end int32) {
	switch {
	case c < ' ' || c == 0x7F:
		if !b.clean {
			break
		}
		if c != '\t' && c != '\n' && c != '\r' {
			return
		}
		c = ' '
	case b.lower && 'A' <= c && c <= 'Z':
		c += 'a' - 'A'
	}
	out.byte(c, start, end)
}

func (b bertNormalizer) rune(out *aligned, r rune, text []byte, start, end int32) {
	if b.clean {
		if r == utf8.RuneError || isControl(r) {
			return
		}
		if unicode.IsSpace(r) {
			out.byte(' ', start, end)
			return
		}
	}
	if b.ideographs && isIdeograph(r) {
		out.byte(' ', start, end)
		defer out.byte(' ', start, end)
	}
	if !b.accents {
		b.cased(out, r, start, end)
		return
	}
	var decomposed [32]byte
	for rest := norm.NFD.Append(decomposed[:0], text...); len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		rest = rest[size:]
		if !isMark(r) {
			b.cased(out, r, start, end)
		}
	}
}

// cased appends a rune in its case. One capital alone has two runes in lower case.
func (b bertNormalizer) cased(out *aligned, r rune, start, end int32) {
	if !b.lower {
		out.rune(r, start, end)
		return
	}
	out.rune(unicode.ToLower(r), start, end)
	if r == 'İ' {
		out.rune(0x0307, start, end)
	}
}

// bertSplitter cuts at white space, which it drops, and around each punctuation
// mark.
type bertSplitter struct{}

func (bertSplitter) words(text *aligned, yield func(aligned) bool) {
	from := 0 // of the word that is being read
	for i := 0; i < len(text.text); {
		r, size := rune(text.text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRune(text.text[i:])
		}
		space := unicode.IsSpace(r)
		if !space && !isPunctuation(r) {
			i += size
			continue
		}
		if from < i && !yield(text.slice(from, i)) {
			return
		}
		if !space && !yield(text.slice(i, i+size)) {
			return
		}
		i += size
		from = i
	}
	if from < len(text.text) {
		yield(text.slice(from, len(text.text)))
	}
}
