package transcript

import "strings"

// readByline takes authors and publication from "By Jane Roe, Harbour Weekly".
func (f *frontMatter) readByline(title []line) {
	for _, l := range title {
		after, ok := cutByline(plainBlanks(strings.NewReplacer("*", "", "_", " ").Replace(l.text)))
		if !ok {
			continue
		}
		r := newReader(after + " .")
		for {
			name, found := r.fullName()
			if !found || !r.endsByline() {
				break
			}
			f.authors = append(f.authors, titleCaseCaps(name))
			if org, found := r.affiliation(); found {
				f.publication = org
				break
			}
			if r.take("and"); r.done() {
				break
			}
		}
	}
	if len(f.authors) == 1 {
		f.asker = f.authors[0]
	}
}

func cutByline(s string) (string, bool) {
	for _, opening := range []string{"by ", "interview by ", "interviewed by ", "written by ", "posted by ", "reported by "} {
		if len(s) > len(opening) && strings.EqualFold(s[:len(opening)], opening) {
			return s[len(opening):], true
		}
	}
	return "", false
}

// spokenWith reads the publication from "She spoke with Harbour Weekly", or
// "Harbour Weekly spoke with her".
func (f *frontMatter) spokenWith() string {
	words := scanWords(f.introduction)
	for i, w := range words {
		if !w.is("spoke", "talked", "sat", "told", "chatted", "speaking", "spoken", "met", "interview", "conversation", "interviewed", "caught") {
			continue
		}
		r := reader{words, i + 1}
		for r.take("down", "up", "with", "to", "recently", "exclusively", "by", "last", "week", "this", "month") {
		}
		if tied := r.at > i+1 || w.is("told", "interviewed"); !tied {
			continue
		}
		if org, ok := r.publication(); ok && !f.isPerson(org) {
			return org
		}
		if org := publicationBefore(words[:i]); org != "" && !f.isPerson(org) {
			return org
		}
	}
	return ""
}

// isPerson reports whether a run of capitalised words is somebody of the
// interview rather than a publication.
func (f *frontMatter) isPerson(name string) bool {
	for _, person := range append([]string{f.subject}, f.authors...) {
		if person != "" && (containsWord(person, name) || containsWord(name, person)) {
			return true
		}
	}
	return false
}

// publicationBefore reads the run of capitalised words that ends words: the
// subject of "spoke with". Pronouns are none.
func publicationBefore(words []word) string {
	start := len(words)
	for start > 0 && words[start-1].capital() && (start == len(words) || words[start-1].after == "") {
		start--
	}
	run := words[start:]
	if len(run) == 0 || len(run) == 1 && sentenceStarters[run[0].folded] {
		return ""
	}
	if run[0].is("the") {
		run = run[1:]
	}
	return join(run)
}

// titlePublication reads it from "Harbour Weekly Q&A: ...".
func (f *frontMatter) titlePublication() string {
	for _, kind := range []string{" Q&A:", " Q&A with", " Interview:", " interview:", " Q. and A.:", " Q&A |", " Q&A –", " Q&A —"} {
		before, _, ok := strings.Cut(f.title, kind)
		if ok && !strings.ContainsAny(before, ":,") && len(strings.Fields(before)) < 5 {
			return strings.TrimPrefix(strings.TrimPrefix(before, "The "), "A ")
		}
	}
	return ""
}

// dateline reads the place from "PORT VALE, Portugal — Jane Roe came ..."
func dateline(introduction string) string {
	for _, dash := range []string{" — ", " – ", " -- ", "— "} {
		before, _, ok := strings.Cut(head(introduction, 80), dash)
		town, _, _ := strings.Cut(before, ",")
		if ok && len(before) < 50 && isAllCaps(strings.ReplaceAll(town, " ", "")) {
			return titleCase(before)
		}
	}
	return ""
}
