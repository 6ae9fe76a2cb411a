package marks

import (
	"slices"
	"strings"
	"unicode"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/labels/styles"
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// What may be uncertain about a turn's beginning.
const (
	doubtWithin = "the label stands within a paragraph"
	doubtOnce   = "the label stands once, and is no name that is known"
	doubtForm   = "no other label is printed like this one"
)

// form is how a line sets its label apart. A transcript has one or two forms, whose labels
// come again and again: what proves the form proves every line of it, also one whose label
// stands once and has words that no list knows.
type form struct {
	style       int
	bold, timed bool
	sign        string
}

func formOf(m Mark) form { return form{m.Style, m.Bold, m.Timed, m.Sign} }

// formUse is how a document uses a form.
type formUse struct {
	certain  int // lines whose label is certain, where paragraphs begin
	lower    int // of the certain ones, lines whose words begin with a small letter
	upper    int // of the certain ones, lines whose label is in capitals
	users    int // of the certain ones, lines whose label is a user name and has not the form of a label
	speakers map[string]bool
	speaks   int // lines whose label is certain, or may name somebody
	named    int // lines whose label has the form of a name and is no ordinary word, with words behind it
	full     int // of the named ones, lines whose label is a given name and a surname, or begins with them
	ended    int // of the named ones, lines whose words end as sentences do
	first    int // the first of the named ones
	apart    bool
}

// isApart reports whether more than a colon or another sign that prose has sets a label
// apart.
func isApart(m Mark) bool { return m.Apart || m.Bold || m.Timed || m.Sign != "" }

// readForms counts how the document uses each form.
func (j *judge) readForms() {
	j.forms, j.nameable = map[form]*formUse{}, map[*labels.Label]bool{}
	for i, m := range j.marks {
		if m.Label == nil || m.Within || !j.proven[m.Style] {
			continue
		}
		f := j.forms[formOf(m)]
		if f == nil {
			f = &formUse{speakers: map[string]bool{}, apart: isApart(m)}
			j.forms[formOf(m)] = f
		}
		if j.certain[m.Label] {
			f.certain++
			f.speakers[m.Label.Key] = true
			if letters.StartsLower(m.Rest) {
				f.lower++
			}
			if m.Label.Upper {
				f.upper++
			}
			if m.Loose && labels.IsUserName(m.Label.Text) {
				f.users++
			}
			if j.certainLines++; m.Glued {
				j.gluedLines++
			}
		}
		named := j.mayNameOnce(m.Label) && letters.WordCount(m.Rest, 2) > 1
		if named || j.certain[m.Label] {
			f.speaks++
		}
		if named {
			if f.named++; f.named == 1 {
				f.first = i
			}
			if !m.Label.Upper && m.Label.Part == labels.PartNamed && m.Label.BeginsWithName() {
				f.full++
			}
			if letters.EndsSentence(m.Rest) {
				f.ended++
			}
		}
	}
	for i, m := range j.marks {
		if m.Kind == LineText && (m.Label != nil && m.First || m.Label == nil && (i == 0 || j.lines[i].Gap)) {
			j.paragraphs = append(j.paragraphs, i)
		}
	}
}

const (
	oftenKnown   = 3 // lines with a label of one name, from which on it is known also within a paragraph
	leastCertain = 4 // lines with certain labels that prove a form
	leastFull    = 4 // lines with full names alone, which prove a form that opens half of the paragraphs, or a third from the start
	opensNearly  = 8 // tenths of the paragraphs from its first line on that a form opens, to be proven by that alone
)

// proven reports whether certain labels of several speakers prove the form.
func (f *formUse) proven() bool {
	return f.certain >= leastCertain && len(f.speakers) > 1 && (f.apart || 2*f.certain >= f.named)
}

// speaksUp reports whether no words behind a certain label of the form begin with a small
// letter.
func (f *formUse) speaksUp() bool { return f != nil && f.lower == 0 }

// habit reports whether nearly all paragraphs of a document begin with labels of a form, most
// of them certain and the others such as may name somebody, so that whatever stands where a
// label does may be one.
func (j *judge) habit(f *formUse) bool {
	if f == nil || !f.proven() {
		return false
	}
	before, _ := slices.BinarySearch(j.paragraphs, f.first)
	paragraphs := len(j.paragraphs) - before
	return 10*f.speaks >= opensNearly*paragraphs && 2*f.certain >= paragraphs
}

// opens reports whether the form opens nearly all paragraphs of a document with names and
// sentences, which proves it where no label comes again.
func (j *judge) opens(f *formUse) bool {
	if f == nil {
		return false // no line of the form has a label that is certain
	}
	before, _ := slices.BinarySearch(j.paragraphs, f.first)
	others := j.certainLines - f.certain // which open paragraphs in another form
	paragraphs := len(j.paragraphs) - before - others
	nearly := 10*f.named >= opensNearly*paragraphs
	if f.full == f.named {
		nearly = nearly || f.full >= leastFull && 2*f.full >= paragraphs || before < leastFull && 3*f.full >= paragraphs
	}
	return f.named > 1 && nearly && 2*f.ended >= f.named
}

// fits reports whether a line whose label is not certain begins a turn because it has a
// proven form, and what is doubtful about it.
func (j *judge) fits(m Mark) (label bool, doubt string) {
	f := j.forms[formOf(m)]
	l := m.Label
	if f == nil || !m.First || l.NamesNobody() || len(l.Text) == 0 {
		return false, ""
	}
	dated := j.dated && m.Timed
	if f.lower == 0 && !dated && letters.StartsLower(m.Rest) {
		return false, ""
	}
	proven := f.proven() || m.Shape || dated
	named := !m.Loose && l.Name.Full() && l.Name.IsName() || l.BeginsWithName()
	if named && !l.Says() && (proven || j.opens(f)) {
		return true, ""
	}
	capitals := f.certain > 0 && f.upper == f.certain // are the habit of the form
	switch {
	case proven && capitals && l.Upper:
		return true, ""
	case !l.Says() && j.habit(f):
		return true, j.doubtOf(l)
	case proven && capitals && !f.apart:
		return false, ""
	case proven && f.apart:
		return !l.Says() || !j.isOrdinary(l), j.doubtOf(l)
	case proven:
		return j.mayName(l) || labels.IsNumber(l.Text) || labels.IsUserName(l.Text) && (strings.ContainsAny(l.Text, "0123456789_.") || f.users > 0 && !j.isOrdinary(l)), doubtOnce
	case !j.opens(f):
		return false, ""
	case j.mayName(l):
		return true, ""
	}
	return f.named >= leastCertain && !l.Says() && !j.isOrdinary(l), doubtOnce
}

// doubtOf is what is uncertain of a label that stands once, in a proven form: nothing if it
// is a part of the conversation that is known.
func (j *judge) doubtOf(l *labels.Label) string {
	if _, ok := labels.Form(l.Text); ok && (l.Part != labels.PartNamed || labels.IsFunction(l.First()) || l.Name.Titled()) {
		return ""
	}
	return doubtOnce
}

// mayName reports whether the words of a label may name somebody: they have the form of a
// label, and none of them stands in small letters in the text.
func (j *judge) mayName(l *labels.Label) bool {
	_, ok := labels.Form(l.Text)
	return (ok || l.BeginsWithName()) && len(l.Words) > 0 && !l.NamesNobody() && !j.isOrdinary(l)
}

// mayNameOnce is mayName, worked out once for a label.
func (j *judge) mayNameOnce(l *labels.Label) bool {
	may, known := j.nameable[l]
	if !known {
		may = j.mayName(l)
		j.nameable[l] = may
	}
	return may
}

// isOrdinary reports whether all words of a label, titles and parts apart, stand in small
// letters in the text, so that they are no name's.
func (j *judge) isOrdinary(l *labels.Label) bool {
	if l.Part != labels.PartNamed || len(l.Name.Titles) > 0 {
		return false
	}
	ordinary := 0
	for _, w := range l.Words {
		if j.vocabulary()[w] > 0 || lexicon.Particles[w] || lexicon.OfficeLinks[w] {
			ordinary++
		}
	}
	return ordinary > 0 && ordinary == len(l.Words)
}

// stands reports whether a label is known so well that it is one also where a line may go
// on from the line before, and is set apart by more than prose has.
func (j *judge) stands(m Mark) bool {
	l := m.Label
	return (m.Style != styles.FullStop || l.Upper) && j.certain[l] && j.counts[l.Key] > 1 && (l.Upper || j.counts[l.Key] >= oftenKnown && m.Style == styles.Colon && !j.isOrdinary(l) || l.Name.Full() && l.Name.IsName() || l.Name.Titled())
}

// vocabulary counts words that stand in small letters within lines.
type vocabulary map[string]int

// readVocabulary counts those that are words of labels, too.
func readVocabulary(lines []layout.Line, seen map[*labels.Label]bool) vocabulary {
	wanted := vocabulary{}
	for l := range seen {
		for _, w := range l.Words {
			wanted[w] = 0
		}
	}
	for _, l := range lines[:min(len(lines), wordSample)] {
		first := true
		for w := range strings.FieldsSeq(letters.Head(l.Text, longestSampled)) {
			word := strings.TrimRightFunc(w, func(r rune) bool { return !unicode.IsLetter(r) })
			if _, ok := wanted[word]; ok && !first && letters.StartsLower(word) {
				wanted[word]++
			}
			first = false
		}
	}
	return wanted
}

// isMinuted reports whether a line is a clerk's own, who writes down what was decided:
// ACTION: Jane to ask.
func isMinuted(m Mark) bool { return m.Label.Upper && minuted[m.Label.First()] }

var minuted = lexicon.Words("lines of minutes")
