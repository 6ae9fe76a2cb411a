package names

import (
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/lexicon"
)

// Same reports whether two names may be one person's: the given name and the surname are
// the same. Middle names do not count, and Mike is Michael.
func Same(a, b string) bool {
	key := Key(a)
	return key != "" && key == Key(b)
}

// Key is the same for names that may be one person's; empty if a name has no words.
func Key(name string) string {
	name = lexicon.Fold(name)
	if name == "" {
		return ""
	}
	given, _, _ := strings.Cut(name, " ") // blanks are single
	return inFull(given) + " " + name[strings.LastIndexByte(name, ' ')+1:]
}

// inFull is the given name of which another is the short form, both folded; the name
// itself if it is none.
func inFull(given string) string {
	if full := nicknames()[given]; full != "" {
		return full
	}
	return given
}

// nicknames are the full forms of given names under all their forms. A short form of two
// different names has none.
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

// AddName adds a name to a list unless a variant of it is there: Jane Roe, Jane A. Roe.
func AddName(names []string, name string) []string {
	for _, known := range names {
		if Same(known, name) {
			return names
		}
	}
	return append(names, name)
}

// GivenName is the given name of a name, folded: its first word.
func GivenName(name string) string {
	first, _, _ := strings.Cut(lexicon.Fold(name), " ")
	return first
}

// InitialsOf are the first letters of all words of a name, folded: jr of Jane Roe.
func InitialsOf(name string) string {
	var b strings.Builder
	for _, w := range strings.Fields(lexicon.Fold(name)) {
		r, _ := utf8.DecodeRuneInString(w)
		b.WriteRune(r)
	}
	return b.String()
}
