package names

import (
	"strings"

	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// ReadPerson reads "Jane Roe, Harbour Master" and "Ambassador Jane Roe".
func ReadPerson(text string) (name, office string, ok bool) {
	r := NewReader(letters.Head(text, 120))
	titled := r.TakeTitles() && r.Last().After == ""
	name, ok = r.FullName()
	if !ok || !strings.HasPrefix(r.Last().After, ",") && !(titled && (r.Done() || r.Last().After != "")) {
		return "", "", false
	}
	return TitleCaseCaps(name), r.Peek(0).Folded, true
}

// FullNames lists the runs of a text that look like first and last names.
func FullNames(text string) []string {
	var names []string
	r := NewReader(text)
	for !r.Done() {
		start := r.At
		if name, ok := r.FullName(); ok && !letters.IsAllCaps(strings.Fields(name)[0]) {
			names = append(names, name)
			continue
		}
		r.At = start + 1
	}
	return names
}
