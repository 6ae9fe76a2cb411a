package lexicon

import (
	"slices"
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
