package people

import (
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/internal/names"
)

// row is what a line of a title block says.
type row struct {
	kind   rowKind
	text   string // without emphasis; of a field, its value alone where it is the title
	gap    bool   // a blank line stands before it
	date   names.Date
	place  string
	person string // full name
	office string // the first word of what the person is, in small letters: chair
	event  bool   // the line says that the date is the event's
	letter bool   // it is of a covering letter
}

// rowKind is the kind of a line of a title block.
type rowKind int

const (
	rowOther rowKind = iota // may be the title
	rowTitle                // is the title: a field or a heading says so
	rowDate
	rowPlace
	rowClock  // a time of day
	rowPerson // Jane Roe, Harbour Master
	rowByline
	rowBanner // about the institution, the paper or the page: release notes, links
	rowRule   // a line of dashes
)

// EndsTitleBlock reports whether a line is a byline or a date, with which title blocks of
// magazines end.
func EndsTitleBlock(l layout.Line) bool {
	kind := readRow(l).kind
	return kind == rowByline || kind == rowDate
}

// readRow reads a line of a title block.
func readRow(l layout.Line) row {
	r := row{text: lexicon.PlainBlanks(strings.Trim(letters.Head(l.Text, longestRow), "*_ ")), gap: l.Gap}
	switch {
	case len(l.Text) > longestRow || r.text == "":
		return r
	case strings.Trim(r.text, "-–—=~. ") == "":
		r.kind = rowRule
		return r
	}
	if !r.readField() {
		r.readForm()
	}
	if l.Heading == 1 && r.kind != rowBanner {
		r.kind = rowTitle
	}
	return r
}

const longestRow = 400 // bytes; a longer line is prose

// readField reads a field, "Title: ...", "Place: ...", and reports whether the line is one.
func (r *row) readField() bool {
	name, value, _ := strings.Cut(r.text, ":")
	name, value = strings.ToLower(strings.TrimSpace(name)), strings.TrimSpace(value)
	dated := letters.ContainsWord(name, dateField)
	if !labels.IsField(name) && !dated || value == "" {
		return false
	}
	r.kind = rowBanner
	switch name {
	case "title":
		r.kind, r.text = rowTitle, value
	case "place", "location", "venue":
		r.kind, r.place = rowPlace, value
	case "date", "published", "recorded":
		r.kind = rowDate
	}
	if r.date, _ = names.FindDate(value); dated && r.date.ISO != "" {
		r.kind, r.place = rowDate, placeBehind(value[r.date.End:])
	}
	if r.kind == rowDate && r.date.ISO == "" {
		r.kind = rowBanner
	}
	return true
}

const dateField = "date" // word of a field that has the date: Hearing date, Date of the meeting

// placeBehind is the place that stands behind a date, the time of day apart: City Hall of "May 4,
// 11:00 AM, City Hall." It is empty if there is none.
func placeBehind(text string) string {
	for _, part := range strings.Split(text, ",") {
		part, _, _ = strings.Cut(strings.TrimSpace(part), ". ")
		if part = strings.Trim(part, ". "); strings.ContainsAny(part, "0123456789") || !isProperName(part) {
			continue
		}
		return part
	}
	return ""
}

// readForm reads a line that is no field by its form.
func (r *row) readForm() {
	date, dated := names.FindDate(r.text)
	if event, ok := heldOn(r.text); ok {
		date, r.event = event, true
	}
	r.date = date
	switch {
	case IsByline(r.text):
		r.kind = rowByline
	case dated && !isSentence(r.text[:date.Start]+" "+r.text[date.End:]):
		r.kind = rowDate
		if before := strings.Trim(r.text[:date.Start], " ,(–—-|"); names.IsPlace(before) {
			r.place = before
		}
	case layout.IsClock(strings.ToLower(strings.Trim(r.text, "() "))):
		r.kind = rowClock
	case names.IsPlace(r.text):
		r.kind, r.place = rowPlace, strings.TrimRight(r.text, ".")
	case isBanner(r.text):
		r.kind = rowBanner
	default:
		if person, office, ok := names.ReadPerson(r.text); ok {
			r.kind, r.person, r.office = rowPerson, person, office
		}
	}
}

// heldOn reads the date of a line that says that the event took place on it: "the call held
// on May 18, 2011".
func heldOn(text string) (names.Date, bool) {
	lower := strings.ToLower(text)
	for _, phrase := range phrasesOfEvents {
		at := strings.Index(lower, phrase)
		if at < 0 || len(lower) != len(text) {
			continue
		}
		date, ok := names.FindDate(text[at:])
		date.Start, date.End = date.Start+at, date.End+at
		return date, ok
	}
	return names.Date{}, false
}

var phrasesOfEvents = lexicon.Phrases("phrases before the date of an event")

const (
	datedWords = 8 // at most, beside the date, in a line that only gives a date
	datedSmall = 3 // of those, words in small letters
)

// isSentence reports whether what a line has beside a date tells something else.
func isSentence(rest string) bool {
	words, small := strings.Fields(rest), 0
	for _, w := range words {
		if letters.StartsLower(w) {
			small++
		}
	}
	return len(words) > datedWords || small > datedSmall
}

// isBanner reports whether a line is about the institution, the paper or the page rather
// than the event.
func isBanner(text string) bool {
	lower := strings.ToLower(text)
	for _, start := range banners {
		if strings.HasPrefix(lower, start) {
			return true
		}
	}
	return letters.ContainsAny(lower, ministries...) && !hasEventWord(lower)
}

var ministries = lexicon.Phrases("ministries")

var banners = lexicon.Phrases("beginnings of banners")
