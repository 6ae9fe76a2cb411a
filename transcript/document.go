package transcript

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/pullquote/pullquote/transcript/container"
)

// document is an unwrapped file with what several formats want to know of it. The
// fields below the first two are worked out when they are first asked for.
type document struct {
	content *container.Content
	options Options

	layout     []line
	marks      []mark
	talk       *interview
	vocabulary map[string]bool
}

// line is a line of a document that is not blank, without the white space at
// its ends.
type line struct {
	text    string
	gap     bool // it begins a paragraph
	page    bool // it is a page number
	item    bool // it is an item of a list
	heading int  // see container.Line
	strong  int
}

// lines divides the document.
func (d *document) lines() []line {
	if d.layout != nil {
		return d.layout
	}
	d.layout = make([]line, len(d.content.Lines))
	for i, l := range d.content.Lines {
		d.layout[i] = line{text: l.Text, gap: l.Gap, item: l.Bullet != "", heading: l.Heading, strong: l.Strong}
	}
	findPages(d.layout)
	return d.layout
}

// labelled says of each line what it is in labelled text.
func (d *document) labelled() []mark {
	if d.marks == nil {
		d.marks = labelled(d.lines())
	}
	return d.marks
}

// interview reads the document as an interview without labels.
func (d *document) interview() *interview {
	if d.talk == nil {
		d.talk = newInterview(d)
	}
	return d.talk
}

// knows reports whether a word, in small letters, stands in the document.
func (d *document) knows(word string) bool {
	if d.vocabulary == nil {
		d.vocabulary = map[string]bool{}
		for _, l := range d.content.Lines {
			for _, w := range strings.FieldsFunc(l.Text, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' }) {
				d.vocabulary[strings.ToLower(w)] = true
			}
		}
	}
	return d.vocabulary[word]
}

// findPages marks page numbers: "- 12 -", "Page 12 of 40", and a bare number
// that interrupts a sentence or is one of a row. A number alone may be an
// answer, too.
func findPages(lines []line) {
	previous := -1 // the last line with a bare number
	for i := range lines {
		number, decorated := pageNumber(lines[i].text)
		if number == 0 {
			continue
		}
		if decorated || i > 0 && !endsSentence(lines[i-1].text) {
			lines[i].page = true
		}
		if previous >= 0 {
			if before, _ := pageNumber(lines[previous].text); before+1 == number {
				lines[previous].page, lines[i].page = true, true
			}
		}
		previous = i
	}
}

// pageNumber reads a line that holds a number and no more than belongs to one
// of a page; 0 if it does not.
func pageNumber(s string) (n int, decorated bool) {
	if len(s) > 24 {
		return 0, false
	}
	core := strings.ToLower(strings.Trim(s, "-–— []"))
	number, named := strings.CutPrefix(core, "page ")
	digits := number[:len(number)-len(strings.TrimLeft(number, "0123456789"))]
	if digits == "" || len(digits) > 4 {
		return 0, false
	}
	n, _ = strconv.Atoi(digits)
	rest := strings.TrimSpace(number[len(digits):])
	switch {
	case rest == "":
		return n, named || core != strings.ToLower(s)
	case named && (strings.HasPrefix(rest, "of ") || strings.HasPrefix(rest, "/")):
		return n, true
	}
	return 0, false
}
