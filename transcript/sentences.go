package transcript

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sentences divides text into sentences, the units of quotation. The spans
// count code points of text; they are in order, do not overlap, have no white
// space at their ends, and together hold everything that is not white space.
//
// A full stop ends a sentence unless it belongs to an abbreviation, an initial
// or a number; where it may do both (U.S.), the next word decides. A paragraph
// always ends one, and a stage direction in brackets after a sentence is one of
// its own. A wrong boundary makes a quotation longer or shorter, never false.
func Sentences(text string) []Span {
	s := splitter{text: text}
	for s.at < len(text) {
		s.step()
	}
	s.cut()
	return s.spans
}

// Sentences divides the turn; the spans are offsets in the canonical text.
func (t Turn) Sentences() []Span {
	spans := Sentences(t.Text)
	for i := range spans {
		spans[i].Start += t.Start
		spans[i].End += t.Start
	}
	return spans
}

// splitter walks through a text once, in bytes and code points together.
type splitter struct {
	text  string
	at    int // byte
	rune  int // code point
	spans []Span

	inside           bool // a sentence has begun
	start, startByte int  // where it did
	end              int  // code point after its last character that is not white space
	newlines         int  // since that character
}

// step takes one character, or a full stop with all that belongs to it.
func (s *splitter) step() {
	r := s.next()
	switch {
	case unicode.IsSpace(r):
		if r == '\n' {
			if s.newlines++; s.newlines == 2 {
				s.cut()
			}
		}
		return
	case !s.inside:
		s.inside = true
		s.start, s.startByte = s.rune-1, s.at-utf8.RuneLen(r)
	}
	s.end, s.newlines = s.rune, 0
	if isTerminator(r) {
		s.terminate(r)
	}
}

// next reads a character.
func (s *splitter) next() rune {
	r, size := rune(s.text[s.at]), 1
	if r >= utf8.RuneSelf {
		r, size = utf8.DecodeRuneInString(s.text[s.at:])
	}
	s.at += size
	s.rune++
	return r
}

// cut ends the sentence that has begun.
func (s *splitter) cut() {
	if s.inside {
		s.spans = append(s.spans, Span{s.start, s.end})
		s.inside = false
	}
}

func isTerminator(r rune) bool {
	switch r {
	case '.', '?', '!', '…', '。', '！', '？', '｡':
		return true
	}
	return false
}

func isWide(r rune) bool { return r == '。' || r == '！' || r == '？' || r == '｡' }

// terminate takes the rest of a final punctuation and decides whether the
// sentence ends with it.
func (s *splitter) terminate(first rune) {
	m := stop{first: first, before: s.at - utf8.RuneLen(first), count: 1}
	for s.at < len(s.text) {
		r, _ := utf8.DecodeRuneInString(s.text[s.at:])
		if isTerminator(r) {
			m.count++
			m.asks = m.asks || r == '?' || r == '!'
		} else if isCloser(r) {
			m.closers++
			m.quoted = m.quoted || strings.ContainsRune("\"'”’»", r)
		} else {
			break
		}
		if isTerminator(r) && m.closers > 0 && !isWide(r) {
			m.closers = 0
		}
		s.next()
		s.end = s.rune
	}
	m.text, m.sentence, m.after = s.text, s.startByte, s.at
	if m.ends() {
		s.cut()
	}
}

func isCloser(r rune) bool {
	return strings.ContainsRune(")]}\"'”’»›」』】）*_", r)
}

// stop is a final punctuation in its context; positions are bytes.
type stop struct {
	text     string
	sentence int // where the sentence begins
	before   int // where the punctuation begins
	after    int // where it ends, closing quotes and brackets included
	first    rune
	count    int  // marks: 3 in "..."
	closers  int  // quotes and brackets after it
	asks     bool // holds ? or ! after the first mark
	quoted   bool // a quotation mark closes
}

// ends reports whether the sentence ends here.
func (m stop) ends() bool {
	if m.after == len(m.text) {
		return true
	}
	next, _ := utf8.DecodeRuneInString(m.text[m.after:])
	if isWide(m.first) {
		return true
	}
	if !unicode.IsSpace(next) {
		return false
	}
	f := follower(m.text[m.after:])
	switch {
	case f.paragraph:
		return true
	case m.first == '?' || m.first == '!' || m.asks:
		return !f.lower || !m.quoted && m.first == '?'
	case m.first == '…' || m.count > 1:
		return f.upper && !f.pronounI() || f.opens && !f.lower
	}
	return m.fullStopEnds(f)
}

// following is what comes after a final punctuation.
type following struct {
	word      string
	lower     bool // begins with a small letter
	upper     bool
	digit     bool
	opens     bool // a quotation mark or bracket comes first
	bracket   bool
	paragraph bool // a new paragraph, or nothing more
}

func (f following) pronounI() bool {
	return f.word == "I" || strings.HasPrefix(f.word, "I'") || strings.HasPrefix(f.word, "I’")
}

// follower reads the next word of a text that begins with white space.
func follower(s string) following {
	trimmed := strings.TrimLeftFunc(s, unicode.IsSpace)
	f := following{paragraph: trimmed == "" || strings.Count(s[:len(s)-len(trimmed)], "\n") > 1}
	word := strings.TrimLeft(trimmed, "([{\"'“‘«„¿¡—–-*_")
	f.opens = word != trimmed
	f.bracket = strings.HasPrefix(trimmed, "(") || strings.HasPrefix(trimmed, "[")
	end := strings.IndexFunc(word[:min(len(word), 40)], func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '’' && r != utf8.RuneError
	})
	if end < 0 {
		end = min(len(word), 40)
	}
	f.word = word[:end]
	first, _ := utf8.DecodeRuneInString(word)
	f.lower, f.digit = unicode.IsLower(first), unicode.IsDigit(first)
	f.upper = unicode.IsUpper(first)
	return f
}

// fullStopEnds decides for a single full stop by the word before it and the
// word after it.
func (m stop) fullStopEnds(f following) bool {
	word := m.word()
	lower := strings.ToLower(word)
	starter := sentenceStarters[strings.ToLower(f.word)]
	switch {
	case m.closers > 0:
		return !f.lower || f.bracket
	case word == "":
		return !f.lower
	case m.opensSentence(word) && (isInitialWord(word) || isNumber(word)):
		return false
	case isInitialWord(word) && word != "I":
		return starter || f.bracket || f.digit && !f.upper
	case numberAbbreviations[lower]:
		return !f.digit && !isRoman(f.word) && (!f.lower || lower == "no")
	case months[lower]:
		return !f.digit && starter
	case titleAbbreviations[lower]:
		return false
	case neverFinal[lower]:
		return false
	case lower == "a.m" || lower == "p.m":
		return f.upper && !afterClock[strings.ToLower(f.word)] || f.bracket
	case strings.Contains(word, ".") && !strings.ContainsAny(word, "@/0123456789") || maybeFinal[lower]:
		return starter || f.opens && !f.lower
	case f.lower && !f.bracket:
		return len(word) >= 4 && strings.ToLower(word) == word && isLetters(word)
	}
	return true
}

// word is the word right before the punctuation, with the full stops inside it.
func (m stop) word() string {
	start := m.before
	for start > m.sentence && m.before-start < 48 {
		r, size := utf8.DecodeLastRuneInString(m.text[m.sentence:start])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune(".'’@/&", r) {
			break
		}
		start -= size
	}
	return strings.TrimLeft(m.text[start:m.before], ".'’")
}

// opensSentence reports whether nothing but the word stands before the stop.
func (m stop) opensSentence(word string) bool {
	return m.before-m.sentence == len(word)
}

func isInitialWord(word string) bool {
	r, size := utf8.DecodeRuneInString(word)
	return size == len(word) && unicode.IsUpper(r)
}

func isNumber(word string) bool {
	return word != "" && strings.Trim(word, "0123456789.") == "" && len(word) <= 3
}

func isLetters(word string) bool {
	return strings.IndexFunc(word, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '’' }) < 0
}
