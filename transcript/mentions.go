package transcript

import "strings"

// mention is a full name that the document has somewhere.
type mention struct {
	name   string
	titles []string // before it, in small letters
}

// mentions lists full names under their folded surnames.
type mentions map[string][]mention

// of are the different names that a label may stand for.
func (ms mentions) of(l labelName) []string {
	var names []string
	for _, m := range ms[l.surname()] {
		if !agree(l.titles, m.titles) {
			continue
		}
		if first := l.name[0]; len(l.name) > 1 && isInitial(first) && initialsOf(m.name)[:1] != fold(first)[:1] {
			continue
		}
		names = addName(names, m.name)
	}
	return names
}

// addLabels adds the full names that labels have: others may have their surnames.
func (ms mentions) addLabels(labels []*label) {
	for _, l := range labels {
		if name := l.name.name; l.part.isPerson() && l.name.full() && allNameWords(name) {
			surname := l.name.surname()
			ms[surname] = append(ms[surname], mention{titleCaseCaps(strings.Join(name, " ")), l.name.titles})
		}
	}
}

// agree reports whether two rows of titles can belong to one person: Mr. and
// Mrs. cannot.
func agree(a, b []string) bool {
	return !(hasWord(a, feminine) && hasWord(b, masculine) || hasWord(a, masculine) && hasWord(b, feminine))
}

// surnamesOf are the surnames that the labels of the turns hold.
func surnamesOf(turns []Turn, labels labelReader) map[string]bool {
	surnames := map[string]bool{}
	seen := map[*label]bool{}
	for _, turn := range turns {
		l := labels.read(string(turn.Label))
		if !seen[l] && l.part.isPerson() && len(l.name.name) > 0 {
			surnames[l.name.surname()] = true
		}
		seen[l] = true
	}
	return surnames
}

const (
	moderatorWindow = 4000 // bytes of a moderator's turn in which people are introduced
	speakerWindow   = 1500 // bytes of anybody else's

	introducingTurns = 10 // of a speaker, in which others are introduced
)

// gatherTurns looks for full names where people are introduced: in the words of
// moderators, and where others introduce themselves or hand over, which they do
// in their first turns.
func (ms mentions) gatherTurns(turns []Turn, labels labelReader) {
	surnames := surnamesOf(turns, labels)
	heard := map[*label]int{}
	for _, turn := range turns {
		l := labels.read(string(turn.Label))
		heard[l]++
		switch {
		case turn.Label == "":
		case l.part == partModerator || l.part == partPresider:
			ms.gather(head(turn.Text, moderatorWindow), surnames)
		case l.part == partNamed && heard[l] <= introducingTurns:
			if start := head(turn.Text, speakerWindow); introduces(start) {
				ms.gather(start, surnames)
			}
		}
	}
}

// introduces reports whether somebody is introduced in a text.
func introduces(text string) bool {
	return containsAny(strings.ToLower(text), "joined by", "introduce", "please welcome", "turn it over to", "hand it over to",
		"my name is", "i'm ", "i’m ", "with us today", "joining us")
}

const mostGivenNames = 3 // before a surname

// gather adds the full names of text that end with one of the surnames.
func (ms mentions) gather(text string, surnames map[string]bool) {
	if len(surnames) == 0 {
		return
	}
	words := scanWords(text)
	for i, w := range words {
		surname := fold(withoutPossessive(w.text))
		if !w.capital() || !surnames[surname] {
			continue
		}
		first := nameStart(words, i)
		if first == i || isInitial(words[first].text) && i-first == 1 {
			continue
		}
		name := join(append(words[first:i:i], newWord(withoutPossessive(w.text), "")))
		ms[surname] = append(ms[surname], mention{titleCaseCaps(name), titlesBefore(words[:first])})
	}
}

// nameStart is where the name begins that ends with words[i].
func nameStart(words []word, i int) int {
	first := i
	for first > 0 && i-first < mostGivenNames {
		w := words[first-1]
		if w.after != "" || !isNameWord(w.text) && !particles[w.text] {
			break
		}
		first--
	}
	for first < i && particles[words[first].text] {
		first++
	}
	return first
}

// titlesBefore are the titles at the end of words.
func titlesBefore(words []word) []string {
	var titles []string
	for i := len(words) - 1; i >= 0 && len(titles) < 6; i-- {
		w := words[i]
		if w.after != "" || !goesOnOffice(w.text) {
			break
		}
		titles = append(titles, bare(w.text))
	}
	return titles
}
