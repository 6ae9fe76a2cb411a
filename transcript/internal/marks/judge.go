package marks

import (
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/labels/styles"
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/internal/names"
)

// labelJudge decides which labels are speakers'. A paragraph may begin "One
// thing: ...", so a label must prove itself, by its form or by coming again; but
// one that is missed gives its words to the speaker before.
type labelJudge struct {
	lines   []layout.Line
	marks   []Mark
	counts  map[string]int  // by key
	names   map[string]bool // of the title block
	certain map[*labels.Label]bool
	known   map[string]bool // see surnames
	proven  []bool          // of the styles
	turns   int             // lines with a label that is certain
	single  bool            // some label that is certain has one word in capitals
	pair    bool            // there are labels for questions, so that an answer's are likely
	bold    int             // lines with a label that is certain, in bold
}

func newLabelJudge(lines []layout.Line, marks []Mark, surveys []styles.Survey, all []styles.Style) *labelJudge {
	j := &labelJudge{lines: lines, marks: marks, counts: map[string]int{}, certain: map[*labels.Label]bool{}, proven: make([]bool, len(all))}
	found := map[*labels.Label]bool{}
	for i, c := range all {
		if j.proven[i] = c.Proven(surveys[i]); !j.proven[i] {
			continue
		}
		for l, n := range surveys[i].Labels {
			j.counts[l.Key] += n
			found[l] = true
		}
	}
	j.names = j.frontNames()
	for l := range found {
		if !j.isCertain(l) || j.isProse(l) {
			continue
		}
		j.certain[l] = true
		j.turns += j.counts[l.Key]
		j.single = j.single || l.Upper && l.Part == labels.PartNamed && len(l.Words) == 1
	}
	j.findPair()
	for _, m := range marks {
		if m.Label != nil && m.Bold && j.certain[m.Label] {
			j.bold++
		}
	}
	return j
}

// findPair looks for labels of questions.
func (j *labelJudge) findPair() {
	reader := labels.Reader{}
	for l := range j.certain {
		reader[l.Text] = l
	}
	reader.SettlePairs()
	for l := range j.certain {
		j.pair = j.pair || l.Part == labels.PartAsker
	}
}

// frontNames are the folded words with capitals that stand before the first
// label that comes again.
func (j *labelJudge) frontNames() map[string]bool {
	list := map[string]bool{}
	for i, l := range j.lines[:min(len(j.lines), layout.FrontLimit)] {
		if lab := j.marks[i].Label; lab != nil && j.proven[j.marks[i].Style] {
			if j.counts[lab.Key] > 1 {
				break
			}
			continue
		}
		for _, w := range names.Scan(letters.Head(l.Text, 200)) {
			if w.Capital() {
				list[lexicon.Fold(w.Text)] = true
			}
		}
	}
	return list
}

// isCertain accepts labels that come again, known parts in capitals, and names
// with a title.
func (j *labelJudge) isCertain(l *labels.Label) bool {
	switch {
	case labels.NamesNobody(l.First()) || len(l.Words) == 0:
		return false
	case j.counts[l.Key] > 1:
		return true
	case l.Part != labels.PartNamed || len(l.Words) == 1 && labels.IsFunction(l.First()):
		return l.Upper || labels.IsNumbered(l.Text) && len(l.Words) > 1
	}
	return l.Name.Titled() && (l.Upper || l.Name.IsName())
}

// isProse reports whether a label is rather a word that begins sentences
// ("Money: that is all."): one word that comes seldom as a label, and within
// sentences in small letters.
func (j *labelJudge) isProse(l *labels.Label) bool {
	if l.Upper || l.Part != labels.PartNamed || len(l.Words) != 1 || len(l.Name.Titles) > 0 || labels.IsNumbered(l.Text) || j.counts[l.Key] > 3 {
		return false
	}
	word := " " + l.Words[0]
	for _, line := range j.lines {
		at := strings.Index(line.Text, word)
		if at < 0 {
			continue
		}
		after := line.Text[at+len(word):]
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
		if m.Label == nil || !j.isLabel(m) {
			continue
		}
		if namesCast(m) && (!begun || m.Label.Part != labels.PartModerator && j.endsParagraph(i)) {
			if begun {
				j.marks[i].Kind = LineNote
			}
			continue
		}
		if !begun && listsCast(m) || !begun && !j.certain[m.Label] && !m.Apart && !beginsSpeech(m) {
			continue // of the title block
		}
		j.marks[i].Kind = LineTurn
		begun = true
	}
}

// namesCast reports whether a label of a title block tells who has a part
// rather than what they say: "MODERATOR: Jane Roe, Harbour Press Office".
func namesCast(m Mark) bool {
	if len(m.Label.Words) != 1 || labels.CastPart(m.Label.First()) == "" || letters.EndsSentence(m.Rest) {
		return false
	}
	r := names.NewReader(m.Rest)
	_, name := r.FullName()
	_, _, person := names.ReadPerson(m.Rest)
	return person || name && (r.Done() || strings.HasPrefix(r.Last().After, "("))
}

// listsCast reports whether a list of people stands below a label of a title
// block: ROUNDTABLE PARTICIPANTS:
func listsCast(m Mark) bool {
	for _, w := range m.Label.Words {
		if strings.HasSuffix(w, "s") && labels.CastPart(w) != "" {
			return m.Rest == ""
		}
	}
	return false
}

// endsParagraph reports whether line i is the last of its paragraph.
func (j *labelJudge) endsParagraph(i int) bool {
	return i+1 == len(j.lines) || j.lines[i+1].Gap || j.marks[i+1].Label != nil
}

// beginsSpeech reports whether what follows a label that is not certain reads
// like speech rather than like a line of a title block.
func beginsSpeech(m Mark) bool {
	named := m.Label.Upper && m.Label.Name.Full() && m.Label.Name.IsName()
	return m.Rest == "" || letters.EndsSentence(m.Rest) || named && letters.WordCount(m.Rest, 6) > 4
}

// isLabel decides for one line.
func (j *labelJudge) isLabel(m Mark) bool {
	switch {
	case !j.proven[m.Style]:
		return m.First && m.Rest != "" && j.isKnown(m.Label)
	case m.Glued:
		return j.counts[m.Label.Key] > 2 || len(m.Label.Name.Titles) > 0 && j.certain[m.Label]
	}
	return j.certain[m.Label] || j.accepts(m)
}

// isKnown reports whether a label whose form proves nothing is known from lines
// that do.
func (j *labelJudge) isKnown(l *labels.Label) bool {
	if l.Part == labels.PartAnswerer || l.Part == labels.PartAsker {
		return j.pair && l.Upper
	}
	return j.certain[l] && (l.Upper || len(l.Name.Titles) > 0 || l.Part != labels.PartNamed || l.Name.Full())
}

// accepts decides for a label that is not certain, in its place.
func (j *labelJudge) accepts(m Mark) bool {
	l := m.Label
	switch {
	case l.Text == "":
		return true
	case m.Loose && (m.Rest != "" || j.bold < 3):
		return false
	case labels.NamesNobody(l.First()) || len(l.Words) == 0 || !m.First:
		return false
	case m.Apart && !m.Bold, m.Bold && m.Rest == "" && j.bold > 2:
		return true
	case l.Part != labels.PartNamed:
		return len(l.Words) > 1 || !labels.IsEveryday(l.First())
	case labels.CastPart(l.First()) != "":
		return false
	case len(l.Name.Titles) > 0:
		return l.Upper
	case j.joins(l):
		return true
	case m.Bold && l.Name.Full() && l.Name.IsName():
		return true
	case len(l.Name.Words) == 1:
		return j.names[l.Name.Surname()] || l.Upper && j.single
	}
	return (len(j.certain) > 0 || l.Upper) && l.Name.IsName()
}
