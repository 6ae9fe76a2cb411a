package transcript

import "strings"

// rowKind is what a line of a title block says.
type rowKind int

const (
	rowOther rowKind = iota
	rowTitle
	rowDate
	rowPlace
	rowClock
	rowPerson // Jane Roe, Harbour Master
	rowByline
	rowBanner // the institution, release notes, links
	rowRule   // a line of dashes
)

// row is a line of a title block, read.
type row struct {
	kind   rowKind
	text   string
	gap    bool // a blank line comes before it
	date   foundDate
	place  string
	person string
	office string // the first word of what the person is, in small letters: chair
	event  bool   // the date is said to be that of the event
	letter bool   // of a covering letter
}

const longestRow = 400 // bytes; more is prose

func readRow(l line) row {
	r := row{text: plainBlanks(strings.Trim(head(l.text, longestRow), "*_ ")), gap: l.gap}
	switch {
	case len(l.text) > longestRow || r.text == "":
		return r
	case strings.Trim(r.text, "-–—=~. ") == "":
		r.kind = rowRule
		return r
	}
	if !r.readField() {
		r.readForm()
	}
	if l.heading == 1 && r.kind != rowBanner {
		r.kind = rowTitle
	}
	return r
}

// readField reads "Title: ...", "Place: ..." and other fields.
func (r *row) readField() bool {
	name, value, _ := strings.Cut(r.text, ":")
	name, value = strings.ToLower(strings.TrimSpace(name)), strings.TrimSpace(value)
	if !fieldLabels[name] || value == "" {
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
	r.date, _ = findDate(value)
	if r.kind == rowDate && r.date.iso == "" {
		r.kind = rowBanner
	}
	return true
}

// readForm reads a line by its form.
func (r *row) readForm() {
	date, dated := findDate(r.text)
	if event, ok := heldOn(r.text); ok {
		date, r.event = event, true
	}
	r.date = date
	switch {
	case isByline(r.text):
		r.kind = rowByline
	case dated && !isSentence(r.text[:date.start]+" "+r.text[date.end:]):
		r.kind = rowDate
		if before := strings.Trim(r.text[:date.start], " ,(–—-|"); isPlace(before) {
			r.place = before
		}
	case isClock(strings.ToLower(strings.Trim(r.text, "() "))):
		r.kind = rowClock
	case isPlace(r.text):
		r.kind, r.place = rowPlace, strings.TrimRight(r.text, ".")
	case isBanner(r.text):
		r.kind = rowBanner
	default:
		if person, office, ok := readPerson(r.text); ok {
			r.kind, r.person, r.office = rowPerson, person, office
		}
	}
}

// heldOn reads the date of a line that says that the event took place on it.
func heldOn(text string) (foundDate, bool) {
	lower := strings.ToLower(text)
	for _, phrase := range []string{"held on", "recorded on", "taken on", "conducted on", "delivered on", "aired on"} {
		at := strings.Index(lower, phrase)
		if at < 0 || len(lower) != len(text) {
			continue
		}
		date, ok := findDate(text[at:])
		date.start, date.end = date.start+at, date.end+at
		return date, ok
	}
	return foundDate{}, false
}

// isSentence reports whether a line with a date tells something besides.
func isSentence(rest string) bool {
	words, small := strings.Fields(rest), 0
	for _, w := range words {
		if startsLower(w) {
			small++
		}
	}
	return len(words) > 8 || small > 3
}

func isByline(text string) bool {
	_, ok := cutByline(text)
	return ok && len(text) < 150
}

// isBanner recognises lines that are about the page rather than the event.
func isBanner(text string) bool {
	lower := strings.ToLower(text)
	for _, start := range []string{"for immediate release", "office of", "embargoed", "copyright", "©", "http", "www.",
		"press release", "home »", "share", "print", "email", "[", "<", "photo"} {
		if strings.HasPrefix(lower, start) {
			return true
		}
	}
	return containsAny(lower, "department of", "ministry of") && !hasEventWord(lower)
}
