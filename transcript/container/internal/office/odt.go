package office

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"strconv"
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/flow"
)

// OpenDocument texts, as LibreOffice and Google Docs write them.

// IsODT goes by the type that comes first in the archive, or by the name of the
// text's part where another program has packed it anew.
func IsODT(data []byte, _ content.Options) bool {
	const family = "mimetypeapplication/vnd.oasis.opendocument"
	head := data[:min(len(data), 200)]
	switch {
	case !bytes.HasPrefix(head, []byte(zipMagic)):
		return false
	case bytes.Contains(head, []byte(family)):
		return bytes.Contains(head, []byte(family+".text"))
	}
	a, err := openArchive(data, "")
	return err == nil && a.part("content.xml") != nil
}

// OpenODT opens an OpenDocument text.
func OpenODT(data []byte, _ content.Options) (*content.Content, error) {
	a, err := openArchive(data, "OpenDocument text")
	if err != nil {
		return nil, err
	}
	if a.part("content.xml") == nil {
		return nil, content.Invalid("the OpenDocument text has no part content.xml; save it again")
	}
	r := odtReader{styles: map[string]odtStyle{}}
	for _, step := range []struct {
		part string
		read func(*xml.Decoder) error
	}{
		{"META-INF/manifest.xml", walk(&r)},
		{"styles.xml", walk(&r)},
		{"content.xml", walk(&r)},
	} {
		if r.encrypted {
			return nil, content.Unsupported("the OpenDocument text is encrypted; save it without a password")
		}
		if err := a.read(step.part, step.read); err != nil {
			return nil, err
		}
	}
	fields, err := readMeta(a)
	if err != nil {
		return nil, err
	}
	lines := append(r.prose.end(), r.notes...)
	if len(lines) == 0 {
		return nil, content.Invalid("the OpenDocument text holds no words; if it holds pictures of pages, give their text")
	}
	return &content.Content{Fields: fields, Lines: lines}, nil
}

// odtReader reads the parts of an OpenDocument text.
type odtReader struct {
	prose
	notes     []content.Line
	inNote    int                 // paragraphs that were open when the note that is open began; 0 if none is
	styles    map[string]odtStyle // by family and name
	item      bool                // the next paragraph begins an item of a list
	defining  string              // the style whose properties are being read
	encrypted bool
}

type odtStyle struct {
	parent string
	bold   bool
	plain  bool // says that it is not bold
	hidden bool
}

// skips leaves out what was deleted, comments, the numbers of notes, and readings
// beside characters.
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
		p.addRun(strings.Repeat(" ", min(max(count, 1), 200)))
	case "tab":
		p.addRun("\t")
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
	if p := r.current(); p != nil && !p.run().hidden {
		p.AddCollapsed(text, p.run().bold)
	}
}

// define begins a style.
func (r *odtReader) define(t xml.StartElement) {
	family, _ := xmlAttr(t, "family")
	name, _ := xmlAttr(t, "name")
	parent, _ := xmlAttr(t, "parent-style-name")
	r.defining = family + "/" + name
	r.styles[r.defining] = odtStyle{parent: family + "/" + parent}
}

func (r *odtReader) setStyle(t xml.StartElement) {
	style, known := r.styles[r.defining]
	if !known {
		return
	}
	if weight, set := xmlAttr(t, "font-weight"); set {
		style.bold = flow.IsBoldWeight(weight)
		style.plain = !style.bold
	}
	display, _ := xmlAttr(t, "display")
	style.hidden = display == "none"
	r.styles[r.defining] = style
}

// setParagraph says what is known of the paragraph that has just begun.
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

// apply sets a run as a style has it, or the styles that it is based on.
func (r *odtReader) apply(to *run, name string) {
	known := false
	for _, style := range r.chain(name) {
		if !known && (style.bold || style.plain) {
			to.bold, known = style.bold, true
		}
		to.hidden = to.hidden || style.hidden
	}
}

// chain is a style and those that it is based on.
func (r *odtReader) chain(name string) func(yield func(string, odtStyle) bool) {
	return func(yield func(string, odtStyle) bool) {
		const longest = 20 // as a circle has no end
		for range longest {
			style := r.styles[name]
			if !yield(name, style) || style.parent == "" {
				return
			}
			name = style.parent
		}
	}
}

// readMeta reads the document's properties. The day on which the file was made
// need not be the event's.
func readMeta(a *archive) ([]content.Field, error) {
	var meta struct {
		Title    string `xml:"meta>title"`
		Creator  string `xml:"meta>creator"`
		Author   string `xml:"meta>initial-creator"`
		Created  string `xml:"meta>creation-date"`
		Language string `xml:"meta>language"`
	}
	err := a.read("meta.xml", func(d *xml.Decoder) error { return d.Decode(&meta) })
	return content.FieldsOf("title", meta.Title, "author", cmp.Or(meta.Author, meta.Creator), "created", meta.Created, "language", meta.Language), err
}
