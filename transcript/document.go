package transcript

import "strings"

// document is a decoded file with what several formats want to know of it.
type document struct {
	text    string
	options Options
	layout  []line // once asked for
	marks   []mark // likewise
	talk    *interview
}

// line is a line of a document that is not blank, without the white space at
// its ends.
type line struct {
	text string
	gap  bool // it begins the document or follows a blank line
}

// lines divides the document, once.
func (d *document) lines() []line {
	if d.layout != nil {
		return d.layout
	}
	gap := true
	for rest := d.text; rest != ""; {
		var raw string
		raw, rest, _ = strings.Cut(rest, "\n")
		text := strings.TrimSpace(raw)
		if text != "" {
			d.layout = append(d.layout, line{text, gap})
		}
		gap = text == ""
	}
	return d.layout
}

// labelled says of each line what it is in labelled text, once.
func (d *document) labelled() []mark {
	if d.marks == nil {
		d.marks = labelled(d.lines())
	}
	return d.marks
}

// interview reads the document as an interview without labels, once.
func (d *document) interview() *interview {
	if d.talk == nil {
		d.talk = newInterview(d.lines())
	}
	return d.talk
}
