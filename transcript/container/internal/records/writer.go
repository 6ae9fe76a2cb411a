package records

import (
	"regexp"
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/speaker"
	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

// writer makes lines of the prose in a tree: in the voice of whoever speaks, or of
// nobody.
type writer struct {
	markup markup
	own    func(n *node) bool // reads an element in the vocabulary's own way, if it has one; asked first
	lines  []content.Line
	voice  *content.Voice // whose words are written; nobody's if nil
	spoken bool           // some words are somebody's
	facts  map[string]string

	text  strings.Builder // since the last line
	gap   bool            // the next line begins a paragraph
	start *int64          // when the next words are said, in milliseconds into the recording
	lead  bool            // the next words may begin with the mark behind a label
	quote bool            // the words stand in a block quotation
}

// markup is what the elements of a vocabulary are in prose, by their names. All others
// are blocks, each a paragraph of its own.
type markup struct {
	inline  map[string]bool // within a line
	breaks  map[string]bool // line ends
	asides  map[string]bool // what nobody says: directions, interjections that are only noted
	dropped map[string]bool // what is no text: facts about it
	quotes  map[string]bool // block quotations
}

func newWriter() *writer { return &writer{facts: map[string]string{}, gap: true} }

// say writes what follows in somebody's voice. Lead tells that the text may begin with
// the dash or colon that ends the label.
func (w *writer) say(v *content.Voice, lead bool) {
	w.flush()
	w.voice, w.lead = v, lead
}

// silence writes what follows in nobody's voice.
func (w *writer) silence() { w.say(nil, false) }

// prose writes what is inside an element, and forgets it, because of a large file the tree
// takes the greater part of the memory.
func (w *writer) prose(n *node) {
	for _, c := range n.children {
		w.piece(c)
	}
	n.children = nil
}

// paragraph writes an element as paragraphs of its own.
func (w *writer) paragraph(n *node) {
	if n == nil {
		return
	}
	w.flush()
	w.prose(n)
	w.flush()
}

// piece writes a text or an element within prose.
func (w *writer) piece(n *node) {
	switch m := w.markup; {
	case n.name == "":
		w.text.WriteString(n.text)
	case w.own != nil && w.own(n):
	case m.dropped[n.name]:
	case m.breaks[n.name]:
		w.breakLine()
	case m.asides[n.name]:
		w.aside(n)
	case m.inline[n.name]:
		w.prose(n)
	default:
		outer := w.quote
		w.flush()
		w.quote = outer || m.quotes[n.name]
		w.prose(n)
		w.flush()
		w.quote = outer
	}
}

// aside writes an element that nobody says. A paragraph that it interrupts goes on
// behind it.
func (w *writer) aside(n *node) {
	begins := strings.TrimSpace(w.text.String()) == "" && w.gap
	w.line()
	voice, lead := w.voice, w.lead
	w.voice, w.lead, w.gap = nil, false, true
	w.prose(n)
	w.line()
	w.voice, w.lead, w.gap = voice, lead, begins
}

// outside writes a text that nobody says as a paragraph.
func (w *writer) outside(words string) {
	w.flush()
	if words = text.OneLine(words); words != "" {
		w.lines = append(w.lines, content.Line{Text: words, Gap: true})
	}
}

// heading writes a heading of a level, from 1. Nobody goes on speaking behind it.
func (w *writer) heading(level int, words string) {
	w.silence()
	if words = text.OneLine(words); words != "" {
		w.lines = append(w.lines, content.Line{Text: words, Gap: true, Heading: max(1, level)})
	}
}

// speak writes paragraphs of plain text.
func (w *writer) speak(paragraphs ...string) {
	for _, p := range paragraphs {
		w.flush()
		w.text.WriteString(p)
		w.flush()
	}
}

// plain writes the lines of a text whose labels stand in it, and are for package transcript
// to read.
func (w *writer) plain(n *node) {
	if n == nil {
		return
	}
	var b strings.Builder
	n.gather(&b)
	gap := true
	for line := range strings.SplitSeq(text.UnifyLines(b.String()), "\n") {
		if line = text.OneLine(line); line != "" {
			w.lines = append(w.lines, content.Line{Text: line, Gap: gap})
			w.spoken = true
		}
		gap = line == ""
	}
}

// flush ends the paragraph.
func (w *writer) flush() {
	w.line()
	w.gap = true
}

// breakLine ends the line; two breaks end the paragraph.
func (w *writer) breakLine() {
	if strings.TrimSpace(w.text.String()) == "" {
		w.gap = true
	}
	w.line()
}

// line ends the line. A paragraph that is a direction in brackets is nobody's words.
func (w *writer) line() {
	clean, _, _ := text.DropInvisible(w.text.String())
	words := text.OneLine(clean)
	w.text.Reset()
	if w.lead && words != "" {
		words = leadMark.ReplaceAllString(words, "")
	}
	if words == "" {
		return
	}
	l := content.Line{Text: words, Gap: w.gap}
	if w.gap = false; w.voice != nil && !(l.Gap && text.IsBracketed(words)) {
		l.Voice, l.Quote, l.StartMS = w.voice, w.quote, w.start
		w.spoken, w.lead, w.start = true, false, nil
	}
	w.lines = append(w.lines, l)
}

// leadMark is what may stand between a label and the first words.
var leadMark = regexp.MustCompile(`^(?:[:.,]?\s*[–—―-]+\s*|[:.,]\s+|[:,]$)`)

// fact keeps the first value of a name. Dates from the year 3000 on are left out, because
// programs write them for "no end".
func (w *writer) fact(name, value string) {
	value = text.OneLine(strings.ToValidUTF8(value[:min(len(value), longestFact)], ""))
	if name == "date" {
		value = isoDate(value)
	}
	if w.facts[name] == "" {
		w.facts[name] = value
	}
}

const longestFact = 2000 // bytes of a value that are looked at

// content is what was written. Whoever is called by the office of presiding presides.
func (w *writer) content(warnings []string) *content.Content {
	var last *content.Voice
	for _, l := range w.lines {
		if l.Voice != nil && l.Voice != last && l.Voice.Role == "" && speaker.Presides(l.Voice.Label) {
			l.Voice.Role = "moderator"
		}
		last = l.Voice
	}
	return &content.Content{Fields: w.fields(), Lines: w.lines, Warnings: warnings}
}

// fields are the facts that package transcript reads.
func (w *writer) fields() []content.Field {
	language, _, _ := strings.Cut(strings.ToLower(w.facts["language"]), "-")
	return content.FieldsOf("title", w.facts["title"], "date", w.facts["date"], "place", w.facts["place"], "language", language)
}

var (
	dayFirst = regexp.MustCompile(`^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$`)
	isoStart = regexp.MustCompile(`^([12]\d{3})-?([01]\d)-?([0-3]\d)`)
	farStart = regexp.MustCompile(`^[3-9]\d{3}-`)
)

// isoDate is a date as YYYY-MM-DD where it begins as one, or has the day first, as
// everywhere in these records; other spellings stay as they are.
func isoDate(value string) string {
	if m := dayFirst.FindStringSubmatch(value); m != nil {
		return m[3] + "-" + twoDigits(m[2]) + "-" + twoDigits(m[1])
	}
	if m := isoStart.FindStringSubmatch(value); m != nil {
		return m[1] + "-" + m[2] + "-" + m[3]
	}
	if farStart.MatchString(value) {
		return ""
	}
	return value
}

func twoDigits(n string) string {
	if len(n) == 1 {
		return "0" + n
	}
	return n
}
