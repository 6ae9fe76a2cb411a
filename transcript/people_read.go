package transcript

import "strings"

// readPerson reads "Jane Roe, Harbour Master" and "Ambassador Jane Roe".
func readPerson(text string) (name, office string, ok bool) {
	r := newReader(head(text, 120))
	titled := r.takeTitles() && r.last().after == ""
	name, ok = r.fullName()
	if !ok || !strings.HasPrefix(r.last().after, ",") && !(titled && (r.done() || r.last().after != "")) {
		return "", "", false
	}
	return titleCaseCaps(name), r.peek(0).folded, true
}

// fullNames lists the runs of a text that look like first and last names.
func fullNames(text string) []string {
	var names []string
	r := newReader(text)
	for !r.done() {
		start := r.at
		if name, ok := r.fullName(); ok && !isAllCaps(strings.Fields(name)[0]) {
			names = append(names, name)
			continue
		}
		r.at = start + 1
	}
	return names
}
