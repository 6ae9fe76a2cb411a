package marks

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/pullquote/pullquote/internal/lexicon"
)

// singles finds the quotations between marks that may be apostrophes, outside of those that
// the other marks have found.
func (s *scanner) singles() {
	outer := slices.Clone(s.pieces)
	list := s.outside(outer)
	for n := 0; n < len(list); n++ {
		i := list[n]
		t := &s.tokens[i]
		resumed := i == 0 && s.resumes && t.family == single
		switch {
		case resumed, s.beginsSingle(list, n):
			if end := s.closesSingle(list, n, outer); end > n {
				s.pieces = append(s.pieces, s.between(i, list[end]))
				n = end
			} else if resumed || s.staysOpen(i) {
				s.pieces = append(s.pieces, s.unclosed(i))
			}
		case t.place == ends && t.speaks():
			s.unopened(i)
		}
	}
}

// outside are the single marks that no closed piece has inside. A double mark that
// opened nothing is two single ones.
func (s *scanner) outside(pieces []piece) []int {
	var list []int
	p := 0
	for i, t := range s.tokens {
		for p < len(pieces) && pieces[p].end <= t.start {
			p++
		}
		inside := p < len(pieces) && pieces[p].state != NeverOpened && pieces[p].start <= t.start
		if !inside && (t.family == single || t.end-t.start == 2 && IsSingle(t.r)) {
			list = append(list, i)
		}
	}
	return list
}

// beginsSingle reports whether a single mark can open a quotation.
func (s *scanner) beginsSingle(list []int, n int) bool {
	t := &s.tokens[list[n]]
	if t.place == begins || t.low {
		return true
	}
	if t.place != anywhere || s.isEnding(t) {
		return false
	}
	switch {
	case unspaced(t.before) || unspaced(t.after):
		return t.side != closes || n+1 < len(list) && s.tokens[list[n+1]].r == t.r || s.following == t.r
	case isStart(t.before):
		return n+1 < len(list) && !isWord(s.tokens[list[n+1]].after) // the marks have spaces inside
	}
	return isWord(t.after)
}

// isEnding reports whether a mark stands before the ending of an abbreviation: the U.S.'s.
func (s *scanner) isEnding(t *token) bool {
	end := t.end
	for end < len(s.text) && end-t.end <= longestEnding && unicode.IsLetter(s.text[end]) {
		end++
	}
	return endings[strings.ToLower(string(s.text[t.end:end]))]
}

// endings follow an apostrophe.
var endings = map[string]bool{"s": true, "d": true, "ll": true, "re": true, "ve": true, "m": true, "t": true, "n": true}

const longestEnding = 2

// closesSingle finds the mark that closes what the nth opens: the first that cannot be an
// apostrophe, or else the last that may be one, before the next quotation begins. Behind what
// is surely elided only one behind a comma or a stop does. It is n where there is none.
func (s *scanner) closesSingle(list []int, n int, outer []piece) int {
	t := &s.tokens[list[n]]
	elides, weak := t.elision(s.text), n
	for m := n + 1; m < len(list); m++ {
		c := &s.tokens[list[m]]
		switch {
		case c.place == begins && (elides != unlikely || c.elision(s.text) == unlikely):
			return s.weakly(n, weak, t)
		case c.place == begins, c.place == anywhere && s.isEnding(c), c.side == opens && !t.low && c.r != t.r && !isStop(c.before):
		case c.speaks(), c.place == anywhere && elides != certain, t.low && c.side == opens:
			return m
		case elides == certain:
		case c.firm():
			return m
		case elides == unlikely && !(t.side == either && s.holds(outer, t.end, c.start)):
			weak = m
		}
	}
	return s.weakly(n, weak, t)
}

// weakly is the mark that may be an apostrophe as the one that closes what the nth opens, unless
// the next paragraph opens again.
func (s *scanner) weakly(n, weak int, t *token) int {
	if s.following == t.r {
		return n
	}
	return weak
}

// holds reports whether one of the pieces stands between two places.
func (s *scanner) holds(pieces []piece, from, to int) bool {
	n, _ := slices.BinarySearchFunc(pieces, from, func(p piece, at int) int { return cmp.Compare(p.start, at) })
	return n < len(pieces) && pieces[n].start < to
}

// speaks reports whether a mark closes what ends like speech, behind a comma or a stop.
func (t *token) speaks() bool {
	return t.place != begins && (isStop(t.before) || isDash(t.before))
}

// firm reports whether a mark that closes is no apostrophe of a plural or a measure.
func (t *token) firm() bool { return !t.measure && !strings.ContainsRune("sSzxZX", t.before) }

// staysOpen reports whether a mark that nothing closes opens a quotation all the same.
func (s *scanner) staysOpen(i int) bool {
	t := &s.tokens[i]
	if !isWord(t.after) || t.elision(s.text) != unlikely {
		return false
	}
	apostrophe := strings.ContainsRune(hesitant, t.r) || t.side == closes && t.before != ':'
	return s.following == t.r || (t.place == begins || t.low) && !apostrophe
}

// elision is how likely a mark stands for what is left out of a word or a year.
type elision uint8

const (
	unlikely elision = iota
	likely           // 'round, with which a quotation may begin as well
	certain          // 'tis, '90s
)

func (t *token) elision(text []rune) elision {
	if t.low || t.end-t.start == 2 {
		return unlikely
	}
	end := t.end
	for end < len(text) && end-t.end <= longestElided && isWord(text[end]) {
		end++
	}
	word := strings.ToLower(string(text[t.end:end]))
	year := strings.TrimSuffix(word, "s")
	switch {
	case elidedOnly[word], len(year) == 2 && strings.Trim(year, "0123456789") == "", len(word) == 1 && elided[word]:
		return certain
	case elided[word]:
		return likely
	}
	return unlikely
}

var (
	elidedOnly = lexicon.Words("elided words that are no others")
	elided     = lexicon.Union(lexicon.Words("elided words"), lexicon.Words("elided words of dialects"))
)

const longestElided = 8 // letters
