package people

import (
	"cmp"
	"strings"
	"unicode"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/internal/names"
)

const (
	longestInitials  = 5    // bytes
	longestAttendees = 8000 // bytes of a line that is read
)

// readAttendees gathers the people whom minutes list, with the letters that stand for them
// as labels, in a line or in the rows of a table:
//
//	Jane Roe (JR), John Poe (JP)
//	| Jane Roe | JR | Harbour Board |
func (f *Front) readAttendees(lines []layout.Line) {
	for _, l := range lines {
		text := letters.Head(l.Text, longestAttendees)
		if strings.ContainsAny(text, "|\t") {
			f.readAttendeeRow(text)
		} else if strings.Contains(text, "(") {
			f.readAttendeeList(text)
		}
	}
}

// readAttendeeList reads a list of people with their letters in brackets.
func (f *Front) readAttendeeList(text string) {
	for {
		open := strings.IndexByte(text, '(')
		if open < 0 {
			return
		}
		end := strings.IndexByte(text[open:], ')')
		if end < 0 {
			return
		}
		initials := text[open+1 : open+end]
		before := text[:open]
		name := before[strings.LastIndexAny(before, ",;:)•*|")+1:]
		if person := attendeeName(name); person != "" && standFor(initials, person) {
			f.addInitials(initials, names.Person{Name: person})
		}
		text = text[open+end+1:]
	}
}

// readAttendeeRow reads a row of a table: a cell that has the form of initials, a cell that
// is a full name, and, as the affiliation, the first cell that is neither.
func (f *Front) readAttendeeRow(text string) {
	var name, initials, affiliation string
	for _, cell := range strings.FieldsFunc(text, func(r rune) bool { return r == '|' || r == '\t' }) {
		cell = strings.Trim(lexicon.PlainBlanks(cell), "*_ ")
		switch {
		case cell == "":
		case initials == "" && isInitials(cell):
			initials = cell
		case name == "" && attendeeName(cell) != "":
			name = attendeeName(cell)
		case affiliation == "":
			affiliation = cell
		}
	}
	if name == "" {
		return
	}
	f.addMember(name)
	if initials != "" && standFor(initials, name) {
		f.addInitials(initials, names.Person{Name: name, Affiliation: affiliation})
	}
}

// attendeeName is the full name that a text is, titles before it apart; empty if it is
// anything else.
func attendeeName(text string) string {
	r := names.NewReader(text)
	r.TakeTitles()
	name, ok := r.FullName()
	if !ok || !r.Done() {
		return ""
	}
	return names.TitleCaseCaps(name)
}

// isInitials reports whether a text is a few capitals and nothing else.
func isInitials(text string) bool {
	if text == "" || len(text) > longestInitials {
		return false
	}
	for _, r := range text {
		if !unicode.IsUpper(r) {
			return false
		}
	}
	return true
}

// standFor reports whether initials may stand for a name: they begin as one of its words
// does.
func standFor(initials, name string) bool {
	return isInitials(initials) && strings.Contains(names.InitialsOf(name), lexicon.Fold(initials)[:1])
}

// addInitials notes for whom initials stand, and adds the person to the cast.
func (f *Front) addInitials(initials string, who names.Person) {
	key := lexicon.Fold(initials)
	for i, known := range f.initials[key] {
		if names.Same(known.Name, who.Name) {
			f.initials[key][i].Affiliation = cmp.Or(known.Affiliation, who.Affiliation)
			return
		}
	}
	f.initials[key] = append(f.initials[key], who)
	f.addMember(who.Name)
}
