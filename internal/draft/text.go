package draft

import (
	"regexp"
	"slices"
	"strings"
)

var (
	fence     = regexp.MustCompile("^\\s*(```|~~~)")
	heading   = regexp.MustCompile(`^\s{0,3}#{1,6}\s+(.*?)\s*#*$`)
	rule      = regexp.MustCompile(`^\s*([-*_=]\s*){3,}$`)
	listItem  = regexp.MustCompile(`^\s*([-*+]|\d{1,3}[.)])\s+`)
	firstItem = regexp.MustCompile(`^\s*([-*+]|1[.)])\s+`) // only this may interrupt a paragraph
	quoteMark = regexp.MustCompile(`^(\s{0,3}>\s?)+`)
	quoteTag  = regexp.MustCompile(`(?i)</?blockquote(?:\s[^<>]*)?>`)
)

// readText reads plain text and Markdown: paragraphs between blank lines, headings,
// list items and, as block quotations, lines that begin with > and what stands in the
// element of HTML. Blocks of code are left out.
func readText(text string) []block {
	var r textReader
	for line := range strings.Lines(text) {
		r.line++
		r.readLine(strings.TrimSuffix(line, "\n"))
	}
	r.end()
	return r.blocks
}

type textReader struct {
	blocks []block
	open   []sourceLine // of the paragraph
	line   int
	inside int  // the number of the block quotation that is open; 0 without
	quoted int  // block quotations so far
	tagged bool // the open one is an element of HTML
	code   bool

	heading bool   // the open paragraph is one
	number  string // of the open paragraph, where it is an item of a list
}

// sourceLine is a line of a paragraph with its number.
type sourceLine struct {
	text   string
	number int
}

// readLine divides a line at the tags of block quotations.
func (r *textReader) readLine(line string) {
	tags := slices.DeleteFunc(quoteTag.FindAllStringIndex(line, -1), func(tag []int) bool {
		return strings.Count(line[:tag[0]], "`")%2 == 1 // code
	})
	if r.code || len(tags) == 0 {
		r.read(line)
		return
	}
	at := 0
	for _, tag := range tags {
		r.readPart(line[at:tag[0]])
		r.enter(!strings.HasPrefix(line[tag[0]:], "</"), true)
		at = tag[1]
	}
	r.readPart(line[at:])
}

func (r *textReader) readPart(text string) {
	if strings.TrimSpace(text) != "" {
		r.read(text)
	}
}

// enter begins a block quotation, or ends it.
func (r *textReader) enter(begin, tagged bool) {
	r.end()
	r.inside, r.tagged = 0, begin && tagged
	if begin {
		r.quoted++
		r.inside = r.quoted
	}
}

func (r *textReader) read(line string) {
	quoted := quoteMark.MatchString(line)
	if !r.tagged && quoted != (r.inside > 0) && !(r.inside > 0 && r.goesOn(line)) {
		r.enter(quoted, false)
	}
	line = quoteMark.ReplaceAllString(line, "")
	switch {
	case fence.MatchString(line):
		r.end()
		r.code = !r.code
	case r.code:
	case strings.TrimSpace(line) == "", rule.MatchString(line):
		r.end()
	case heading.MatchString(line):
		r.end()
		r.add(heading.FindStringSubmatch(line)[1])
		r.heading = true
		r.end()
	case r.inside == 0 && (firstItem.MatchString(line) || len(r.open) == 0 && listItem.MatchString(line)):
		r.end()
		r.number = strings.Trim(listItem.FindStringSubmatch(line)[1], ".)")
		r.add(listItem.ReplaceAllString(line, ""))
	default:
		r.add(line)
	}
}

// goesOn reports whether a line without the mark of a block quotation belongs to the paragraph
// of it that is open, as in Markdown every line does that begins nothing else.
func (r *textReader) goesOn(line string) bool {
	return len(r.open) > 0 && !r.code && strings.TrimSpace(line) != "" &&
		!fence.MatchString(line) && !rule.MatchString(line) && !heading.MatchString(line) && !firstItem.MatchString(line)
}

func (r *textReader) add(line string) {
	r.open = append(r.open, sourceLine{line, r.line})
}

// end ends the paragraph that is open. The next is of the same block quotation.
func (r *textReader) end() {
	b := block{quoted: r.inside, heading: r.heading, note: r.number}
	r.heading, r.number = false, ""
	lines := make([]string, len(r.open))
	for i, l := range r.open {
		lines[i] = l.text
	}
	for i, line := range strings.Split(withoutMarkup(strings.Join(lines, "\n")), "\n") {
		if i > 0 {
			line = "\n" + line
		}
		if line != "" {
			b.addShielded(line, r.open[i].number)
		}
	}
	if !b.empty() {
		r.blocks = append(r.blocks, b)
	}
	r.open = r.open[:0]
}
