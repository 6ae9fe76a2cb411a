package marks

import (
	"cmp"
	"slices"
	"unicode"
)

// Place is a part of a paragraph, in characters.
type Place struct{ Paragraph, Start, End int }

// Span is what stands between two marks.
type Span struct {
	Paragraph, Start int     // of the mark that opens it
	Last, End        int     // the paragraph in which it ends, and the place behind the mark that closes it
	Inside           []Place // its words, of each paragraph, without the marks
	State            State
}

// State says whether a span has both of its marks.
type State uint8

// A span that is never closed ends with its paragraph or where the next begins, and one
// that was never opened begins with its paragraph or where the last ends.
const (
	Closed State = iota
	NeverClosed
	NeverOpened
)

// Longest is how many paragraphs a span runs over.
const Longest = 50

// Find finds what is quoted in paragraphs that follow each other, in order; of quotations
// within quotations the outer ones. A quotation runs on into the next paragraph if that
// begins with a mark of its family, or if it or a later one closes it.
func Find(paragraphs [][]rune) []Span {
	f := finder{paragraphs: paragraphs, carried: -1}
	for p := range paragraphs {
		f.paragraph(p)
	}
	return f.spans
}

type finder struct {
	paragraphs [][]rune
	spans      []Span
	carried    int    // the span that may run on into the next paragraph; -1 for none
	family     family // its marks'
}

// piece is what one paragraph has of a span, with its marks and without.
type piece struct {
	start, end   int
	inner, outer int
	state        State
	family       family
	resumed      bool // it goes on with the span that the paragraph before left open
}

func (f *finder) paragraph(p int) {
	text := f.paragraphs[p]
	tokens := tokenize(text)
	if f.carried >= 0 && p-f.spans[f.carried].Paragraph >= Longest {
		f.carried = -1
	}
	s := scanner{text: text, tokens: tokens}
	if p+1 < len(f.paragraphs) {
		s.following = first(f.paragraphs[p+1])
	}
	if f.carried >= 0 {
		s.awaited = f.family
		s.resumes = f.spans[f.carried].Last == p-1 && len(tokens) > 0 && tokens[0].family == f.family &&
			blank(text[:tokens[0].start]) && tokens[0].end < len(text)
	}
	pieces := s.scan()
	if f.carried >= 0 && !s.continued && slices.ContainsFunc(pieces, func(q piece) bool { return q.family == f.family && q.state != NeverOpened }) {
		f.carried = -1
	}
	for _, q := range pieces {
		f.add(p, q)
	}
}

// first is the first character of a text that is no white space; 0 without.
func first(text []rune) rune {
	for _, r := range text {
		if !unicode.IsSpace(r) {
			return r
		}
	}
	return 0
}

func blank(text []rune) bool {
	return !slices.ContainsFunc(text, func(r rune) bool { return !unicode.IsSpace(r) })
}

// add adds a piece as a span of its own, or to the one that it goes on with.
func (f *finder) add(p int, q piece) {
	inside := Place{p, q.inner, q.outer}
	if q.resumed {
		span := &f.spans[f.carried]
		for between := span.Last + 1; between < p; between++ {
			span.Inside = append(span.Inside, Place{between, 0, len(f.paragraphs[between])})
		}
		span.Inside = append(span.Inside, inside)
		span.Last, span.End, span.State = p, q.end, q.state
		if q.state == Closed {
			f.carried = -1
		}
		return
	}
	f.spans = append(f.spans, Span{Paragraph: p, Start: q.start, Last: p, End: q.end, Inside: []Place{inside}, State: q.state})
	if q.state == NeverClosed && q.end == len(f.paragraphs[p]) {
		f.carried, f.family = len(f.spans)-1, q.family
	}
}

// scanner finds the pieces of one paragraph.
type scanner struct {
	text    []rune
	tokens  []token
	awaited family // of the span that the paragraph before left open; 0 without
	resumes bool   // the first mark says that it goes on

	following rune // with which the next paragraph begins; 0 without

	continued bool // it has gone on
	pieces    []piece
	stack     []opened
	top       [families]int // 1 + the place in the stack of the innermost of a family; 0 for none
	partner   []int         // of each token the one that closes it or that it closes, taken alone; -1 for none
	next      []int         // of each token the next of its family; -1 for none
}

// opened is a mark that has opened what is not closed yet.
type opened struct {
	token  int
	below  int // what top was before
	pieces int // how many there were
}

// scan passes the marks that only quote, and then, of those that may be apostrophes, the
// ones that stand outside.
func (s *scanner) scan() []piece {
	s.pair()
	for i, t := range s.tokens {
		switch {
		case t.family == single:
		case i == 0 && s.resumes:
			s.push(i)
		default:
			s.read(i)
		}
	}
	if len(s.stack) > 0 {
		s.abandon(0)
	}
	s.pieces = s.disjoint()
	s.singles()
	return s.disjoint()
}

// pair brings together the marks of each family that must open and must close by their
// place alone, so that a mark in doubt can tell whether those around it have theirs.
func (s *scanner) pair() {
	s.partner, s.next = make([]int, len(s.tokens)), make([]int, len(s.tokens))
	var open [families][]int
	var last [families]int
	for i := range s.tokens {
		t := &s.tokens[i]
		s.partner[i], s.next[i] = -1, -1
		if n := last[t.family]; n > 0 {
			s.next[n-1] = i
		}
		last[t.family] = i + 1
		stack := &open[t.family]
		switch does := t.does(); {
		case does == opens || does == either && len(*stack) == 0:
			*stack = append(*stack, i)
		case len(*stack) > 0:
			o := (*stack)[len(*stack)-1]
			*stack = (*stack)[:len(*stack)-1]
			s.partner[o], s.partner[i] = i, o
		}
	}
}

// does is what a mark does by its kind and its place.
func (t *token) does() side {
	switch {
	case t.strict, t.place == anywhere:
		return t.side
	case t.place == begins && t.side == closes, t.place == ends && t.side == opens:
		return either
	case t.place == begins:
		return opens
	}
	return closes
}

// read decides what the mark at i does.
func (s *scanner) read(i int) {
	t := &s.tokens[i]
	inner := s.top[t.family] - 1
	if t.measure && t.place != begins && s.measures(i, inner >= 0) {
		return
	}
	if inner < 0 {
		s.readOutside(i)
		return
	}
	o := s.stack[inner].token
	opener := &s.tokens[o]
	switch {
	case t.strict && t.side == opens:
		s.push(i)
	case t.does() == closes, t.does() == either:
		s.close(inner, i)
	case t.place == anywhere && (opener.low || opener.side == closes || s.partner[i] < 0):
		s.close(inner, i) // „ … “ and » … «
	case s.partner[o] >= 0 && s.partner[i] >= 0 || t.place == anywhere:
		s.push(i)
	case s.partner[i] < 0 && t.side == either:
		s.close(inner, i) // with a space on the wrong side
	default: // the one before is never closed
		s.abandon(inner)
		s.push(i)
	}
}

// readOutside decides what a mark does while none of its family is open.
func (s *scanner) readOutside(i int) {
	t := &s.tokens[i]
	switch does := t.does(); {
	case does == opens, does == either && (t.place != ends || s.next[i] >= 0):
		if byItself := isSpace(t.before) && isSpace(t.after) && t.side == either; !byItself || s.next[i] >= 0 {
			s.push(i)
		}
	case t.place == anywhere && s.openedLikewise(i):
		s.push(i)
	case t.end-t.start == 2 && IsSingle(t.r): // two single ones
	case len(s.stack) == 0 && (t.side == closes || !isSpace(t.before)):
		s.unopened(i)
	}
}

// openedLikewise reports whether a mark that mostly closes may open here, since the same closes
// what it opens, or its counterpart: ”så”, »so«.
func (s *scanner) openedLikewise(i int) bool {
	t, n := &s.tokens[i], s.next[i]
	if n < 0 || t.strict || s.awaited == t.family {
		return s.following == t.r
	}
	inward := t.r == '»' || t.r == '›'
	return s.tokens[n].r == t.r || inward && s.tokens[n].side == opens && s.tokens[n].place != begins && !isSpace(t.after)
}

// measures reports whether the mark at i, behind a digit, stands for inches or feet and ends no quotation.
func (s *scanner) measures(i int, inside bool) bool {
	n := s.next[i]
	if inside {
		return n >= 0 && s.tokens[n].does() == closes
	}
	return !isWord(s.tokens[i].after) || n >= 0 && s.tokens[n].measure || n < 0
}

func (s *scanner) push(i int) {
	f := s.tokens[i].family
	s.stack = append(s.stack, opened{i, s.top[f], len(s.pieces)})
	s.top[f] = len(s.stack)
}

// drop takes from the stack what stands above n, and n.
func (s *scanner) drop(n int) {
	for _, o := range slices.Backward(s.stack[n:]) {
		s.top[s.tokens[o.token].family] = o.below
	}
	s.stack = s.stack[:n]
}

// close ends what the nth of the stack has opened. What stands within it belongs to it.
func (s *scanner) close(n, i int) {
	o := s.stack[n]
	s.drop(n)
	s.pieces = append(s.pieces[:o.pieces], s.between(o.token, i))
}

// between is the piece between two marks.
func (s *scanner) between(open, end int) piece {
	a, b := s.tokens[open], s.tokens[end]
	return s.resuming(piece{start: a.start, inner: a.end, outer: b.start, end: b.end, family: a.family}, open)
}

// resuming marks a piece that goes on with the span before.
func (s *scanner) resuming(p piece, open int) piece {
	if open == 0 && s.resumes {
		p.resumed, s.continued = true, true
	}
	return p
}

// abandon ends what the nth of the stack and those above have opened: they are never closed.
func (s *scanner) abandon(n int) {
	for _, o := range s.stack[n:] {
		s.pieces = append(s.pieces, s.unclosed(o.token))
	}
	s.drop(n)
}

// unclosed is the piece behind a mark, as far as the paragraph goes.
func (s *scanner) unclosed(i int) piece {
	t := s.tokens[i]
	return s.resuming(piece{start: t.start, inner: t.end, outer: len(s.text), end: len(s.text), state: NeverClosed, family: t.family}, i)
}

// unopened ends at i what no mark of the paragraph has opened: what an earlier paragraph
// left open, or a quotation whose mark is missing.
func (s *scanner) unopened(i int) {
	t := s.tokens[i]
	p := piece{outer: t.start, end: t.end, state: NeverOpened, family: t.family}
	if s.awaited == t.family && !s.continued && !s.resumes && !slices.ContainsFunc(s.pieces, func(q piece) bool { return q.family == t.family }) {
		p.state, p.resumed, s.continued = Closed, true, true
	}
	s.pieces = append(s.pieces, p)
}

// disjoint are the pieces in order. One that lacks a mark reaches to the next, or back to the
// last.
func (s *scanner) disjoint() []piece {
	slices.SortStableFunc(s.pieces, func(a, b piece) int { return cmp.Compare(a.order(), b.order()) })
	kept, last := s.pieces[:0], 0
	for i, p := range s.pieces {
		if p.state == NeverClosed && i+1 < len(s.pieces) {
			end := s.pieces[i+1].start
			if s.pieces[i+1].missesStart() {
				end = s.pieces[i+1].outer
			}
			p.outer, p.end = max(p.inner, end), max(p.inner, end)
		}
		if p.missesStart() {
			p.start, p.inner = min(last, p.outer), min(last, p.outer)
		}
		if p.start >= last {
			kept, last = append(kept, p), p.end
		}
	}
	return kept
}

// missesStart reports whether no mark of the paragraph opens a piece.
func (p piece) missesStart() bool {
	return p.state == NeverOpened || p.resumed && p.inner == p.start
}

// order is where a piece is known to stand.
func (p piece) order() int {
	if p.missesStart() {
		return p.outer
	}
	return p.start
}
