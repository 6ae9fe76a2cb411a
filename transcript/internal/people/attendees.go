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

// Minutes list those who attend with the letters that stand for them:
//
//	Jane Roe (JR), John Poe (JP)
//	| Jane Roe | JR | Harbour Board |

const (
	longestInitials  = 5
	longestAttendees = 8000 // bytes of a line that is looked at
)

// readAttendees gathers them from the lines of the title block.
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

// readAttendeeList reads "Jane Roe (JR), John Poe (JP)".
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
		letters := text[open+1 : open+end]
		before := text[:open]
		name := before[strings.LastIndexAny(before, ",;:)•*|")+1:]
		if person := attendeeName(name); person != "" && standFor(letters, person) {
			f.addInitials(letters, names.Person{Name: person})
		}
		text = text[open+end+1:]
	}
}

// readAttendeeRow reads a row of a table: the cell of the letters is the one
// that may stand for the name, and what follows both says whose the person is.
func (f *Front) readAttendeeRow(text string) {
	var name, chars, affiliation string
	for _, cell := range strings.FieldsFunc(text, func(r rune) bool { return r == '|' || r == '\t' }) {
		cell = strings.Trim(lexicon.PlainBlanks(cell), "*_ ")
		switch {
		case cell == "":
		case chars == "" && isInitials(cell):
			chars = cell
		case name == "" && attendeeName(cell) != "":
			name = attendeeName(cell)
		case affiliation == "":
			affiliation = cell
		}
	}
	if name == "" {
		return
	}
	f.cast = names.AddName(f.cast, name)
	if chars != "" && standFor(chars, name) {
		f.addInitials(chars, names.Person{Name: name, Affiliation: affiliation})
	}
}

// attendeeName is the full name that is all of a text, empty if there is none.
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

// standFor reports whether letters may stand for a name: they begin with the
// initial of one of its words.
func standFor(chars, name string) bool {
	return isInitials(chars) && strings.Contains(names.InitialsOf(name), lexicon.Fold(chars)[:1])
}

func (f *Front) addInitials(chars string, who names.Person) {
	key := lexicon.Fold(chars)
	for i, known := range f.initials[key] {
		if names.Same(known.Name, who.Name) {
			f.initials[key][i].Affiliation = cmp.Or(known.Affiliation, who.Affiliation)
			return
		}
	}
	f.initials[key] = append(f.initials[key], who)
	f.cast = names.AddName(f.cast, who.Name)
}
