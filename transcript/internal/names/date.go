package names

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// Date is a date that stands in a line.
type Date struct {
	ISO        string // 2011-10-18
	Start, End int    // bytes of the line
	Doubtful   bool   // read month first, but day and month may be the other way round: 3/4/1998
}

// FindDate finds the first date of a line, which must have plain blanks; of a long line
// only the start is read. A date has day, month and year. Dates that stand for none, such
// as 1970-01-01, are none.
func FindDate(s string) (Date, bool) {
	if found, ok := findEraDate(letters.Head(s, longestDated)); ok {
		return found, true
	}
	if !strings.ContainsAny(s, "0123456789") {
		return Date{}, false
	}
	d := dateReader{text: s, tokens: dateTokens(s)}
	for i := range d.tokens {
		if found, ok := d.at(i); ok {
			found.Doubtful = found.Doubtful && !hasAmericanTime(s)
			return found, true
		}
	}
	return Date{}, false
}

// SpokenDate is the date that a broadcast says of itself as it begins: "This is Harbour
// News for the week of Monday, June 26th, 2023." It is empty where a text says none.
func SpokenDate(text string) string {
	text = lexicon.PlainBlanks(letters.Head(text, longestDated))
	date, ok := FindDate(text)
	if !ok {
		return ""
	}
	before := strings.ToLower(letters.Tail(text[:date.Start], datingPhrase))
	if !letters.ContainsAny(before, datings...) {
		return ""
	}
	return date.ISO
}

const datingPhrase = 40 // bytes before a spoken date, in which a phrase says that it is the event's

var datings = lexicon.Phrases("phrases before spoken dates")

// dateReader reads dates from the tokens of a line.
type dateReader struct {
	text   string
	tokens []dateToken
}

// token is token i; an empty one behind the last.
func (d *dateReader) token(i int) dateToken {
	if i >= len(d.tokens) {
		return dateToken{}
	}
	return d.tokens[i]
}

// between is what stands between token i and the one before it.
func (d *dateReader) between(i int) string {
	if i == 0 || i >= len(d.tokens) {
		return ""
	}
	return d.text[d.tokens[i-1].end:d.tokens[i].start]
}

// at reads the date that begins with token i.
func (d *dateReader) at(i int) (Date, bool) {
	for _, form := range d.forms(d.tokens[i]) {
		if iso, last, doubtful := form(i); iso != "" {
			return Date{iso, d.tokens[i].start, d.tokens[last].end, doubtful}, true
		}
	}
	return Date{}, false
}

// dateForm reads a date of one form that begins with token i; last is the token with
// which it ends, and iso is empty if there is none.
type dateForm func(i int) (iso string, last int, doubtful bool)

// forms are the forms of dates that may begin with a token.
func (d *dateReader) forms(first dateToken) []dateForm {
	switch {
	case !first.number:
		return []dateForm{d.monthFirst}
	case len(first.text) == 4:
		return []dateForm{d.yearFirst}
	}
	return []dateForm{d.dayFirst, d.figures}
}

// How many tokens may stand between the parts of a date: ordinal endings, a second day,
// the words for "of" of several languages.
const (
	tokensAfterDay  = 4 // March 3rd and 4th, 2011
	tokensDayToYear = 6 // 3 de marzo de 2011
	longestFiller   = 3 // bytes of such a token
)

// monthFirst reads "March 3, 2011", "March 3rd and 4th, 2011".
func (d *dateReader) monthFirst(i int) (iso string, last int, doubtful bool) {
	month := monthNumber(d.token(i).text)
	if month == 0 || !d.token(i+1).number {
		return "", 0, false
	}
	day := d.token(i + 1)
	for next := i + 2; next < i+2+tokensAfterDay; next++ {
		switch t := d.token(next); {
		case isYear(t):
			return isoOf(t.text, strconv.Itoa(month), day.text), next, false
		case t.text == "" || len(t.text) > longestFiller:
			return "", 0, false
		}
	}
	return "", 0, false
}

// dayFirst reads "3 March 2011", "3rd of March, 2011", "3. März 2011", "3 de
// marzo de 2011".
func (d *dateReader) dayFirst(i int) (iso string, last int, doubtful bool) {
	month := 0
	for next := i + 1; next < i+1+tokensDayToYear; next++ {
		t := d.token(next)
		switch {
		case month == 0 && monthNumber(t.text) > 0:
			month = monthNumber(t.text)
		case month > 0 && isYear(t):
			return isoOf(t.text, strconv.Itoa(month), d.token(i).text), next, false
		case t.text == "" || len(t.text) > longestFiller || month > 0 && t.number:
			return "", 0, false
		}
	}
	return "", 0, false
}

// yearFirst reads 2011-03-18, 2011/03/18, "2011. május 18.", 2011年3月18日.
func (d *dateReader) yearFirst(i int) (iso string, last int, doubtful bool) {
	year, month, day := d.token(i), d.token(i+1), d.token(i+2)
	if !month.number && monthNumber(month.text) > 0 && day.number {
		return isoOf(year.text, strconv.Itoa(monthNumber(month.text)), day.text), i + 2, false
	}
	if calendarMarks[month.text] && calendarMarks[d.token(i+3).text] {
		month, day = d.token(i+2), d.token(i+4)
		if month.number && day.number {
			return isoOf(year.text, month.text, day.text), i + 4, false
		}
	}
	if month.number && day.number && d.between(i+1) == d.between(i+2) && isDateMark(d.between(i+1)) {
		return isoOf(year.text, month.text, day.text), i + 2, false
	}
	return "", 0, false
}

// calendarMarks are the words for year and month that stand behind the figures in East
// Asian dates.
var calendarMarks = lexicon.Words("calendar marks")

// figures reads 3/18/2011, 18.03.2011 and 18-3-2011. With strokes the month comes first,
// as in America, unless only the day can, and is doubtful where both orders give a date; with
// full stops and hyphens the day comes first.
func (d *dateReader) figures(i int) (iso string, last int, doubtful bool) {
	a, b, year := d.token(i), d.token(i+1), d.token(i+2)
	mark := d.between(i + 1)
	if !b.number || !year.number || mark != d.between(i+2) || !isDateMark(mark) || len(year.text) != 4 && len(year.text) != 2 || len(a.text) > 2 {
		return "", 0, false
	}
	full := fullYear(year.text)
	american, european := isoOf(full, a.text, b.text), isoOf(full, b.text, a.text)
	switch {
	case mark != "/" && len(year.text) == 2 && mark != ".": // 3-18-11 may be a number of another kind
		return "", 0, false
	case mark != "/" && european != "":
		return european, i + 2, false
	case american != "":
		return american, i + 2, american != european && european != ""
	}
	return european, i + 2, false
}

// DayFirst is a date that was read month first, in ISO form, with the day first.
func DayFirst(iso string) string {
	part := strings.Split(iso, "-")
	return isoOf(part[0], part[2], part[1])
}

// fullYear is a year of two figures with its century: 1969 to 2068, as POSIX has it.
func fullYear(year string) string {
	switch {
	case len(year) != 2:
		return year
	case year >= "69":
		return "19" + year
	}
	return "20" + year
}

// isDateMark reports whether a text may stand between the figures of a date.
func isDateMark(s string) bool { return s == "-" || s == "/" || s == "." || s == ". " }

// isYear reports whether a token is a year in full.
func isYear(t dateToken) bool { return t.number && len(t.text) == 4 }

// isoOf is a date in ISO form, empty if there is no such day or if it is a placeholder, as
// epoch dates such as 1970-01-01 are.
func isoOf(year, month, day string) string {
	y, _ := strconv.Atoi(year)
	m, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(day)
	iso := fmt.Sprintf("%04d-%02d-%02d", y, m, d)
	if len(day) > 2 || y < earliestYear || y > latestYear || iso == "1970-01-01" || iso == "1900-01-01" || !IsISODate(iso) {
		return ""
	}
	return iso
}

const earliestYear, latestYear = 1500, 2099 // of events; a year beyond is a placeholder or a number

// IsISODate reports whether s is a day of the calendar, which begins with the year 1,
// written as YYYY-MM-DD.
func IsISODate(s string) bool {
	day, err := time.Parse(time.DateOnly, s)
	return err == nil && day.Year() >= 1
}

// hasAmericanTime reports whether a line has a time zone of the United States, where the
// month comes first: ET, EST, PDT.
func hasAmericanTime(s string) bool {
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if len(w) <= 3 && len(w) > 1 && strings.ContainsRune("ECMP", rune(w[0])) && (w[1:] == "T" || w[1:] == "ST" || w[1:] == "DT") {
			return true
		}
	}
	return false
}
