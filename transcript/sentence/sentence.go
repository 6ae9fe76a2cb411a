// Package sentence divides text into sentences, the units that may be quoted.
//
// The rules are our own because general splitters fail on speech: they end a sentence
// behind "Mr.", "U.S." and "Jan.", and join what a stage direction or a paragraph
// divides. A wrong boundary makes a quotation longer or shorter, never false: a span is
// always a part of the text as it stands.
package sentence

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// Span is a range of code points in a text, end exclusive.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Touching are the first and the last of some sentences in order that share characters with a
// span; first is -1 where none does.
func Touching(sentences []Span, span Span) (first, last int) {
	first = -1
	for i, s := range sentences {
		if s.Start < span.End && span.Start < s.End {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	return first, last
}

// Split divides a text into sentences. The spans are in order, do not overlap, have no
// white space at their ends, and together hold everything that is not white space.
//
// A full stop ends a sentence unless it belongs to an abbreviation, an initial or a
// number; where it may do both (U.S.), the next word decides. The end of a paragraph,
// which is a blank line, always ends one, and so does the line before an item of a
// list. A stage direction in brackets after a sentence is a sentence of its own.
//
// Where no sentence ends for Longest characters, one is divided at the next blank, or, where
// none follows for as long again, between two characters.
func Split(text string) []Span {
	s := splitter{text: text}
	for s.at < len(text) {
		s.step()
	}
	s.cut()
	return s.spans
}

// Longest is how many code points a sentence may have before it is divided: twice as many as
// the longest of 25,000 that were said in hearings, briefings and interviews. What is longer
// has no punctuation, and would be quoted whole wherever one of its words is found.
const Longest = 2_000

// splitter walks through a text once, in bytes and code points together.
type splitter struct {
	text  string
	at    int // byte
	runes int // code points up to at
	spans []Span

	inside    bool // a sentence has begun and not ended yet
	start     int  // code point at which it began
	startByte int  // the same in bytes
	end       int  // code point behind its last character that is not white space
	newlines  int  // since that character
}

// step passes one character, or final punctuation with the closing quotes and brackets
// that belong to it, and ends the sentence where one ends.
func (s *splitter) step() {
	at := s.at
	r := s.next()
	switch length := s.runes - 1 - s.start; {
	case !s.inside:
	case length >= Longest && unicode.IsSpace(r), length >= 2*Longest && !unicode.IsMark(r):
		s.cut()
	}
	if unicode.IsSpace(r) {
		if r == '\n' {
			s.newlines++
		}
		if s.newlines == 2 || r == '\n' && s.inside && letters.IsListItem(s.text[s.at:]) {
			s.cut()
		}
		return
	}
	if !s.inside {
		s.inside, s.start, s.startByte = true, s.runes-1, at
	}
	s.end, s.newlines = s.runes, 0
	switch {
	case isTerminator(r):
		s.terminate(r, at)
	case r == ')' || r == ']':
		if isStageDirection(s.text[s.startByte:s.at]) && follows(s.text[s.at:]).upper {
			s.cut()
		}
	}
}

// next passes one character.
func (s *splitter) next() rune {
	r, size := rune(s.text[s.at]), 1
	if r >= utf8.RuneSelf {
		r, size = utf8.DecodeRuneInString(s.text[s.at:])
	}
	s.at += size
	s.runes++
	return r
}

// cut ends the open sentence, if there is one.
func (s *splitter) cut() {
	if s.inside {
		s.spans = append(s.spans, Span{s.start, s.end})
		s.inside = false
	}
}

// terminate passes the rest of final punctuation that began with first at a byte, closing
// quotes and brackets included, and decides whether the sentence ends with it.
func (s *splitter) terminate(first rune, at int) {
	m := stop{text: s.text, sentence: s.startByte, before: at, first: first, marks: 1}
	for s.at < len(s.text) && s.runes-s.start < 2*Longest {
		r, _ := utf8.DecodeRuneInString(s.text[s.at:])
		switch {
		case isTerminator(r):
			m.marks++
			m.asks = m.asks || r == '?' || r == '!'
			m.closed = false
		case isCloser(r) || closesAlso(s.text[s.at:]):
			m.closed = true
			m.quoted = m.quoted || strings.ContainsRune("\"'”’»“«", r)
		case unicode.IsSpace(r) && m.goesOnBehindBlank(s.text[s.at:]):
			m.quoted = m.quoted || first != '.'
			s.next()
			continue
		default:
			m.after = s.at
			if m.ends() {
				s.cut()
			}
			return
		}
		s.next()
		s.end = s.runes
	}
	s.cut()
}

// isTerminator reports whether a character may end a sentence, in any script.
func isTerminator(r rune) bool {
	switch r {
	case '.', '?', '!', '…', '。', '！', '？', '｡', '．', '।', '॥', '؟', '۔', '።', '։', '។', '៕', '။':
		return true
	}
	return false
}

// isCloser reports whether a character closes a quotation, a bracket or emphasis, and so
// belongs to the sentence whose final punctuation stands before it.
func isCloser(r rune) bool {
	return strings.ContainsRune(")]}\"'”’»›」』】）*_", r)
}

// closesAlso reports whether a text begins with a quotation mark that opens in English
// but closes in German or Danish, and closes here: no word follows it.
func closesAlso(s string) bool {
	r, size := utf8.DecodeRuneInString(s)
	if !strings.ContainsRune("“«‘", r) {
		return false
	}
	next, _ := utf8.DecodeRuneInString(s[size:])
	return !unicode.IsLetter(next) && !unicode.IsDigit(next)
}

// isStageDirection reports whether a text is a stage direction of one word in brackets:
// [Applause].
func isStageDirection(s string) bool {
	return len(s) < longestStageDirection && strings.ContainsAny(s[:1], "[(") && stageWords[lexicon.Bare(s)]
}

const longestStageDirection = 40 // bytes

var stageWords = lexicon.Words("stage directions")
