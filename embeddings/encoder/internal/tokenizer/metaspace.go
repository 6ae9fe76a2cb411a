package tokenizer

import (
	"bytes"
	"slices"
	"unicode"
	"unicode/utf8"
)

// spaceSplitter cuts at white space, which it drops.
type spaceSplitter struct{}

func (spaceSplitter) words(text *aligned, yield func(aligned) bool) {
	for from := 0; from < len(text.text); {
		end := len(text.text)
		if space := bytes.IndexFunc(text.text[from:], unicode.IsSpace); space >= 0 {
			end = from + space
		}
		if from < end && !yield(text.slice(from, end)) {
			return
		}
		_, size := utf8.DecodeRune(text.text[end:])
		from = end + size
	}
}

// metaspace writes spaces as a visible mark, puts one before a text that has none,
// and cuts before each, as SentencePiece does.
type metaspace struct {
	mark    string
	prepend prependScheme
	split   bool
}

type prependScheme string

const (
	prependAlways prependScheme = "always"
	prependFirst  prependScheme = "first" // only where the source begins
	prependNever  prependScheme = "never"
)

func (m metaspace) words(text *aligned, yield func(aligned) bool) {
	if len(text.text) == 0 {
		return
	}
	marked := m.marked(text)
	if !m.split {
		yield(*marked)
		return
	}
	for from := 0; from < len(marked.text); {
		end := len(marked.text)
		if next := bytes.Index(marked.text[from+1:], []byte(m.mark)); next >= 0 {
			end = from + 1 + next
		}
		if !yield(marked.slice(from, end)) {
			return
		}
		from = end
	}
}

// marked is the text with marks for spaces; one that is put before it stands for
// its first character too.
func (m metaspace) marked(text *aligned) *aligned {
	out := newAligned(len(text.text) + len(m.mark)*(1+bytes.Count(text.text, []byte{' '})))
	bare := text.text[0] != ' ' && !bytes.HasPrefix(text.text, []byte(m.mark))
	if bare && (m.prepend == prependAlways || m.prepend == prependFirst && text.start[0] == 0) {
		out.write(m.mark, text.start[0], text.end[0])
	}
	for i, c := range text.text {
		if c == ' ' {
			out.write(m.mark, text.start[i], text.end[i])
		} else {
			out.byte(c, text.start[i], text.end[i])
		}
	}
	return out
}

// splitters cut one after the other, each what the one before has left.
type splitters []splitter

func (s splitters) words(text *aligned, yield func(aligned) bool) {
	s.cut(text, yield)
}

// cut reports whether it went through to the end.
func (s splitters) cut(text *aligned, yield func(aligned) bool) bool {
	if len(s) == 0 {
		return yield(*text)
	}
	more := true
	s[0].words(text, func(word aligned) bool {
		more = s[1:].cut(&word, yield)
		return more
	})
	return more
}

// stripper drops white space at the ends of a text.
type stripper struct{ left, right bool }

func (s stripper) apply(in *aligned) *aligned {
	from, to := 0, len(in.text)
	if s.right {
		to = len(bytes.TrimRightFunc(in.text, unicode.IsSpace))
	}
	if s.left {
		from = to - len(bytes.TrimLeftFunc(in.text[:to], unicode.IsSpace))
	}
	out := in.slice(from, to)
	return &out
}

// replacer writes something else for each run of at least min equal texts.
type replacer struct {
	old []byte
	new string
	min int
	run bool // a run is replaced as a whole, else each text in it
}

func (r replacer) apply(in *aligned) *aligned {
	if !bytes.Contains(in.text, slices.Repeat(r.old, r.min)) {
		return in
	}
	out := newAligned(len(in.text))
	for i := 0; i < len(in.text); {
		n := r.count(in.text[i:])
		if n < r.min {
			end := i + max(1, n*len(r.old))
			out.copy(in, i, end)
			i = end
			continue
		}
		end := i + n*len(r.old)
		out.write(r.new, in.start[i], in.end[end-1])
		i = end
	}
	return out
}

// count is how many of the texts that are replaced as one begin a text.
func (r replacer) count(text []byte) int {
	n := 0
	for bytes.HasPrefix(text, r.old) {
		n++
		text = text[len(r.old):]
		if !r.run {
			break
		}
	}
	return n
}
