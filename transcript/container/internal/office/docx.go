package office

import (
	"encoding/xml"
	"strconv"
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
)

// docxReader reads the paragraphs of a part.
type docxReader struct {
	prose
	styles map[string]docxStyle // by identifier
	inText bool                 // within an element for text
}

// skips leaves out tracked deletions and earlier formatting, the fallback of two
// renderings, the codes of fields, and ruby annotations.
func (r *docxReader) skips(element string) bool {
	switch element {
	case "del", "moveFrom", "Fallback", "instrText", "rt":
		return true
	}
	return strings.HasSuffix(element, "PrChange")
}

func (r *docxReader) start(t xml.StartElement) {
	switch t.Name.Local {
	case "p":
		r.beginParagraph()
	case "tbl":
		r.BeginTable()
	case "tr":
		r.BeginRow()
	case "tc":
		r.BeginCell()
	case "footnote", "endnote":
		r.beginNote(noteName(t))
	}
	if p := r.current(); p != nil {
		r.inParagraph(p, t)
	}
}

func (r *docxReader) inParagraph(p *proseParagraph, t xml.StartElement) {
	switch t.Name.Local {
	case "r":
		p.beginRun()
	case "t":
		r.inText = true
	case "pStyle":
		style := r.style(t)
		p.Line.Heading, p.Line.Quote = style.heading, style.quote
		p.runs[0].Bold = style.bold
	case "numId":
		if id, _ := xmlAttr(t, "val"); id != "0" {
			p.Line.Item = true
		}
	case "outlineLvl":
		p.Line.Heading = outlineLevel(t)
	case "ind":
		p.Line.Quote = p.Line.Quote || isNarrow(t)
	}
	if !p.inRun() { // the paragraph mark and tab stops have formatting too, which is not the text's
		return
	}
	switch t.Name.Local {
	case "rStyle":
		p.run().Bold = p.run().Bold || r.style(t).bold
	case "b":
		p.run().Bold = isOn(t)
	case "i":
		p.run().Slanted = isOn(t)
	case "vertAlign":
		value, _ := xmlAttr(t, "val")
		p.run().raised = value == "superscript"
	case "vanish":
		p.run().hidden = isOn(t)
	case "tab":
		r.addRun(p, "\t")
	case "br", "cr":
		p.BreakLine()
	case "footnoteReference", "endnoteReference":
		r.refer(p, noteName(t))
	case "noBreakHyphen":
		r.addRun(p, "\u2011")
	case "softHyphen":
		r.addRun(p, "\u00AD")
	}
}

// noteName is the name of a note from its element or from that of a reference to it.
func noteName(t xml.StartElement) string {
	id, _ := xmlAttr(t, "id")
	return strings.TrimSuffix(t.Name.Local, "Reference") + id
}

// leastNarrowing is how far a paragraph is indented on each side, in twentieths of a point,
// that is set off as a block quotation without a style for one: a quarter of an inch.
const leastNarrowing = 360

// isNarrow reports whether a paragraph is indented on both sides.
func isNarrow(t xml.StartElement) bool {
	for _, side := range [][]string{{"left", "start"}, {"right", "end"}} {
		widest := 0
		for _, name := range side {
			value, _ := xmlAttr(t, name)
			n, _ := strconv.Atoi(value)
			widest = max(widest, n)
		}
		if widest < leastNarrowing {
			return false
		}
	}
	return true
}

func (r *docxReader) end(element string) {
	switch element {
	case "t":
		r.inText = false
	case "r":
		if p := r.current(); p != nil {
			p.endRun()
		}
	case "p":
		r.endParagraph()
	case "tbl":
		r.EndTable()
	}
}

func (r *docxReader) text(text string) {
	if p := r.current(); p != nil && r.inText {
		r.addRun(p, text)
	}
}

// readCore reads the document's properties. The time when the file was made need not
// be the event's.
func readCore(a *archive) ([]content.Field, error) {
	var core struct {
		Title    string `xml:"title"`
		Creator  string `xml:"creator"`
		Created  string `xml:"created"`
		Language string `xml:"language"`
	}
	err := a.read("docProps/core*.xml", func(d *xml.Decoder) error { return d.Decode(&core) })
	return content.FieldsOf("title", content.StatedTitle(core.Title), "author", core.Creator, "created", core.Created, "language", core.Language), err
}
