package names

import (
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// IsPlace reports whether a line is a town with its region: Washington, DC.
func IsPlace(s string) bool {
	if len(s) > 70 || strings.ContainsAny(s, ":;?!") {
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

// isRegion reports whether s is a state or a country.
func isRegion(s string) bool {
	return regions[strings.ToLower(s)]
}

// regions may stand after a town and a comma.
var regions = lexicon.Words("regions")
