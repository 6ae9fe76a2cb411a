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

// Pattern is a regular expression for any of the items. They stand in the reverse of
// their order, so that none is taken for the beginning of another and those that begin
// alike stand together, which lets the expression be compiled to one that is quick. An
// apostrophe may be a typographic one, and an asterisk stands for any ending.
func Pattern(items []string) string {
	spelling := strings.NewReplacer("'", "['’]", `\*`, `\w*`)
	sorted := slices.SortedFunc(slices.Values(items), func(a, b string) int { return strings.Compare(b, a) })
	for i, item := range sorted {
		sorted[i] = spelling.Replace(regexp.QuoteMeta(item))
	}
	return "(?:" + strings.Join(sorted, "|") + ")"
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
