package people

import (
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/layout"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/internal/names"
)

// row is a line of a title block, read.
type row struct {
	Kind   rowKind
	text   string
	gap    bool // a blank line comes before it
	date   names.Date
	place  string
	person string
	office string // the first word of what the person is, in small letters: chair
	event  bool   // the date is said to be that of the event
	letter bool   // of a covering letter
}

// rowKind is what a line of a title block says.
type rowKind int

const (
	rowOther rowKind = iota
	rowTitle
	RowDate
	rowPlace
	rowClock
	rowPerson // Jane Roe, Harbour Master
	RowByline
	rowBanner // the institution, release notes, links
	rowRule   // a line of dashes
)

func ReadRow(l layout.Line) row {
	r := row{text: lexicon.PlainBlanks(strings.Trim(letters.Head(l.Text, longestRow), "*_ ")), gap: l.Gap}
	switch {
	case len(l.Text) > longestRow || r.text == "":
		return r
	case strings.Trim(r.text, "-–—=~. ") == "":
		r.Kind = rowRule
		return r
	}
	if !r.readField() {
		r.readForm()
	}
	if l.Heading == 1 && r.Kind != rowBanner {
		r.Kind = rowTitle
	}
	return r
}

const longestRow = 400 // bytes; more is prose

// readField reads "Title: ...", "Place: ..." and other fields.
func (r *row) readField() bool {
	name, value, _ := strings.Cut(r.text, ":")
	name, value = strings.ToLower(strings.TrimSpace(name)), strings.TrimSpace(value)
	if !labels.IsField(name) || value == "" {
		return false
	}
	r.Kind = rowBanner
	switch name {
	case "title":
		r.Kind, r.text = rowTitle, value
	case "place", "location", "venue":
		r.Kind, r.place = rowPlace, value
	case "date", "published", "recorded":
		r.Kind = RowDate
	}
	r.date, _ = names.FindDate(value)
	if r.Kind == RowDate && r.date.ISO == "" {
		r.Kind = rowBanner
	}
	return true
}

// readForm reads a line by its form.
func (r *row) readForm() {
	date, dated := names.FindDate(r.text)
	if event, ok := heldOn(r.text); ok {
		date, r.event = event, true
	}
	r.date = date
	switch {
	case IsByline(r.text):
		r.Kind = RowByline
	case dated && !isSentence(r.text[:date.Start]+" "+r.text[date.End:]):
		r.Kind = RowDate
		if before := strings.Trim(r.text[:date.Start], " ,(–—-|"); names.IsPlace(before) {
			r.place = before
		}
	case layout.IsClock(strings.ToLower(strings.Trim(r.text, "() "))):
		r.Kind = rowClock
	case names.IsPlace(r.text):
		r.Kind, r.place = rowPlace, strings.TrimRight(r.text, ".")
	case isBanner(r.text):
		r.Kind = rowBanner
	default:
		if person, office, ok := names.ReadPerson(r.text); ok {
			r.Kind, r.person, r.office = rowPerson, person, office
		}
	}
}

// heldOn reads the date of a line that says that the event took place on it.
func heldOn(text string) (names.Date, bool) {
	lower := strings.ToLower(text)
	for _, phrase := range heldOnPhrases {
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

var heldOnPhrases = lexicon.Phrases("phrases before the date of an event")

// isSentence reports whether a line with a date tells something besides.
func isSentence(rest string) bool {
	words, small := strings.Fields(rest), 0
	for _, w := range words {
		if letters.StartsLower(w) {
			small++
		}
	}
	return len(words) > 8 || small > 3
}

// isBanner recognises lines that are about the page rather than the event.
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
