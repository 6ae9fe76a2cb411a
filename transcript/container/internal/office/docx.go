package office

import (
	"bytes"
	"encoding/xml"
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
)

// Word documents, as they read when all changes are accepted: text, then notes.

// IsDOCX takes every ZIP archive that is no OpenDocument text, so that OpenDOCX can
// say what it is instead.
func IsDOCX(data []byte, _ content.Options) bool {
	return bytes.HasPrefix(data, []byte(zipMagic)) && !IsODT(data, content.Options{})
}

// OpenDOCX opens a Word document.
func OpenDOCX(data []byte, _ content.Options) (*content.Content, error) {
	a, err := openArchive(data, "Word document, or other ZIP archive,")
	if err != nil {
		return nil, err
	}
	if a.part("word/document*.xml") == nil {
		return nil, content.Unsupported("the file is %s; save its text as .docx, .odt, PDF or UTF-8 text and give that", otherArchive(a))
	}
	a.kind = "Word document"
	r := docxReader{styles: map[string]docxStyle{}}
	for _, step := range []struct {
		part string
		read func(*xml.Decoder) error
	}{
		{"word/styles*.xml", r.readStyles},
		{"word/document*.xml", walk(&r)},
		{"word/footnotes*.xml", walk(&r)},
		{"word/endnotes*.xml", walk(&r)},
	} {
		if err := a.read(step.part, step.read); err != nil {
			return nil, err
		}
	}
	fields, err := readCore(a)
	if err != nil {
		return nil, err
	}
	lines := r.prose.end()
	if len(lines) == 0 {
		return nil, content.Invalid("the Word document holds no words; if it holds pictures of pages, give their text")
	}
	return &content.Content{Fields: fields, Lines: lines}, nil
}

// otherArchive says what an archive is that holds no Word document.
func otherArchive(a *archive) string {
	switch {
	case a.part("xl/*") != nil:
		return "an Excel workbook, which is not read as a transcript"
	case a.part("ppt/*") != nil:
		return "a PowerPoint presentation, which is not read"
	case a.part("META-INF/container.xml") != nil:
		return "an EPUB, which is not read"
	}
	return "a ZIP archive without a text document in it"
}

// docxReader reads the paragraphs of a part.
type docxReader struct {
	prose
	styles map[string]docxStyle
	inText bool
}

// skips leaves out deletions, earlier settings, the second of two renderings, the
// codes of fields, and readings beside characters.
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
		p.runs[0].bold = style.bold
	case "numId":
		if id, _ := xmlAttr(t, "val"); id != "0" {
			p.Line.Item = true
		}
	case "outlineLvl":
		p.Line.Heading = outlineLevel(t)
	}
	if !p.inRun() { // so that what is set for the paragraph's mark, and its tab stops, tell nothing of its text
		return
	}
	switch t.Name.Local {
	case "rStyle":
		p.run().bold = p.run().bold || r.style(t).bold
	case "b":
		p.run().bold = isOn(t)
	case "vanish":
		p.run().hidden = isOn(t)
	case "tab":
		p.addRun("\t")
	case "br", "cr":
		p.BreakLine()
	case "noBreakHyphen":
		p.addRun("\u2011")
	case "softHyphen":
		p.addRun("\u00AD")
	}
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
		p.addRun(text)
	}
}
