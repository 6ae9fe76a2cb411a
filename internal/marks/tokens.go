package marks

import (
	"strings"
	"unicode"

	"github.com/pullquote/pullquote/internal/words"
)

// token is a mark at its place in a paragraph, with what it may do there.
type token struct {
	mark
	r          rune
	start, end int
	place
	before, after rune // the characters beside it, marks passed over; 0 at the ends
	measure       bool // it may stand for inches or feet: a digit comes before
}

// place is what a mark may do by the characters beside it.
type place uint8

const (
	anywhere place = iota // they leave it open
	begins                // something begins here
	ends                  // something ends here
)

// deepest is how many marks may stand side by side. What has more is a line that is drawn.
const deepest = 4

// tokenize finds the marks of a paragraph.
func tokenize(text []rune) []token {
	var tokens []token
	for i := 0; i < len(text); {
		n := 1
		for i+n < len(text) && text[i+n] == text[i] {
			n++
		}
		m, doubled := twice[text[i]]
		if !(doubled && n == 2) {
			if m = table[text[i]]; m.family == 0 || n > deepest {
				i += n
				continue
			}
			n = 1
		}
		if t := newToken(text, m, i, i+n); !t.inWord(text) {
			tokens = append(tokens, t)
		}
		i += n
	}
	return tokens
}

func newToken(text []rune, m mark, start, end int) token {
	t := token{mark: m, r: text[start], start: start, end: end}
	t.before, t.after = beside(text, start-1, -1), beside(text, end, 1)
	t.measure = start > 0 && unicode.IsDigit(text[start-1]) && m.side != opens && (m.family == double || m.family == single)
	t.place = t.placed(text)
	return t
}

// beside is the first character that is seen and is no mark from i on, in a direction; 0 at the end.
func beside(text []rune, i, step int) rune {
	for n := 0; i >= 0 && i < len(text); i += step {
		r := text[i]
		if unicode.Is(unicode.Cf, r) {
			continue
		}
		if n++; !Is(r) || n > deepest {
			return r
		}
	}
	return 0
}

// placed reads the surroundings of a mark.
func (t *token) placed(text []rune) place {
	start, open := isStart(t.before), t.leads(text)
	switch {
	case unspaced(t.before) && isWord(t.after), isWord(t.before) && unspaced(t.after), t.before == ':' && isSpace(t.after):
		return anywhere // no space says whether it belongs to the left or to the right
	case !open && (isStop(t.after) || unicode.Is(unicode.Pe, t.after)):
		return ends
	case start && open:
		return begins
	case !start && !open:
		return ends
	}
	return anywhere
}

// leads reports whether what follows a mark can begin a quotation.
func (t *token) leads(text []rune) bool {
	switch r := t.after; {
	case isWord(r), strings.ContainsRune("([{¿¡…#@&", r), unicode.Is(unicode.Sc, r):
		return true
	case r == '.': // an ellipsis, or a fraction
		next := runeAt(text, t.end+1)
		return runeAt(text, t.end) == '.' && (next == '.' || unicode.IsDigit(next))
	case isDash(r):
		return isStart(t.before) && !isDash(t.before) && t.side != closes
	}
	return false
}

// inWord reports whether a mark is a part of a word: an apostrophe, or gershayim in a Hebrew
// abbreviation.
func (t *token) inWord(text []rune) bool {
	before, after := runeAt(text, t.start-1), runeAt(text, t.end)
	switch {
	case t.r == ',':
		return isWord(before) && !unspaced(before) || !isWord(t.after) && !isSpace(t.after)
	case unicode.Is(unicode.Hebrew, before) && unicode.Is(unicode.Hebrew, after):
		return t.side == either
	case t.family != single || unspaced(before) || unspaced(after):
		return false
	}
	return isWord(before) && (isWord(after) || after == '(') // f'(x)
}

// runeAt is the character at i; 0 outside the text.
func runeAt(text []rune, i int) rune {
	if i < 0 || i >= len(text) {
		return 0
	}
	return text[i]
}

func isSpace(r rune) bool { return r == 0 || unicode.IsSpace(r) }

func isDash(r rune) bool { return unicode.Is(unicode.Pd, r) }

// isWord reports whether a character belongs to a word.
func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// isStart reports whether a quotation begins behind a character rather than ends.
func isStart(r rune) bool {
	switch {
	case isSpace(r), isDash(r), strings.ContainsRune(":/|¿¡：", r):
		return true
	case isWord(r), isStop(r), unicode.Is(unicode.Pe, r), strings.ContainsRune("%‰°", r), unicode.Is(unicode.Sc, r), unicode.Is(unicode.No, r):
		return false
	}
	return true
}

// isStop reports whether a character ends a sentence or a part of one.
func isStop(r rune) bool {
	return r != ':' && r != '：' && unicode.Is(unicode.Terminal_Punctuation, r) || r == '…'
}

// unspaced reports whether what follows a quotation is written without a space behind it: in scripts
// without spaces, and in Korean, whose particles join it.
func unspaced(r rune) bool { return words.ByCharacter(r) }
