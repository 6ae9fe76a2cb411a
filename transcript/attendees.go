package transcript

import (
	"strings"
	"unicode"
)

// Minutes list those who attend with the letters that stand for them:
//
//	Jane Roe (JR), John Poe (JP)
//	| Jane Roe | JR | Harbour Board |

const (
	longestInitials  = 5
	longestAttendees = 8000 // bytes of a line that is looked at
)

// readAttendees gathers them from the lines of the title block.
func (f *frontMatter) readAttendees(lines []line) {
	for _, l := range lines {
		text := head(l.text, longestAttendees)
		if strings.ContainsAny(text, "|\t") {
			f.readAttendeeRow(text)
		} else if strings.Contains(text, "(") {
			f.readAttendeeList(text)
		}
	}
}

// readAttendeeList reads "Jane Roe (JR), John Poe (JP)".
func (f *frontMatter) readAttendeeList(text string) {
	for {
		open := strings.IndexByte(text, '(')
		if open < 0 {
			return
		}
		end := strings.IndexByte(text[open:], ')')
		if end < 0 {
			return
		}
		letters := text[open+1 : open+end]
		before := text[:open]
		name := before[strings.LastIndexAny(before, ",;:)•*|")+1:]
		if person := attendeeName(name); person != "" && standFor(letters, person) {
			f.addInitials(letters, identity{name: person})
		}
		text = text[open+end+1:]
	}
}

// readAttendeeRow reads a row of a table: the cell of the letters is the one
// that may stand for the name, and what follows both says whose the person is.
func (f *frontMatter) readAttendeeRow(text string) {
	var name, letters, affiliation string
	for _, cell := range strings.FieldsFunc(text, func(r rune) bool { return r == '|' || r == '\t' }) {
		cell = strings.Trim(plainBlanks(cell), "*_ ")
		switch {
		case cell == "":
		case letters == "" && isInitials(cell):
			letters = cell
		case name == "" && attendeeName(cell) != "":
			name = attendeeName(cell)
		case affiliation == "":
			affiliation = cell
		}
	}
	if name == "" {
		return
	}
	f.cast = addName(f.cast, name)
	if letters != "" && standFor(letters, name) {
		f.addInitials(letters, identity{name, affiliation})
	}
}

// attendeeName is the full name that is all of a text, empty if there is none.
func attendeeName(text string) string {
	r := newReader(text)
	r.takeTitles()
	name, ok := r.fullName()
	if !ok || !r.done() {
		return ""
	}
	return titleCaseCaps(name)
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

// standFor reports whether letters may stand for a name: they begin with the
// initial of one of its words.
func standFor(letters, name string) bool {
	return isInitials(letters) && strings.Contains(initialsOf(name), fold(letters)[:1])
}

func (f *frontMatter) addInitials(letters string, who identity) {
	key := fold(letters)
	for i, known := range f.initials[key] {
		if sameName(known.name, who.name) {
			f.initials[key][i].affiliation = firstOf(known.affiliation, who.affiliation)
			return
		}
	}
	f.initials[key] = append(f.initials[key], who)
	f.cast = addName(f.cast, who.name)
}
