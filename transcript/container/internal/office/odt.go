package office

import (
	"cmp"
	"encoding/xml"
	"strconv"
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
)

// odtReader reads the parts of an OpenDocument text.
type odtReader struct {
	prose
	notes     []content.Line      // the lines of notes, which come last
	noted     int                 // notes so far
	inNote    int                 // how many paragraphs were open where the open note began; 0 outside of notes
	styles    map[string]odtStyle // by family and name
	item      bool                // the next paragraph begins an item of a list
	defining  string              // the style whose properties are being read
	encrypted bool
}

// skips leaves out tracked changes, comments, the numbers of notes, ruby annotations
// and what is no text.
func (r *odtReader) skips(element string) bool {
	switch element {
	case "tracked-changes", "annotation", "note-citation", "forms", "desc", "title", "ruby-text", "master-styles", "image", "object":
		return true
	}
	return false
}

func (r *odtReader) start(t xml.StartElement) {
	name, _ := xmlAttr(t, "style-name")
	switch t.Name.Local {
	case "encryption-data":
		r.encrypted = true
	case "style":
		r.define(t)
	case "text-properties":
		r.setStyle(t)
	case "list-item":
		r.item = true
	case "p", "h":
		r.beginParagraph()
		r.setParagraph(t, name)
	case "table":
		r.BeginTable()
	case "table-row":
		r.BeginRow()
	case "table-cell":
		r.BeginCell()
	case "note":
		r.inNote = len(r.open)
		r.noted++
		note := "note" + strconv.Itoa(r.noted)
		if p := r.current(); p != nil {
			r.refer(p, note)
		}
		r.beginNote(note)
	}
	if p := r.current(); p != nil {
		r.inParagraph(p, t, name)
	}
}

func (r *odtReader) inParagraph(p *proseParagraph, t xml.StartElement, styleName string) {
	switch t.Name.Local {
	case "span":
		p.beginRun()
		r.apply(p.run(), "text/"+styleName)
	case "s":
		value, _ := xmlAttr(t, "c")
		count, _ := strconv.Atoi(value)
		r.addRun(p, strings.Repeat(" ", min(max(count, 1), 200)))
	case "tab":
		r.addRun(p, "\t")
	case "line-break":
		p.BreakLine()
	}
}

func (r *odtReader) end(element string) {
	switch element {
	case "style":
		r.defining = ""
	case "span":
		if p := r.current(); p != nil {
			p.endRun()
		}
	case "p", "h":
		if p := r.current(); p != nil && r.inNote > 0 && len(r.open) > r.inNote {
			r.notes = append(r.notes, p.End()...)
			r.open = r.open[:len(r.open)-1]
			return
		}
		r.endParagraph()
	case "note":
		r.inNote = 0
	case "table":
		r.EndTable()
	}
}

func (r *odtReader) text(text string) {
	if p := r.current(); p != nil && !p.run().hidden && !r.isNoteNumber(p, text) {
		p.AddCollapsed(text, p.run().Type)
	}
}

// setParagraph gives the paragraph that has just begun its formatting.
func (r *odtReader) setParagraph(t xml.StartElement, styleName string) {
	p := r.current()
	if r.item {
		p.Line.Item, r.item = true, false
	}
	r.apply(p.run(), "paragraph/"+styleName)
	if t.Name.Local == "h" {
		level, _ := xmlAttr(t, "outline-level")
		n, _ := strconv.Atoi(level)
		p.Line.Heading = min(max(n, 1), 10)
	}
	for name := range r.chain("paragraph/" + styleName) {
		switch name {
		case "paragraph/Title":
			p.Line.Heading = 1
		case "paragraph/Subtitle":
			p.Line.Heading = 2
		case "paragraph/Quotations":
			p.Line.Quote = true
		}
	}
}

// readMeta reads the document's properties. The time when the file was made need not
// be the event's.
func readMeta(a *archive) ([]content.Field, error) {
	var meta struct {
		Title    string `xml:"meta>title"`
		Creator  string `xml:"meta>creator"`
		Author   string `xml:"meta>initial-creator"`
		Created  string `xml:"meta>creation-date"`
		Language string `xml:"meta>language"`
	}
	err := a.read("meta.xml", func(d *xml.Decoder) error { return d.Decode(&meta) })
	return content.FieldsOf("title", content.StatedTitle(meta.Title), "author", cmp.Or(meta.Author, meta.Creator), "created", meta.Created, "language", meta.Language), err
}
