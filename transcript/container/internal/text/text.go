// Package text has what all containers need to know of characters, words and lines:
// which characters nobody sees, where lines end, how far they are indented.
//
// It is the lowest floor of package container: strings in, strings out, and nothing
// yet of files or speakers.
package text

import "strings"

// WordSet is the set of the words of a list that white space divides.
func WordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// OneLine is a text on one line: all white space is one blank, and none is left at
// the ends.
func OneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// IsBracketed reports whether a text is one pair of brackets and what they hold, as
// directions are: (Applause.)
func IsBracketed(s string) bool {
	s = strings.Trim(s, " \u00a0\u3000.")
	for _, pair := range [][2]string{{"(", ")"}, {"[", "]"}, {"（", "）"}, {"〔", "〕"}} {
		if strings.HasPrefix(s, pair[0]) && strings.HasSuffix(s, pair[1]) && strings.Count(s, pair[0]) == 1 {
			return true
		}
	}
	return false
}
