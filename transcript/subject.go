package transcript

import "strings"

// findSubject finds who is interviewed: of the full names in title and
// introduction the one that both speak of most. Between two of equal weight it
// does not choose.
func (f *frontMatter) findSubject() string {
	title := f.title
	if publication := f.titlePublication(); publication != "" {
		_, title, _ = strings.Cut(title, publication)
	}
	candidates := map[string]int{} // name to weight
	var names []string
	add := func(name string, weight int) {
		if f.isAuthor(name) {
			return
		}
		for i, known := range names {
			switch {
			case sameName(known, name):
				candidates[known] += weight
				return
			case strings.HasSuffix(known, " "+name): // a title's "Weaver Jane Roe"
				names[i], candidates[name] = name, candidates[known]+weight
				return
			}
		}
		names = append(names, name)
		candidates[name] = weight
	}
	for _, name := range fullNames(title) {
		add(name, 4)
	}
	for _, name := range fullNames(f.introduction) {
		add(name, 1)
	}
	best, bestWeight, tied := "", 0, false
	for _, name := range names {
		weight := candidates[name] + min(5, f.timesIntroduced(name))
		if weight > bestWeight {
			best, bestWeight, tied = name, weight, false
		} else if weight == bestWeight {
			tied = true
		}
	}
	if tied || bestWeight < 3 {
		return ""
	}
	return best
}

func (f *frontMatter) isAuthor(name string) bool {
	for _, author := range f.authors {
		if fold(author) == fold(name) {
			return true
		}
	}
	return false
}

// timesIntroduced counts the surname in the introduction, and once more for
// each "spoke with" before the name.
func (f *frontMatter) timesIntroduced(name string) int {
	words := strings.Fields(name)
	surname := words[len(words)-1]
	n := strings.Count(f.introduction, surname)
	for _, phrase := range []string{"spoke with ", "talked to ", "talked with ", "spoke to ", "sat down with ", "interview with ", "interviewed "} {
		n += strings.Count(f.introduction, phrase+name)
	}
	return n
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
