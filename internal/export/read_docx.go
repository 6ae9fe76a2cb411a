package export

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/pullquote/pullquote/internal/fault"
)

// maxPart bounds a part of a document when it is unpacked, in bytes.
const maxPart = 64 << 20

// readDOCX reads what writeDOCX wrote, and an editor saved since: quotations are
// in their character style, each before its footnote.
func readDOCX(file []byte) (quotes []notedQuote, rest string, ok bool, err error) {
	archive, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return nil, "", false, nil
	}
	body := docxReader{}
	if err := body.read(archive, "word/document.xml"); err != nil {
		return nil, "", false, nil
	}
	if len(body.quotes) == 0 {
		return nil, "", false, nil
	}
	notes := docxReader{notes: map[int]string{}}
	if err := notes.read(archive, "word/footnotes.xml"); err != nil {
		return nil, "", false, nil
	}
	for i, q := range body.quotes {
		note, known := notes.notes[q.number]
		if !known || q.number == 0 {
			return nil, "", true, fault.New(fault.Invalid, "the quotation “%s” has lost its footnote; export the answer again", q.text)
		}
		body.quotes[i].note = note
	}
	return body.quotes, body.rest.String(), locatorPattern.MatchString(body.quotes[0].note), nil
}

type docxReader struct {
	quotes []notedQuote
	notes  map[int]string
	rest   strings.Builder

	inNote    int
	inText    bool
	heading   bool // the paragraph is one
	quotation bool // the run is in the style of quotations
	open      bool // a quotation waits for its footnote
}

func (r *docxReader) read(archive *zip.Reader, part string) error {
	f, err := archive.Open(part)
	if err != nil {
		return err
	}
	defer f.Close()
	decoder := xml.NewDecoder(io.LimitReader(f, maxPart))
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			r.start(t)
		case xml.EndElement:
			r.end(t.Name.Local)
		case xml.CharData:
			if r.inText {
				r.text(string(t))
			}
		}
	}
}

func (r *docxReader) start(e xml.StartElement) {
	switch e.Name.Local {
	case "t":
		r.inText = true
	case "p":
		r.heading = false
	case "pStyle":
		r.heading = wordAttribute(e, "val") == "Heading1"
	case "r":
		r.quotation = false
	case "rStyle":
		r.quotation = wordAttribute(e, "val") == "Quotation"
	case "footnote":
		r.inNote, _ = strconv.Atoi(wordAttribute(e, "id"))
	case "footnoteReference":
		if r.open {
			r.quotes[len(r.quotes)-1].number, _ = strconv.Atoi(wordAttribute(e, "id"))
			r.open = false
		}
	case "br", "tab":
		r.text(" ")
	}
}

func (r *docxReader) end(name string) {
	switch name {
	case "t":
		r.inText = false
	case "p":
		r.text("\n\n")
		r.open = false
	}
}

func (r *docxReader) text(s string) {
	switch {
	case r.notes != nil:
		r.notes[r.inNote] += s
	case r.heading && s != "\n\n":
	case r.quotation && s != "\n\n":
		if !r.open {
			r.quotes = append(r.quotes, notedQuote{})
			r.open = true
		}
		r.quotes[len(r.quotes)-1].text += s
	default:
		r.rest.WriteString(s)
	}
}

func wordAttribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
