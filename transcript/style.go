package transcript

import (
	"strings"
)

// style is one way of setting a speaker's label apart from the words. Each
// has a file of its own.
type style struct {
	name string
	// cut takes a label off a line by its form alone. Whether the label is a
	// speaker's, all of the document must say.
	cut func(labelReader, line) (cut, bool)
	// proven reports whether the document follows the style, by all the
	// lines that have its form; nil if the form is enough.
	proven func(survey) bool
	// anywhere says that the form is told from words wherever a line begins.
	anywhere func(*label) bool
}

// cut is a line without its label.
type cut struct {
	label *label
	rest  string // the words after the label
	verb  string // between the label and its colon, with a blank before it
	clock clock  // that stands beside the label
	apart bool   // a time or a line of its own sets the label apart, so that its words prove little
	bold  bool   // the label is in bold
	loose bool   // the label's words alone would not make a label
	glued bool   // no blank comes after the label
	style int    // index of the style that the label follows
	first bool   // the label stands at the start of a paragraph
}

// styles lists every style; the first whose form a line has is taken.
func styles() []style {
	return []style{
		{"colon", cutColon, nil, inCapitals},
		{"colon, in small letters", cutSmall, provenSmall, never},
		{"bare Q and A", cutBare, nil, inCapitals},
		{"time", cutTimed, provenTimed, never},
		{"bold", cutBold, provenBold, never},
		{"full stop", cutStop, provenStop, never},
		{"wide blank", cutWide, provenWide, never},
		{"dash", cutDash, provenDash, never},
		{"brackets", cutBrackets, provenBrackets, always},
		{"semicolon", cutSemicolon, unproven, never},
		{"arrows", cutArrows, provenArrows, always},
		{"own line", cutOwnLine, provenOwnLine, never},
	}
}

func inCapitals(l *label) bool { return l.upper }
func always(*label) bool       { return true }
func never(*label) bool        { return false }

// survey is what a document has of one style.
type survey struct {
	lines     int            // with its form
	worded    int            // of those, lines that words belong to: on them, or on the next
	sentences int            // lines that end as sentences do
	labels    map[*label]int // and how many lines have them
	repeated  int            // lines whose label comes again
	titled    int            // lines whose label has a title and a name, or is a known part
	colons    int            // lines with a label and a colon, to compare
}

// again is the number of labels that come again.
func (s survey) again() int {
	n := 0
	for _, times := range s.labels {
		if times > 1 {
			n++
		}
	}
	return n
}

// alternates reports whether several labels come again and again, so that
// hardly a line of this form has another reason.
func (s survey) alternates() bool {
	return s.again() > 1 && s.repeated*2 >= s.lines && s.worded*5 >= s.lines*4
}

// cutLabel takes the label off a line, with the time before or behind it.
func cutLabel(r labelReader, l line, all []style) (c cut, ok bool) {
	lead, body, timed := leadingClock(l.text)
	if timed {
		l.strong = max(0, l.strong-(len(l.text)-len(body)))
		l.text, l.timed = body, true
	}
	if l.text == "" || len(r) >= mostLabels {
		return cut{}, false
	}
	if startsLower(l.text) && l.strong == 0 && strings.IndexByte(l.text, ':') < 0 {
		return cut{}, false // as most lines of a wrapped text
	}
	for i := range all {
		c, ok := all[i].cut(r, l)
		if !ok {
			continue
		}
		if c.clock.startMS == nil {
			c.clock = lead
		}
		c.style = i
		return c, true
	}
	return cut{}, false
}

// cutClock takes a time off the words after a label: one in brackets, or one
// that is all there is.
func (c *cut) cutClock() {
	found, rest, ok := leadingClock(c.rest)
	if ok && (rest == "" || strings.IndexByte("[(<{", c.rest[0]) >= 0) {
		c.clock, c.rest, c.apart = found, rest, c.apart || rest == ""
	}
}

// readCut makes a cut of a label's text, which may end with a time.
func readCut(r labelReader, text, rest string) cut {
	c := cut{rest: strings.TrimSpace(rest)}
	text = strings.TrimSpace(text)
	if found, before, ok := trailingClock(text); ok {
		c.clock, text, c.apart = found, before, true
	}
	c.label = r.read(text)
	c.cutClock()
	return c
}
