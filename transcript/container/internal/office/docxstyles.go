package office

import (
	"encoding/xml"
	"strconv"
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
)

// docxStyle is what a style of a Word document tells of a text.
type docxStyle struct {
	heading     int
	bold, quote bool
}

// styleSheet is the part of word/styles.xml that tells something.
type styleSheet struct {
	Styles []struct {
		ID      string    `xml:"styleId,attr"`
		Name    wordValue `xml:"name"`
		Based   wordValue `xml:"basedOn"`
		Outline wordValue `xml:"pPr>outlineLvl"`
		Bold    wordValue `xml:"rPr>b"`
	} `xml:"style"`
}

// wordValue is an element with a value.
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

// readStyles reads the style sheet. A style has what the one that it is based on
// has, where it says nothing else.
func (r *docxReader) readStyles(d *xml.Decoder) error {
	var sheet styleSheet
	if err := d.Decode(&sheet); err != nil {
		return err
	}
	places := make(map[string]int, len(sheet.Styles))
	for i, s := range sheet.Styles {
		places[s.ID] = i
	}
	const longestChain = 20 // of styles, as a circle has no end
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

// name reads what the name of a style tells; Word translates the identifiers of
// its own styles, but not their names.
func (s *docxStyle) name(name, outline string) {
	name = strings.ToLower(name)
	switch name {
	case "quote", "intense quote", "block text", "block quotation", "quotations":
		s.quote = true
	}
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

func (r *docxReader) style(t xml.StartElement) docxStyle {
	id, _ := xmlAttr(t, "val")
	return r.styles[id]
}

func outlineLevel(t xml.StartElement) int {
	value, _ := xmlAttr(t, "val")
	return headingOf(value)
}

// headingOf is the level, from 1, of a heading of an outline level, from 0; the
// level of plain text is 9.
func headingOf(outline string) int {
	n, err := strconv.Atoi(outline)
	if err != nil || n < 0 || n > 8 {
		return 0
	}
	return n + 1
}

// isOn reads a switch, which without a value is on.
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

// readCore reads the document's properties. The day on which the file was made
// need not be the event's.
func readCore(a *archive) ([]content.Field, error) {
	var core struct {
		Title    string `xml:"title"`
		Creator  string `xml:"creator"`
		Created  string `xml:"created"`
		Language string `xml:"language"`
	}
	err := a.read("docProps/core*.xml", func(d *xml.Decoder) error { return d.Decode(&core) })
	return content.FieldsOf("title", core.Title, "author", core.Creator, "created", core.Created, "language", core.Language), err
}
