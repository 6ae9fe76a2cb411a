package layout

import (
	"regexp"
	"strings"

	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// A moment is a day and a time, or a time of day, as chats put it beside what is written.
// It is no place in a recording.
//
//	[2031-05-04T10:30:12Z]   [10:30 AM]   04/05/2031, 10:30
const (
	day       = `(?:\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4})`
	timeOfDay = `\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?`
	half      = `\s?(?:[AaPp]\.?[Mm]\.?)`
	zone      = `(?:Z|[+-]\d\d:?\d\d|\s(?:UTC|GMT))?`
	dayTime   = day + `(?:T|,?\s)` + timeOfDay + `(?:` + half + `)?` + zone
)

var (
	isoDay         = regexp.MustCompile(`\d{4}-\d\d-\d\d`)
	leadingMoment  = regexp.MustCompile(`^(?:\[\s*(?:` + dayTime + `|` + timeOfDay + half + `)\s*\]|\((?:` + dayTime + `|` + timeOfDay + half + `)\)|` + dayTime + `)(?:\s+|$)`)
	trailingMoment = regexp.MustCompile(`(?:\s|^)[\[(]?(?:` + dayTime + `|` + timeOfDay + half + `)[\])]?$`)
)

const longestMoment = 40 // bytes

// cutMoment takes a day and a time, or a time of day in brackets, off the start of a text.
func cutMoment(s string) (rest string, ok bool) {
	if !strings.Contains(s[:min(len(s), longestMoment)], ":") {
		return s, false
	}
	at := leadingMoment.FindStringIndex(s[:min(len(s), longestMoment)])
	if at == nil {
		return s, false
	}
	return s[at[1]:], true
}

// BeginsWithMoment reports whether a text begins with a day and a time, or with a time of day
// in brackets.
func BeginsWithMoment(s string) bool {
	if s == "" || !letters.IsDigit(s[0]) && s[0] != '[' && s[0] != '(' {
		return false
	}
	_, ok := cutMoment(s)
	return ok
}

// LeadingTime takes a time off the start of a text as LeadingClock does, and a time of day
// without brackets as well.
func LeadingTime(s string) (c Clock, rest string, ok bool) {
	if c, rest, ok = LeadingClock(s); ok || s == "" || !letters.IsDigit(s[0]) {
		return c, rest, ok
	}
	at := leadingHalf.FindStringIndex(s[:min(len(s), longestMoment)])
	if at == nil {
		return Clock{}, s, false
	}
	return Clock{}, s[at[1]:], true
}

var leadingHalf = regexp.MustCompile(`^` + timeOfDay + half + `(?:\s+|$)`)

// cutTrailingMoment takes a day and a time, or a time of day, off the end of a text.
func cutTrailingMoment(s string) (before string, ok bool) {
	from := max(0, len(s)-longestMoment)
	if !strings.Contains(s[from:], ":") {
		return s, false
	}
	at := trailingMoment.FindStringIndex(s[from:])
	if at == nil || from+at[0] == 0 {
		return s, false
	}
	return s[:from+at[0]], true
}
