package export

import (
	"slices"
	"strings"
	"unicode"

	"github.com/pullquote/pullquote/internal/lexicon"
)

// personName is a name in the parts by which bibliographies sort. A name that
// cannot be divided with certainty, such as those in scripts that put the family
// first, or a label that is none, is literal.
type personName struct {
	given, family, suffix string
	literal               string
}

var suffixes = lexicon.Words("suffixes of names")

// readName divides a name. A title before it is no given name: of Mr. Dias only the family name
// is known, and no initial is made up.
func readName(name string) personName {
	words := strings.Fields(name)
	first := 0
	for first < len(words)-1 && lexicon.IsTitle(words[first]) {
		first++
	}
	words = words[first:]
	var n personName
	if last := len(words) - 1; last > 1 && suffixes[lexicon.Bare(words[last])] {
		n.suffix = words[last]
		words = words[:last]
		words[last-1] = strings.TrimSuffix(words[last-1], ",")
	}
	least := 2
	if first > 0 {
		least = 1
	}
	if len(words) < least || len(words) > 5 || !isLatin(name) || strings.Contains(name, ",") && n.suffix == "" || slices.ContainsFunc(words, isNoName) {
		return personName{literal: name}
	}
	family := len(words) - 1
	for family > 1 && lexicon.Particles[strings.ToLower(words[family-1])] || family == 1 && lexicon.Particles[words[0]] { // Van Morrison, but Mr. van Dam
		family--
	}
	n.given, n.family = strings.Join(words[:family], " "), strings.Join(words[family:], " ")
	return n
}

// isNoName reports whether a word stands in no person's name: in a label such as Speaker 2.
func isNoName(word string) bool {
	return !lexicon.IsNameWord(word) && !lexicon.Particles[strings.ToLower(word)]
}

func isLatin(s string) bool {
	for _, r := range s {
		if unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) {
			return false
		}
	}
	return true
}

// inverted is "Roe, Jane".
func (n personName) inverted() string {
	if n.literal != "" {
		return n.literal
	}
	return join(", ", n.family, n.given, n.suffix)
}

// abbreviated is "Roe, J. A.".
func (n personName) abbreviated() string {
	if n.literal != "" {
		return n.literal
	}
	var initials []string
	for _, w := range strings.Fields(n.given) {
		initials = append(initials, string([]rune(w)[:1])+".")
	}
	return join(", ", n.family, strings.Join(initials, " "), n.suffix)
}

// join joins what is not empty.
func join(separator string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), separator)
}
