package transcript

import "strings"

// document is a decoded file with what several formats want to know of it.
type document struct {
	text    string
	options Options
	layout  []line
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
