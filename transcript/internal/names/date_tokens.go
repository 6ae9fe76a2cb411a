package names

import (
	"unicode"

	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// dateToken is a number, a word, or a single Han character of a line.
type dateToken struct {
	text       string
	start, end int
	number     bool
}

// dateTokens divides the start of a line into tokens.
func dateTokens(s string) []dateToken {
	s = letters.Head(s, longestDated)
	var tokens []dateToken
	for i, r := range s {
		digit, letter := r >= '0' && r <= '9', unicode.IsLetter(r) || unicode.Is(unicode.Mn, r)
		if !digit && !letter {
			continue
		}
		if last := len(tokens) - 1; last >= 0 && tokens[last].end == i && tokens[last].number == digit && !unicode.Is(unicode.Han, r) {
			tokens[last].end = i + len(string(r))
			tokens[last].text = s[tokens[last].start:tokens[last].end]
			continue
		}
		tokens = append(tokens, dateToken{s[i : i+len(string(r))], i, i + len(string(r)), digit})
	}
	return tokens
}

const longestDated = 600 // bytes of a line's start in which a date is looked for
