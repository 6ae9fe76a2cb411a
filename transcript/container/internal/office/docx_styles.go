package office

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// docxStyle is what a style of a Word document says of text.
type docxStyle struct {
	heading     int
	bold, quote bool
}

// styleSheet is what word/styles.xml says of text.
type styleSheet struct {
	Styles []struct {
		ID      string    `xml:"styleId,attr"`
		Name    wordValue `xml:"name"`
		Based   wordValue `xml:"basedOn"`
		Outline wordValue `xml:"pPr>outlineLvl"`
		Bold    wordValue `xml:"rPr>b"`
	} `xml:"style"`
}

// wordValue is an element that has its value in the attribute val.
type wordValue struct {
	XMLName xml.Name
	Value   *string `xml:"val,attr"`
}

func (v wordValue) there() bool { return v.XMLName.Local != "" }

func (v wordValue) text() string {
	if v.Value == nil {
		return ""
	}
	return *v.Value
}

// readStyles reads the style sheet. A style inherits from the one that it is based
// on what it does not state itself.
func (r *docxReader) readStyles(d *xml.Decoder) error {
	var sheet styleSheet
	if err := d.Decode(&sheet); err != nil {
		return err
	}
	places := make(map[string]int, len(sheet.Styles))
	for i, s := range sheet.Styles {
		places[s.ID] = i
	}
	const longestChain = 20 // of styles, because a circle has no end
	for _, s := range sheet.Styles {
		var style docxStyle
		boldKnown, base := false, s
		for range longestChain {
			if !boldKnown && base.Bold.there() {
				style.bold, boldKnown = switchedOn(base.Bold.text()), true
			}
			style.name(base.Name.text(), base.Outline.text())
			next, known := places[base.Based.text()]
			if !known {
				break
			}
			base = sheet.Styles[next]
		}
		r.styles[s.ID] = style
	}
	return nil
}

// name reads what the name of a style says. Word translates the identifiers of its
// built-in styles, but not their names.
func (s *docxStyle) name(name, outline string) {
	name = strings.ToLower(name)
	s.quote = s.quote || isQuoteStyle(name)
	if s.heading > 0 {
		return
	}
	level, isHeading := strings.CutPrefix(name, "heading ")
	switch {
	case isHeading:
		s.heading, _ = strconv.Atoi(level)
	case name == "title":
		s.heading = 1
	case name == "subtitle":
		s.heading = 2
	default:
		s.heading = headingOf(outline)
	}
}

// isQuoteStyle reports whether a style is for block quotations: Word's Quote, Intense Quote and
// Block Text, Quotations as LibreOffice writes it, and what houses call theirs.
func isQuoteStyle(name string) bool {
	return strings.Contains(name, "quot") || name == "block text" || name == "extract" || name == "zitat"
}

func (r *docxReader) style(t xml.StartElement) docxStyle {
	id, _ := xmlAttr(t, "val")
	return r.styles[id]
}

// outlineLevel is the heading level that a paragraph states.
func outlineLevel(t xml.StartElement) int {
	value, _ := xmlAttr(t, "val")
	return headingOf(value)
}

// headingOf is the heading level, from 1, of an outline level, which counts from 0;
// 0 for that of normal text, which is 9.
func headingOf(outline string) int {
	n, err := strconv.Atoi(outline)
	if err != nil || n < 0 || n > 8 {
		return 0
	}
	return n + 1
}

// isOn reads a toggle property, which is on without a value.
func isOn(t xml.StartElement) bool {
	value, _ := xmlAttr(t, "val")
	return switchedOn(value)
}

func switchedOn(value string) bool {
	switch value {
	case "0", "false", "off", "none":
		return false
	}
	return true
}
