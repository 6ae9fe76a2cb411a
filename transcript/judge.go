package transcript

import "strings"

// labelJudge decides which labels are speakers'. A paragraph may begin "One
// thing: ...", so a label must prove itself, by its form or by coming again; but
// one that is missed gives its words to the speaker before.
type labelJudge struct {
	lines   []line
	marks   []mark
	counts  map[string]int  // by key
	names   map[string]bool // of the title block
	certain map[*label]bool
	known   map[string]bool // see surnames
	proven  []bool          // of the styles
	turns   int             // lines with a label that is certain
	single  bool            // some label that is certain has one word in capitals
	pair    bool            // there are labels for questions, so that an answer's are likely
	bold    int             // lines with a label that is certain, in bold
}

func newLabelJudge(lines []line, marks []mark, surveys []survey, all []style) *labelJudge {
	j := &labelJudge{lines: lines, marks: marks, counts: map[string]int{}, certain: map[*label]bool{}, proven: make([]bool, len(all))}
	found := map[*label]bool{}
	for i, c := range all {
		if j.proven[i] = c.proven == nil || c.proven(surveys[i]); !j.proven[i] {
			continue
		}
		for l, n := range surveys[i].labels {
			j.counts[l.key] += n
			found[l] = true
		}
	}
	j.names = j.frontNames()
	for l := range found {
		if !j.isCertain(l) || j.isProse(l) {
			continue
		}
		j.certain[l] = true
		j.turns += j.counts[l.key]
		j.single = j.single || l.upper && l.part == partNamed && len(l.words) == 1
	}
	j.findPair()
	for _, m := range marks {
		if m.label != nil && m.bold && j.certain[m.label] {
			j.bold++
		}
	}
	return j
}

// findPair looks for labels of questions.
func (j *labelJudge) findPair() {
	labels := labelReader{}
	for l := range j.certain {
		labels[l.text] = l
	}
	labels.settlePairs()
	for l := range j.certain {
		j.pair = j.pair || l.part == partAsker
	}
}

// frontNames are the folded words with capitals that stand before the first
// label that comes again.
func (j *labelJudge) frontNames() map[string]bool {
	names := map[string]bool{}
	for i, l := range j.lines[:min(len(j.lines), frontLimit)] {
		if lab := j.marks[i].label; lab != nil && j.proven[j.marks[i].style] {
			if j.counts[lab.key] > 1 {
				break
			}
			continue
		}
		for _, w := range scanWords(head(l.text, 200)) {
			if w.capital() {
				names[fold(w.text)] = true
			}
		}
	}
	return names
}

// isCertain accepts labels that come again, known parts in capitals, and names
// with a title.
func (j *labelJudge) isCertain(l *label) bool {
	switch {
	case fieldLabels[l.first()] || proseLabels[l.first()] || len(l.words) == 0:
		return false
	case j.counts[l.key] > 1:
		return true
	case l.part != partNamed || len(l.words) == 1 && functionLabels[l.first()]:
		return l.upper || isNumbered(l.text) && len(l.words) > 1
	}
	return len(l.name.titles) > 0 && len(l.name.name) > 0 && (l.upper || allNameWords(l.name.name))
}

// isProse reports whether a label is rather a word that begins sentences
// ("Money: that is all."): one word that comes seldom as a label, and within
// sentences in small letters.
func (j *labelJudge) isProse(l *label) bool {
	if l.upper || l.part != partNamed || len(l.words) != 1 || len(l.name.titles) > 0 || isNumbered(l.text) || j.counts[l.key] > 3 {
		return false
	}
	word := " " + l.words[0]
	for _, line := range j.lines {
		at := strings.Index(line.text, word)
		if at < 0 {
			continue
		}
		after := line.text[at+len(word):]
		if after == "" || strings.ContainsRune(" ,.;:?!", rune(after[0])) {
			return true
		}
	}
	return false
}

// decide marks the lines that begin a turn.
func (j *labelJudge) decide() {
	begun := false
	for i, m := range j.marks {
		if m.label == nil || !j.isLabel(m) {
			continue
		}
		if namesCast(m) && (!begun || m.label.part != partModerator && j.endsParagraph(i)) {
			if begun {
				j.marks[i].kind = lineNote
			}
			continue
		}
		if !begun && listsCast(m) || !begun && !j.certain[m.label] && !m.apart && !beginsSpeech(m) {
			continue // of the title block
		}
		j.marks[i].kind = lineTurn
		begun = true
	}
}

// beginsSpeech reports whether what follows a label that is not certain reads
// like speech rather than like a line of a title block.
func beginsSpeech(m mark) bool {
	named := m.label.upper && m.label.name.full() && allNameWords(m.label.name.name)
	return m.rest == "" || endsSentence(m.rest) || named && wordCount(m.rest, 6) > 4
}

// endsParagraph reports whether line i is the last of its paragraph.
func (j *labelJudge) endsParagraph(i int) bool {
	return i+1 == len(j.lines) || j.lines[i+1].gap || j.marks[i+1].label != nil
}

// isLabel decides for one line.
func (j *labelJudge) isLabel(m mark) bool {
	switch {
	case !j.proven[m.style]:
		return m.first && m.rest != "" && j.isKnown(m.label)
	case m.glued:
		return j.counts[m.label.key] > 2 || len(m.label.name.titles) > 0 && j.certain[m.label]
	}
	return j.certain[m.label] || j.accepts(m)
}

// isKnown reports whether a label whose form proves nothing is known from lines
// that do.
func (j *labelJudge) isKnown(l *label) bool {
	if l.part == partAnswerer || l.part == partAsker {
		return j.pair && l.upper
	}
	return j.certain[l] && (l.upper || len(l.name.titles) > 0 || l.part != partNamed || l.name.full())
}

// accepts decides for a label that is not certain, in its place.
func (j *labelJudge) accepts(m mark) bool {
	l := m.label
	switch {
	case l.text == "":
		return true
	case m.loose && (m.rest != "" || j.bold < 3):
		return false
	case fieldLabels[l.first()] || proseLabels[l.first()] || len(l.words) == 0 || !m.first:
		return false
	case m.apart && !m.bold, m.bold && m.rest == "" && j.bold > 2:
		return true
	case l.part != partNamed:
		return len(l.words) > 1 || !everydayParts[l.first()]
	case castFields[l.first()] != "":
		return false
	case len(l.name.titles) > 0:
		return l.upper
	case j.joins(l):
		return true
	case m.bold && l.name.full() && allNameWords(l.name.name):
		return true
	case len(l.name.name) == 1:
		return j.names[l.name.surname()] || l.upper && j.single
	}
	return (len(j.certain) > 0 || l.upper) && allNameWords(l.name.name)
}

// joins reports whether a label joins several people that others name alone:
// ROE AND POE, Jane Roe/John Poe.
func (j *labelJudge) joins(l *label) bool {
	pieces := jointPieces(l.text)
	if len(pieces) < 2 {
		return false
	}
	for _, piece := range pieces {
		name := readLabelName(piece)
		if j.counts[fold(piece)] == 0 && !j.surnames()[name.surname()] && !(name.full() && allNameWords(name.name)) {
			return false
		}
	}
	return true
}

// jointPieces divides a label between the people that it may join.
func jointPieces(text string) []string {
	folded := strings.NewReplacer(" AND ", "/", " and ", "/", "&", "/", ", ", "/").Replace(text)
	pieces := strings.Split(folded, "/")
	for i := range pieces {
		pieces[i] = strings.TrimSpace(pieces[i])
	}
	return pieces
}

// surnames are those of the labels that are certain.
func (j *labelJudge) surnames() map[string]bool {
	if j.known == nil {
		j.known = map[string]bool{}
		for l := range j.certain {
			if l.part.isPerson() && len(l.name.name) > 0 {
				j.known[l.name.surname()] = true
			}
		}
	}
	return j.known
}

// namesCast reports whether a label of a title block tells who has a part
// rather than what they say: "MODERATOR: Jane Roe, Harbour Press Office".
func namesCast(m mark) bool {
	if len(m.label.words) != 1 || castFields[m.label.first()] == "" || endsSentence(m.rest) {
		return false
	}
	r := newReader(m.rest)
	_, name := r.fullName()
	_, _, person := readPerson(m.rest)
	return person || name && (r.done() || strings.HasPrefix(r.last().after, "("))
}

// listsCast reports whether a list of people stands below a label of a title
// block: ROUNDTABLE PARTICIPANTS:
func listsCast(m mark) bool {
	for _, w := range m.label.words {
		if strings.HasSuffix(w, "s") && castFields[w] != "" {
			return m.rest == ""
		}
	}
	return false
}
