package lexicon

import (
	"regexp"
	"slices"
	"strings"
)

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
