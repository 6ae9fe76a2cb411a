package transcript

import (
	"strings"
)

// readInterviewFront reads title, date, byline and introduction of an interview
// without labels: they alone say who asks and who answers.
func readInterviewFront(head []line, body []string) frontMatter {
	f := readFront(head, nil)
	f.subject = ""
	intro := introductionOf(body)
	authors := bylineAuthors(head)
	if len(authors) == 1 {
		f.asker = authors[0]
	}
	f.publication = firstOf(bylinePublication(head), spokenWith(intro, f.asker), titlePublication(f.title))
	f.subject = subject(f.title, head, intro, authors)
	return f
}

// introductionOf joins the paragraphs before the first that ends in a question.
func introductionOf(body []string) string {
	var intro []string
	for _, p := range body[:min(len(body), 12)] {
		if strings.HasSuffix(p, "?") {
			break
		}
		intro = append(intro, head(p+" ", 2000))
	}
	return strings.Join(intro, "\n")
}

// bylineAuthors are the names after "By", in usual case.
func bylineAuthors(head []line) []string {
	var authors []string
	for _, l := range head {
		text := plainBlanks(strings.NewReplacer("*", "", "_", " ").Replace(l.text))
		after, ok := cutPrefixFold(text, "by ")
		for _, opening := range []string{"interview by ", "interviewed by ", "written by ", "posted by "} {
			if rest, found := cutPrefixFold(text, opening); found {
				after, ok = rest, true
			}
		}
		if !ok {
			continue
		}
		r := reader{words: scanWords(after)}
		for {
			name, found := r.name()
			if !found {
				break
			}
			authors = append(authors, titleCaseCaps(name))
			comma := strings.HasPrefix(r.words[r.at-1].after, ",")
			if !r.peek(0).is("and") && !comma {
				break
			}
			if r.peek(0).is("and") {
				r.at++
			}
		}
	}
	return authors
}

func cutPrefixFold(s, prefix string) (string, bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

// bylinePublication reads "By Jane Roe, Harbour Weekly" and "By Jane Roe of ...".
func bylinePublication(head []line) string {
	for _, l := range head {
		after, ok := cutPrefixFold(plainBlanks(strings.NewReplacer("*", "", "_", " ").Replace(l.text)), "by ")
		if !ok {
			continue
		}
		r := reader{words: scanWords(after)}
		if _, found := r.name(); !found {
			continue
		}
		if org, found := r.affiliation(); found {
			return org
		}
	}
	return ""
}

// spokenWith reads the publication from "She spoke with Harbour Weekly".
func spokenWith(intro, asker string) string {
	words := scanWords(intro)
	for i := range words {
		if !words[i].is("spoke", "talked", "sat", "told", "chatted", "speaking", "interview", "spoken", "met", "conversation") {
			continue
		}
		r := reader{words: words, at: i + 1}
		for r.peek(0).is("down", "with", "to", "recently", "exclusively", "by", "phone") && !r.done() {
			r.at++
		}
		if r.at == i+1 && !words[i].is("told") {
			continue
		}
		org, ok := r.publication()
		if ok && !strings.EqualFold(org, asker) {
			return org
		}
	}
	return ""
}

// publication reads a run of capitalised words that is no person's name.
func (r *reader) publication() (string, bool) {
	if r.peek(0).text == "the" {
		r.at++
	}
	start := r.at
	for !r.done() && r.peek(0).capital() && !isTitle(r.peek(0).text) {
		r.at++
		if r.words[r.at-1].after != "" {
			break
		}
	}
	if r.at == start {
		return "", false
	}
	return plainMarks(strings.TrimSuffix(strings.TrimSuffix(join(r.words[start:r.at]), "'s"), "’s")), true
}

// titlePublication reads it from "Harbour Weekly Q&A: ...".
func titlePublication(title string) string {
	for _, kind := range []string{" Q&A", " Q. and A.", " Interview:", " interview:"} {
		before, _, ok := strings.Cut(title, kind)
		if ok && !strings.ContainsAny(before, ":,") && len(strings.Fields(before)) < 5 {
			return strings.TrimPrefix(before, "The ")
		}
	}
	return ""
}

// subject finds who is interviewed: a full name of the title whose surname the
// introduction has too; else the name with which the introduction begins.
func subject(title string, head []line, intro string, authors []string) string {
	isAuthor := func(name string) bool {
		for _, a := range authors {
			if fold(a) == fold(name) {
				return true
			}
		}
		return false
	}
	var candidates []string
	for _, name := range fullNames(title) {
		if !isAuthor(name) {
			candidates = addName(candidates, name)
		}
	}
	for _, name := range candidates {
		words := strings.Fields(name)
		if strings.Contains(intro, words[len(words)-1]) {
			return name
		}
	}
	if len(candidates) == 1 && intro == "" {
		return candidates[0]
	}
	for _, name := range fullNames(intro) {
		words := strings.Fields(name)
		if !isAuthor(name) && strings.Count(intro, words[len(words)-1]) > 1 {
			return name
		}
	}
	if len(candidates) == 1 {
		return candidates[0]
	}
	return ""
}

// fullNames lists the runs of a text that look like first and last names.
func fullNames(text string) []string {
	var names []string
	r := reader{words: scanWords(text)}
	for !r.done() {
		start := r.at
		if name, ok := r.name(); ok && strings.Contains(name, " ") && !isAllCaps(strings.Fields(name)[0]) {
			names = append(names, name)
			continue
		}
		r.at = start + 1
	}
	return names
}
