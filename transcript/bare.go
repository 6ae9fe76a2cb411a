package transcript

import (
	"strings"
	"unicode"
)

// Q.  Will it hold?
// A.  It will.
// Q   Will it hold?

func cutBare(r labelReader, l line) (cut, bool) {
	s := l.text
	if len(s) < 3 || s[0] != 'Q' && s[0] != 'A' {
		return cut{}, false
	}
	rest, stop := strings.CutPrefix(s[1:], ".")
	n := blanks(rest)
	if n < 2 && !(stop && n == 1 && s[0] == 'Q') {
		return cut{}, false
	}
	return cut{label: r.read(s[:1]), rest: strings.TrimLeftFunc(rest, unicode.IsSpace)}, true
}
