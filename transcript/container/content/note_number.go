package content

import (
	"regexp"
	"strings"
)

var (
	noteNumber = regexp.MustCompile(`^[\[(]?(\d{1,3}([,–-]\d{1,3})*|[a-z]|[ivx]{1,5}|[*†‡§¶#]+)[\])]?$`)
	unit       = regexp.MustCompile(`\d\s?\pL{1,2}$`) // of measure: 12 m, 40 km
)

// IsNoteNumber reports whether what stands above the line behind a text is the number, or
// the mark, of a note, and no power: 10², 12 m², nor the end of an ordinal, as in 1st.
func IsNoteNumber(before, raised string) bool {
	raised = strings.Join(strings.Fields(raised), "")
	if !noteNumber.MatchString(raised) {
		return false
	}
	power := raised[0] >= '1' && raised[0] <= '9' && (strings.HasSuffix(before, "10") || unit.MatchString(before))
	letter := raised[0] >= 'a' && raised[0] <= 'z'
	return !power && !(letter && endsInDigit(before))
}

func endsInDigit(s string) bool { return s != "" && s[len(s)-1] >= '0' && s[len(s)-1] <= '9' }
