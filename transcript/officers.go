package transcript

import "strings"

// readOfficers gathers who is named with an office before the name: of "Remarks
// by President Roe" the President is Roe.
func (f *frontMatter) readOfficers(text string) {
	r := newReader(text)
	for !r.done() {
		start := r.at
		if !r.takeTitles() {
			r.at++
			continue
		}
		titles := r.words[start:r.at]
		name, ok := r.name()
		if office := foldWords(titles); ok && !honorifics[office] {
			if !strings.Contains(name, " ") {
				name = titleCase(join(titles)) + " " + titleCase(name)
			}
			f.officers[office] = append(f.officers[office], titleCaseCaps(name))
		}
	}
}

// officer is the one person who is named with an office; a full name goes before
// a surname.
func (f *frontMatter) officer(office string) string {
	best := ""
	for _, name := range f.officers[office] {
		switch {
		case best == "" || strings.HasSuffix(fold(name), " "+fold(lastWord(best))) && isTitle(strings.Fields(best)[0]):
			best = name
		case fold(lastWord(name)) != fold(lastWord(best)):
			return ""
		}
	}
	return best
}

func foldWords(words []word) string {
	folded := make([]string, len(words))
	for i, w := range words {
		folded[i] = strings.TrimRight(w.folded, ".")
	}
	return strings.Join(folded, " ")
}
