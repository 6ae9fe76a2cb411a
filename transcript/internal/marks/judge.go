package marks

import (
	"maps"
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/labels/styles"
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/internal/names"
)

// judge decides which labels are speakers'. It knows the whole document: first it finds the
// labels that are certain wherever they stand, then it decides for each line in its place.
type judge struct {
	lines  []layout.Line
	marks  []Mark
	proven []bool // of the styles: whether the document follows it

	forms      map[form]*formUse
	seen       map[*labels.Label]bool // the labels of the proven styles
	small      map[*labels.Label]int  // lines with each label in small letters before a colon
	signed     map[*labels.Label]bool // labels that signs set apart on some line, other than a colon
	nameable   map[*labels.Label]bool // those that may name somebody, as far as that was asked
	words      vocabulary             // nil until vocabulary is called
	counts     map[string]int         // lines with each label, by key, of the proven styles
	certain    map[*labels.Label]bool // the labels that need no proof in their place
	frontWords map[string]bool        // words with capitals in the title block, folded
	apart      map[*labels.Label]bool // labels that have the form of one, or are set apart on some line by more than a colon
	repeats    map[*labels.Label]bool // labels behind which the same words stand each time, as in a running head
	known      map[string]bool        // surnames of the certain labels, folded; nil until surnames is called
	paragraphs []int                  // the lines with which paragraphs begin
	single     bool                   // some certain label is one word in capitals, so that others may be
	dated      bool                   // the lines have a day and a time before them, as those of a chat
	asked      bool                   // some certain label stands for whoever asks, so that one may for whoever answers
	bold       int                    // lines whose label is certain, and in bold type

	certainLines, gluedLines int // lines with certain labels, and those of them on which no blank follows the label
}

// newJudge finds the labels that are certain.
func newJudge(lines []layout.Line, marks []Mark, surveys []styles.Survey, all []styles.Style) *judge {
	j := &judge{lines: lines, marks: marks, counts: map[string]int{}, certain: map[*labels.Label]bool{}, proven: make([]bool, len(all))}
	seen := map[*labels.Label]bool{}
	for i, style := range all {
		if j.proven[i] = style.Proven(surveys[i]); !j.proven[i] {
			continue
		}
		for l, n := range surveys[i].Labels {
			j.counts[l.Key] += n
			seen[l] = true
		}
	}
	j.small = surveys[styles.SmallLetters].Labels
	j.apart, j.signed = map[*labels.Label]bool{}, map[*labels.Label]bool{}
	for _, m := range marks {
		if m.Label != nil && (!m.Loose || m.Shape || isApart(m)) {
			j.apart[m.Label] = true
		}
		if m.Label != nil && m.Sign != "" {
			j.signed[m.Label] = true
		}
	}
	j.repeats = readRepeats(lines, marks)
	j.seen = seen
	j.frontWords = j.readFrontWords()
	for l := range seen {
		if j.isCertain(l) && !j.isProse(l) {
			j.certain[l] = true
			j.single = j.single || l.Upper && l.Part == labels.PartNamed && len(l.Words) == 1
		}
	}
	j.asked = j.findAskers()
	j.readForms()
	j.dated = j.isDated()
	for _, m := range marks {
		if m.Label != nil && m.Bold && j.certain[m.Label] {
			j.bold++
		}
	}
	return j
}

// vocabulary counts the words of the labels that stand in small letters in the text; it is
// worked out when it is first asked for.
func (j *judge) vocabulary() vocabulary {
	if j.words == nil {
		seen := maps.Clone(j.seen)
		for l := range j.small {
			seen[l] = true
		}
		j.words = readVocabulary(j.lines, seen)
	}
	return j.words
}

// findAskers reports whether some certain label stands for whoever asks; it settles pairs of
// letters such as Q and A before.
func (j *judge) findAskers() bool {
	reader := labels.Reader{}
	for l := range j.certain {
		reader[l.Text] = l
	}
	reader.SettlePairs()
	for l := range j.certain {
		if l.Part == labels.PartAsker {
			return true
		}
	}
	return false
}

// readFrontWords lists the words with capitals, folded, before the first repeated label:
// there the title block names people.
func (j *judge) readFrontWords() map[string]bool {
	words := map[string]bool{}
	for i, l := range j.lines[:min(len(j.lines), layout.FrontLimit)] {
		if label := j.marks[i].Label; label != nil && j.proven[j.marks[i].Style] {
			if j.counts[label.Key] > 1 {
				break
			}
			continue
		}
		for _, w := range names.Scan(letters.Head(l.Text, frontLine)) {
			if w.Capital() {
				words[lexicon.Fold(w.Text)] = true
			}
		}
	}
	return words
}

// isInFront reports whether all words of a name stand in the title block.
func (j *judge) isInFront(words []string) bool {
	for _, w := range words {
		if !j.frontWords[lexicon.Fold(w)] {
			return false
		}
	}
	return true
}

const frontLine = 200 // bytes of a line of the title block in which people are named

// isCertain reports whether a label is one wherever it stands: it is repeated, or a word for
// a part in capitals (WITNESS) or with a number (Speaker 2), or a name with a title.
func (j *judge) isCertain(l *labels.Label) bool {
	switch {
	case j.namesNobody(l) || j.repeats[l] || !j.apart[l] && !l.IsDistinct() && !j.comesAgain(l):
		return false
	case j.counts[l.Key] > 1:
		return true
	case l.Part != labels.PartNamed || len(l.Words) == 1 && labels.IsFunction(l.First()):
		return l.Upper || labels.IsNumbered(l.Text) && len(l.Words) > 1
	}
	return l.Name.Titled() && (l.Upper || l.Name.IsName())
}

// namesNobody reports whether a label is no speaker's. Two or three capitals that more than a
// colon sets apart are initials, even where they make a field: TO, CC.
func (j *judge) namesNobody(l *labels.Label) bool {
	return l.NamesNobody() && !(l.Upper && len(l.Text) <= mostInitials && j.signed[l])
}

const mostInitials = 3

const oftenLoose = 3 // lines with a label that has not the form of one, from which on it is one all the same

// comesAgain reports whether a text that has not the form of a label begins so many lines with
// a colon that it is one: it has a note in brackets, or no word that is said elsewhere.
func (j *judge) comesAgain(l *labels.Label) bool {
	if max(j.counts[l.Key], j.small[l]) < oftenLoose || len(l.Words) == 0 {
		return false
	}
	for _, w := range l.Words {
		if j.vocabulary()[w] > 0 && !lexicon.Particles[w] && !lexicon.IsTitle(w) && !strings.HasSuffix(l.Text, ")") {
			return false
		}
	}
	return true
}

const seldom = 3 // lines; a word that begins no more lines as a label may still be an ordinary word

// isProse reports whether a label is rather a word that begins sentences, "Money: that is
// all.": one word that seldom stands as a label, and that stands in small letters within
// sentences. Where all labels are in small letters, those of sentences prove nothing against
// one that comes again: people are written so, too.
func (j *judge) isProse(l *labels.Label) bool {
	if j.repeats[l] {
		return true
	}
	if j.proven[styles.SmallLetters] && j.small[l] > 1 {
		return false
	}
	if l.Upper || l.Part != labels.PartNamed || len(l.Words) != 1 || len(l.Name.Titles) > 0 || labels.IsNumbered(l.Text) || j.counts[l.Key] > seldom {
		return false
	}
	return j.vocabulary()[l.Words[0]] > 0
}

// decide marks the lines that begin a turn. Before the first turn, labels may belong to the
// title block.
func (j *judge) decide() {
	begun, chat := false, j.isChat()
	for i, m := range j.marks {
		if m.Label == nil {
			if begun && (chat && isEvent(j.lines[i].Text) || j.dated && m.Kind == LineText && layout.BeginsWithMoment(j.lines[i].Text)) {
				j.marks[i].Kind = LineNote
			}
			continue
		}
		label, doubt := j.judge(m)
		switch {
		case !label || j.repeats[m.Label]:
			if j.repeats[m.Label] || begun && m.First && isMinuted(m) {
				j.marks[i].Kind = LineNote
			}
		case !begun && (j.isOfTitleBlock(m) || !j.mayBegin(m)):
		case begun && namesCast(m) && m.Label.Part != labels.PartModerator && j.endsParagraph(i):
			j.marks[i].Kind = LineNote
		default:
			j.marks[i].Kind, j.marks[i].Doubt = LineTurn, doubt
			begun = true
		}
	}
	if begun {
		j.secondLook()
		j.findUnsigned()
	}
}

// secondLook marks lines in a form that the document does not follow, but whose labels begin
// turns elsewhere and are set apart here, too, as where an editor divided a turn by hand.
func (j *judge) secondLook() {
	speaks, first := map[string]bool{}, -1
	for i, m := range j.marks {
		if m.Kind == LineTurn && first < 0 {
			first = i
		}
		if m.Kind == LineTurn && m.Doubt == "" && m.Label.Text != "" {
			speaks[m.Label.Key] = true
		}
	}
	for i, m := range j.marks {
		if i > first && m.Kind == LineText && m.Label != nil && m.First && !m.Within && isApart(m) && speaks[m.Label.Key] {
			j.marks[i].Kind = LineTurn
		}
	}
}

// isOfTitleBlock reports whether a line with a label, before the first turn, is a line of the
// title block.
func (j *judge) isOfTitleBlock(m Mark) bool {
	return namesCast(m) || listsCast(m) || !j.certain[m.Label] && !m.Apart && !m.Timed && (!m.Shape || isTitle(m)) && !beginsSpeech(m)
}

// isTitle reports whether a line with a colon alone rather is a title: Harbour Forum: the Third
// Pump.
func isTitle(m Mark) bool {
	return m.Sign == "" && m.Rest != "" && !m.Loose && !strings.HasSuffix(m.Rest, ",") && letters.WordCount(m.Rest, titleWords+1) <= titleWords
}

const titleWords = 4 // behind the colon of a title, at most

// namesCast reports whether a line tells who has a part, rather than what they say:
// "MODERATOR: Jane Roe, Harbour Press Office".
func namesCast(m Mark) bool {
	if len(m.Label.Words) != 1 || labels.CastPart(m.Label.First()) == "" || letters.EndsSentence(m.Rest) {
		return false
	}
	r := names.NewReader(m.Rest)
	_, name := r.FullName()
	_, _, person := names.ReadPerson(m.Rest)
	return person || name && (r.Done() || strings.HasPrefix(r.Last().After, "("))
}

// mayBegin reports whether a label that only its form shows may be the first of a document,
// before which titles are listed in the same form.
func (j *judge) mayBegin(m Mark) bool {
	return j.certain[m.Label] || m.Shape || isApart(m) || j.accepts(m) || j.opens(j.forms[formOf(m)])
}

// listsCast reports whether a line is a heading below which people are listed: ROUNDTABLE
// PARTICIPANTS:
func listsCast(m Mark) bool {
	for _, w := range m.Label.Words {
		if strings.HasSuffix(w, "s") && labels.CastPart(w) != "" {
			return m.Rest == ""
		}
	}
	return false
}

// endsParagraph reports whether line i is the last of its paragraph.
func (j *judge) endsParagraph(i int) bool {
	return i+1 == len(j.lines) || j.lines[i+1].Gap || j.marks[i+1].Label != nil && j.marks[i+1].First
}

const fieldWords = 4 // of a field's value, at most; a full name in capitals with more behind it speaks

// beginsSpeech reports whether what follows a label that is not certain reads like speech,
// rather than like a line of a title block.
func beginsSpeech(m Mark) bool {
	named := m.Label.Upper && m.Label.Name.Full() && m.Label.Name.IsName()
	return m.Rest == "" || letters.EndsSentence(m.Rest) || named && letters.WordCount(m.Rest, fieldWords+2) > fieldWords
}

// judge reports whether the label of a line is a speaker's, in its place, and what is
// doubtful about it.
func (j *judge) judge(m Mark) (label bool, doubt string) {
	switch {
	case isMinuted(m):
		return false, ""
	case m.Within:
		return j.proven[m.Style] && j.stands(m), doubtWithin
	case !j.proven[m.Style]:
		if m.First && m.Rest != "" && (j.isKnown(m.Label) || m.Bold && j.certain[m.Label]) {
			return true, ""
		}
		if m.First && !m.Label.NamesNobody() && (m.Style == styles.SmallLetters || m.Style == styles.Brackets) && j.habit(j.forms[form{style: styles.Colon}]) {
			return true, doubtOnce
		}
		if m.First && m.Style == styles.SmallLetters && len(j.certain) > 1 && j.comesAgain(m.Label) {
			return true, ""
		}
		return m.Sign == styles.Angle && m.First && len(j.certain) > 0, doubtForm
	case m.Glued && 2*j.gluedLines < j.certainLines:
		return j.counts[m.Label.Key] >= gluedCount || len(m.Label.Name.Titles) > 0 && j.certain[m.Label], ""
	case m.Broken && letters.StartsLower(m.Rest) && j.forms[formOf(m)].speaksUp():
		return false, ""
	case j.certain[m.Label] || j.accepts(m):
		return true, ""
	}
	return j.fits(m)
}

// gluedCount is how many lines at least must begin with a label for it to count where no
// blank is behind its colon, because a:b is also an address or a ratio.
const gluedCount = 3

// isKnown reports whether a label in a style that the document does not follow is known
// from lines in a style that it does: this line has a slip, then.
func (j *judge) isKnown(l *labels.Label) bool {
	if l.Part == labels.PartAnswerer || l.Part == labels.PartAsker {
		return j.asked && l.Upper
	}
	return j.certain[l] && (l.Upper || len(l.Name.Titles) > 0 || l.Part != labels.PartNamed || l.Name.Full())
}

const boldHabit = 3 // certain labels in bold type, from which on bold type alone proves a label

// accepts reports whether a label that is not certain is a speaker's, in its place.
func (j *judge) accepts(m Mark) bool {
	l := m.Label
	switch {
	case l.Text == "": // arrows alone
		return true
	case m.Loose:
		return m.Bold && m.Rest == "" && j.bold >= boldHabit || m.Apart && m.First && (l.IsDistinct() || labels.IsUserName(l.Text))
	case l.NamesNobody() || len(l.Words) == 0 || !m.First:
		return false
	case m.Apart && !m.Bold, m.Bold && m.Rest == "" && j.bold >= boldHabit:
		return true
	case l.Part != labels.PartNamed:
		return len(l.Words) > 1 || !labels.IsEveryday(l.First())
	case labels.CastPart(l.First()) != "":
		return false
	case len(l.Name.Titles) > 0:
		return l.Upper
	case j.joins(l) || l.Name.Full() && j.isInFront(l.Name.Words):
		return true
	case m.Bold && l.Name.Full() && l.Name.IsName():
		return true
	case len(l.Name.Words) == 1:
		return j.frontWords[l.Name.Surname()] || l.Upper && j.single
	}
	return (len(j.certain) > 0 || l.Upper) && l.Name.IsName()
}
