package names

import (
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/lexicon"
)

// Same reports whether two names may be one person's: first and last name
// are the same, middle names apart, and Mike is Michael.
func Same(a, b string) bool {
	x, y := strings.Fields(lexicon.Fold(a)), strings.Fields(lexicon.Fold(b))
	if len(x) == 0 || len(y) == 0 {
		return false
	}
	return inFull(x[0]) == inFull(y[0]) && x[len(x)-1] == y[len(y)-1]
}

// inFull is the given name of which a folded one is the short form.
func inFull(given string) string {
	if full := nicknames()[given]; full != "" {
		return full
	}
	return given
}

// nicknames are the full forms of given names under their short forms, of which a form
// of two names has none.
var nicknames = sync.OnceValue(func() map[string]string {
	full := map[string]string{}
	for _, forms := range lexicon.Rows("nicknames") {
		for _, form := range forms {
			if _, twice := full[form]; twice {
				delete(full, form)
				continue
			}
			full[form] = forms[0]
		}
	}
	return full
})

// AddName adds a name unless a variant of it is there: Jane Roe, Jane A. Roe.
func AddName(names []string, name string) []string {
	for _, known := range names {
		if Same(known, name) {
			return names
		}
	}
	return append(names, name)
}

// GivenName is the first word of a name, folded.
func GivenName(name string) string {
	first, _, _ := strings.Cut(lexicon.Fold(name), " ")
	return first
}

func InitialsOf(name string) string {
	var b strings.Builder
	for _, w := range strings.Fields(lexicon.Fold(name)) {
		r, _ := utf8.DecodeRuneInString(w)
		b.WriteRune(r)
	}
	return b.String()
}
