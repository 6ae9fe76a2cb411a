// Package sentence divides text into sentences, the units that may be quoted.
//
// The rules are our own because general splitters fail on speech: they end a sentence
// behind "Mr.", "U.S." and "Jan.", and join what a stage direction or a paragraph
// divides. A wrong boundary makes a quotation longer or shorter, never false.
package sentence

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// Span is a range of code points, end exclusive.
type Span struct{ Start, End int }

// Split divides text into sentences, the units of quotation. The spans
// count code points of text; they are in order, do not overlap, have no white
// space at their ends, and together hold everything that is not white space.
//
// A full stop ends a sentence unless it belongs to an abbreviation, an initial
// or a number; where it may do both (U.S.), the next word decides. A paragraph
// always ends one, and a stage direction in brackets after a sentence is one of
// its own. A wrong boundary makes a quotation longer or shorter, never false.
func Split(text string) []Span {
	s := splitter{text: text}
	for s.at < len(text) {
		s.step()
	}
	s.cut()
	return s.spans
}

// splitter walks through a text once, in bytes and code points together.
type splitter struct {
	text  string
	at    int // byte
	runes int // code points up to at
	spans []Span

	inside           bool // a sentence has begun
	start, startByte int  // where it did
	end              int  // code point after its last character that is not white space
	newlines         int  // since that character
}

// step takes one character, or a final punctuation with all that belongs to it.
func (s *splitter) step() {
	at := s.at
	r := s.next()
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

// next reads a character.
func (s *splitter) next() rune {
	r, size := rune(s.text[s.at]), 1
	if r >= utf8.RuneSelf {
		r, size = utf8.DecodeRuneInString(s.text[s.at:])
	}
	s.at += size
	s.runes++
	return r
}

// cut ends the sentence that has begun.
func (s *splitter) cut() {
	if s.inside {
		s.spans = append(s.spans, Span{s.start, s.end})
		s.inside = false
	}
}

// terminate takes the rest of a final punctuation, closing quotes and brackets
// included, and decides whether the sentence ends with it.
func (s *splitter) terminate(first rune, at int) {
	m := stop{text: s.text, sentence: s.startByte, before: at, first: first, marks: 1}
	for s.at < len(s.text) {
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

func isTerminator(r rune) bool {
	switch r {
	case '.', '?', '!', '…', '。', '！', '？', '｡', '．', '।', '॥', '؟', '۔', '።', '։', '។', '៕', '။':
		return true
	}
	return false
}

func isCloser(r rune) bool {
	return strings.ContainsRune(")]}\"'”’»›」』】）*_", r)
}

// closesAlso reports whether a text begins with a mark that opens quotations
// here and closes them in German or Danish, where no word follows it.
func closesAlso(s string) bool {
	r, size := utf8.DecodeRuneInString(s)
	if !strings.ContainsRune("“«‘", r) {
		return false
	}
	next, _ := utf8.DecodeRuneInString(s[size:])
	return !unicode.IsLetter(next) && !unicode.IsDigit(next)
}

// isStageDirection recognises brackets with a word such as [Applause].
func isStageDirection(s string) bool {
	return len(s) < 40 && strings.ContainsAny(s[:1], "[(") && stageWords[lexicon.Bare(s)]
}

var stageWords = lexicon.Words("stage directions")
