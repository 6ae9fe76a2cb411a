package names

import (
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// IsPlace reports whether a line is the name of a town with its state or country:
// Washington, DC.
func IsPlace(s string) bool {
	if len(s) > longestPlace || strings.ContainsAny(s, ":;?!") {
		return false
	}
	comma := strings.LastIndexByte(s, ',')
	if comma <= 0 {
		return false
	}
	for _, w := range strings.Fields(s[:comma]) {
		if letters.StartsLower(w) && !lexicon.Particles[w] && !lexicon.OfficeLinks[w] {
			return false
		}
	}
	return isRegion(strings.Trim(s[comma+1:], " .)"))
}

const longestPlace = 70 // bytes

// isRegion reports whether a text is the name of a state or a country.
func isRegion(s string) bool {
	return regions[strings.ToLower(s)]
}

// regions are states and countries, which stand behind a town and a comma.
var regions = lexicon.Words("regions")
