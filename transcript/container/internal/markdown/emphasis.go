package markdown

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// mark is a delimiter run of CommonMark, or a bracket or tag, in inline.out.
type mark struct {
	char        byte // * _ ~ [ or < of a tag
	at, length  int  // bytes of out
	opens       bool // may open emphasis
	closes      bool // may close emphasis
	left, right int  // bytes to leave out: at its start as a closer, at its end as an opener
	bold        int  // spans of bold type that begin behind it, less those that end before it
	slanted     int  // likewise of italics
}

// span is a range of bytes; end is behind the last.
type span struct{ start, end int }

// emphasis notes a delimiter run, and whether it may open or close emphasis, which the
// characters beside it decide. Within a word it may do neither: 2**32, sn*w,
// snake_case.
func (s *inline) emphasis(c byte) {
	n := runLength(s.text[s.at:], c)
	before, _ := utf8.DecodeLastRuneInString(s.text[:s.at])
	after, _ := utf8.DecodeRuneInString(s.text[s.at+n:])
	m := mark{char: c, at: len(s.out), length: n}
	blankBefore, blankAfter := s.at == 0 || unicode.IsSpace(before), s.at+n == len(s.text) || unicode.IsSpace(after)
	boundBefore, boundAfter := isBoundary(before), isBoundary(after)
	m.opens = !blankAfter && (!boundAfter || blankBefore || boundBefore) && (blankBefore || boundBefore)
	m.closes = !blankBefore && (!boundBefore || blankAfter || boundAfter) && (blankAfter || boundAfter)
	if c == '~' && n != 2 {
		m.opens, m.closes = false, false
	}
	s.boldLabel(&m)
	s.marks = append(s.marks, m)
	s.copy(n)
}

// boldLabel lets bold type at the start of a line end where CommonMark does not, because
// people write labels so: "**Jane Roe: **Yes.", "**Jane Roe:**Yes."
func (s *inline) boldLabel(m *mark) {
	if m.char == '~' || m.length < 2 || m.length > 3 {
		return
	}
	switch {
	case s.lineMark >= 0 && s.marks[s.lineMark].char == m.char:
		m.opens, m.closes = false, true
		s.lineMark = -1
	case s.at == s.lineStart && s.at+m.length < len(s.text):
		m.opens, m.closes = true, false
		s.lineMark = len(s.marks)
	}
}

// isBoundary reports whether a word may end beside a character other than white space:
// punctuation, or a letter of a script that sets no blanks between words.
func isBoundary(r rune) bool {
	return unicode.IsPunct(r) || unicode.IsSymbol(r) || unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}

// pair pairs marks that close emphasis with the nearest that open it.
func (s *inline) pair() {
	openers := map[byte][]int{} // by character, of marks that are still open
	for i := range s.marks {
		m := &s.marks[i]
		for stack := openers[m.char]; m.closes && m.left < m.length && len(stack) > 0; stack = openers[m.char] {
			o := &s.marks[stack[len(stack)-1]]
			n := min(2, m.length-m.left, o.length-o.right)
			m.left += n
			o.right += n
			switch {
			case m.char == '~':
			case n == 2:
				m.bold--
				o.bold++
			default:
				m.slanted--
				o.slanted++
			}
			if o.right == o.length {
				openers[m.char] = stack[:len(stack)-1]
			}
		}
		if m.opens && m.left < m.length && m.char != '[' && m.char != '<' {
			openers[m.char] = append(openers[m.char], i)
		}
	}
}

// build is the text without the marks that are paired, and the spans in bold type and in
// italics.
func (s *inline) build() (clean string, bold, slanted []span) {
	var b strings.Builder
	b.Grow(len(s.out))
	var bolds, slants spans
	at := 0
	for _, m := range s.marks {
		b.Write(s.out[at:m.at])
		bolds.end(-m.bold, b.Len())
		slants.end(-m.slanted, b.Len())
		if m.left+m.right < m.length {
			b.Write(s.out[m.at+m.left : m.at+m.length-m.right])
		}
		bolds.begin(m.bold, b.Len())
		slants.begin(m.slanted, b.Len())
		at = m.at + m.length
	}
	b.Write(s.out[at:])
	bolds.end(bolds.depth, b.Len())
	slants.end(slants.depth, b.Len())
	return b.String(), bolds.all, slants.all
}

// spans are those of one kind of emphasis, which may be nested.
type spans struct {
	all          []span
	depth, start int
}

// begin begins n spans at a byte; none if n is not positive.
func (s *spans) begin(n, at int) {
	if n <= 0 {
		return
	}
	if s.depth == 0 {
		s.start = at
	}
	s.depth += n
}

// end ends n spans at a byte; none if n is not positive.
func (s *spans) end(n, at int) {
	if n <= 0 || s.depth == 0 {
		return
	}
	if s.depth = max(0, s.depth-n); s.depth == 0 {
		s.all = append(s.all, span{s.start, at})
	}
}
