package draft

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/internal/fault"
)

// maxPart bounds a part of a Word document when it is unpacked, in bytes: a small
// archive can hold a great deal of nothing.
const maxPart = 64 << 20

// readDOCX reads a Word document: the text and the notes, as they are when all
// changes are accepted. Paragraphs in a style for quotations are block quotations.
func readDOCX(file []byte) ([]block, error) {
	archive, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return nil, notDOCX(err)
	}
	styles, err := readPart(archive, "word/styles.xml", readStyles)
	if err != nil {
		return nil, err
	}
	r := docxReader{quoteStyles: styles}
	found, err := readPart(archive, "word/document.xml", r.paragraphs)
	if err == nil && !found {
		err = notDOCX(errors.New("no word/document.xml"))
	}
	for _, notes := range []string{"word/footnotes.xml", "word/endnotes.xml"} {
		if err == nil {
			_, err = readPart(archive, notes, r.paragraphs)
		}
	}
	slices.SortStableFunc(r.blocks, func(a, b block) int { return a.line(0) - b.line(0) }) // a text box is read before what is around it
	return r.blocks, err
}

func notDOCX(err error) error {
	return fault.Wrap(err, fault.Invalid, "the file is not a whole Word document; save it again as .docx, or as text")
}

// readPart reads a part of the archive; one that is not there is empty.
func readPart[T any](archive *zip.Reader, name string, read func(*xml.Decoder) (T, error)) (result T, err error) {
	part, err := archive.Open(name)
	if err != nil {
		return result, nil
	}
	defer part.Close()
	limited := &io.LimitedReader{R: part, N: maxPart}
	result, err = read(xml.NewDecoder(limited))
	if limited.N == 0 {
		return result, fault.New(fault.TooLarge, "the document unpacks to more than %d MB; divide it", maxPart>>20)
	}
	if err != nil {
		return result, notDOCX(err)
	}
	return result, nil
}

// readStyles finds the identifiers of the styles for block quotations. Word
// translates the identifiers, but not the names.
func readStyles(d *xml.Decoder) (map[string]bool, error) {
	var sheet struct {
		Styles []struct {
			ID   string `xml:"styleId,attr"`
			Name struct {
				Value string `xml:"val,attr"`
			} `xml:"name"`
		} `xml:"style"`
	}
	if err := d.Decode(&sheet); err != nil {
		return nil, err
	}
	styles := map[string]bool{}
	for _, s := range sheet.Styles {
		switch strings.ToLower(s.Name.Value) {
		case "quote", "intense quote", "block text", "block quotation", "quotations":
			styles[s.ID] = true
		}
	}
	return styles, nil
}

// docxReader reads paragraphs. One inside another, as in a text box, is one of its own.
type docxReader struct {
	quoteStyles map[string]bool
	blocks      []block
	paragraph   int      // of the document, from 1
	open        []*block // the paragraphs that are open, the innermost last
	skipped     int      // how deep in an element whose content is not the draft's
	inText      bool
	quoted      int // block quotations so far
}

// paragraphs reads the paragraphs of a part.
func (r *docxReader) paragraphs(d *xml.Decoder) (bool, error) {
	for {
		token, err := d.Token()
		if err == io.EOF {
			return true, nil
		}
		if err != nil {
			return false, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if r.skipped > 0 || notText(t.Name.Local) {
				r.skipped++
			} else {
				r.start(t)
			}
		case xml.EndElement:
			if r.skipped > 0 {
				r.skipped--
			} else {
				r.end(t.Name.Local)
			}
		case xml.CharData:
			if r.inText && r.skipped == 0 {
				r.add(string(t))
			}
		}
	}
}

// notText reports whether an element holds what is not, or no longer, the text:
// deletions, the second of two renderings, the codes of fields.
func notText(element string) bool {
	switch element {
	case "del", "moveFrom", "Fallback", "instrText":
		return true
	}
	return false
}

func (r *docxReader) start(t xml.StartElement) {
	switch t.Name.Local {
	case "p":
		r.paragraph++
		r.open = append(r.open, &block{lines: []lineStart{{0, r.paragraph}}})
	case "pStyle":
		if n := len(r.open); n > 0 && r.quoteStyles[attribute(t, "val")] {
			r.open[n-1].quoted = 1
		}
	case "t":
		r.inText = true
	case "tab", "br", "cr":
		r.add("\n")
	case "noBreakHyphen":
		r.add("\u2011")
	case "softHyphen":
		r.add("\u00AD")
	}
}

func (r *docxReader) end(element string) {
	n := len(r.open)
	switch {
	case element == "t":
		r.inText = false
	case element == "p" && n > 0:
		if last := r.open[n-1]; !last.empty() {
			r.number(last)
			r.blocks = append(r.blocks, *last)
		}
		r.open = r.open[:n-1]
	}
}

// number gives a paragraph of a block quotation the number of the one before it, or
// a new one.
func (r *docxReader) number(b *block) {
	n := len(r.blocks)
	switch {
	case b.quoted == 0:
		return
	case n == 0 || r.blocks[n-1].quoted == 0:
		r.quoted++
	}
	b.quoted = r.quoted
}

func (r *docxReader) add(text string) {
	if n := len(r.open); n > 0 {
		r.open[n-1].text = append(r.open[n-1].text, []rune(text)...)
	}
}

func attribute(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
