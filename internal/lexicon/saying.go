package lexicon

import (
	"regexp"
	"slices"
	"strings"
)

// Form is a form of a verb, by its place in the rows of a list.
type Form int

const (
	Infinitive Form = iota // say
	Third                  // says
	Past                   // said
	Participle             // saying
)

// SayingVerbs are forms of the verbs with which prose credits words to somebody: the
// one list of them.
func SayingVerbs(forms ...Form) []string {
	var verbs []string
	for _, row := range Rows("verbs of saying") {
		for _, form := range forms {
			verbs = append(verbs, row[form])
		}
	}
	slices.Sort(verbs)
	return slices.Compact(verbs)
}

// Any is the Pattern of a list.
func Any(name string) string { return Pattern(Phrases(name)) }

// Pattern is a regular expression for any of the items, the longest first, so that
// none is taken for the beginning of another. An apostrophe may be a typographic one, and
// an asterisk stands for any ending.
func Pattern(items []string) string {
	spelling := strings.NewReplacer("'", "['’]", `\*`, `\w*`)
	quoted := make([]string, len(items))
	for i, item := range items {
		quoted[i] = spelling.Replace(regexp.QuoteMeta(item))
	}
	slices.SortFunc(quoted, func(a, b string) int {
		if len(a) != len(b) {
			return len(b) - len(a)
		}
		return strings.Compare(a, b)
	})
	return "(?:" + strings.Join(quoted, "|") + ")"
}

// Union is the words of several sets.
func Union(sets ...map[string]bool) map[string]bool {
	union := map[string]bool{}
	for _, set := range sets {
		for word := range set {
			union[word] = true
		}
	}
	return union
}

// Set is a list of words as a set.
func Set(words []string) map[string]bool {
	set := make(map[string]bool, len(words))
	for _, word := range words {
		set[word] = true
	}
	return set
}
