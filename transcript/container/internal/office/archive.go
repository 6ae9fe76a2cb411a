// Package office opens the files of word processors of today: Word documents
// (.docx) and OpenDocument texts (.odt), which LibreOffice and Google Docs write.
//
// Both keep a text as XML in a ZIP archive, and read as a text does when all changes
// are accepted: first the text, then its notes. A small archive can hold a great
// deal of nothing, so all is read part by part, within bounds.
package office

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"

	"golang.org/x/net/html/charset"

	"github.com/pullquote/pullquote/transcript/container/content"
)

// What is unpacked is bounded, and how deep it nests.
const (
	maxUnpacked = 32 << 20 // bytes of all parts that are read
	maxParts    = 10_000   // in an archive
	maxDepth    = 500      // of elements
)

const zipMagic = "PK\x03\x04"

// archive is a document in a ZIP archive.
type archive struct {
	*zip.Reader
	kind string // for errors: "Word document"
	left int64  // bytes that may still be unpacked
}

func openArchive(data []byte, kind string) (*archive, error) {
	reader, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, content.Invalid("the %s ends early: the list of its parts, at the end of the file, is missing or damaged; get the whole file again", kind)
	}
	if len(reader.File) > maxParts {
		return nil, content.TooLarge("the %s has %d parts, more than %d; save it again as text", kind, len(reader.File), maxParts)
	}
	return &archive{Reader: reader, kind: kind, left: maxUnpacked}, nil
}

// part finds a part by a pattern of package path; nil if there is none.
func (a *archive) part(pattern string) *zip.File {
	for _, f := range a.File {
		if ok, _ := path.Match(pattern, f.Name); ok {
			return f
		}
	}
	return nil
}

// read unpacks a part for a function that reads its XML. A part that is not there
// is not read.
func (a *archive) read(pattern string, read func(*xml.Decoder) error) error {
	part := a.part(pattern)
	if part == nil {
		return nil
	}
	if part.Flags&1 != 0 {
		return content.Unsupported("the %s is encrypted; save it without a password", a.kind)
	}
	unpacked, err := part.Open()
	if err != nil {
		return a.damaged(part, err)
	}
	defer unpacked.Close()
	limited := &io.LimitedReader{R: unpacked, N: a.left}
	decoder := xml.NewDecoder(limited)
	decoder.CharsetReader = charset.NewReaderLabel
	err = read(decoder)
	a.left = limited.N
	switch {
	case a.left <= 0:
		return content.TooLarge("the %s unpacks to more than %d MB; divide it", a.kind, maxUnpacked>>20)
	case err != nil:
		return a.damaged(part, err)
	}
	return nil
}

// damaged says where an archive cannot be read.
func (a *archive) damaged(part *zip.File, err error) error {
	if ours := new(content.Error); errors.As(err, &ours) {
		return err
	}
	return content.Invalid("the %s is damaged in its part %s; save it again", a.kind, part.Name).Because(err)
}

// xmlHandler is told of what stands in a part, in order.
type xmlHandler interface {
	skips(element string) bool // with all that is inside it
	start(xml.StartElement)
	end(element string)
	text(string)
}

// walk reads a part for a handler.
func walk(h xmlHandler) func(*xml.Decoder) error {
	return func(d *xml.Decoder) error {
		depth, skipped := 0, 0
		for {
			token, err := d.Token()
			if err == io.EOF {
				return nil
			}
			if err != nil {
				return err
			}
			switch t := token.(type) {
			case xml.StartElement:
				if depth++; depth > maxDepth {
					return content.Invalid("the document nests elements more than %d deep; save it again as text", maxDepth)
				}
				if skipped > 0 || h.skips(t.Name.Local) {
					skipped++
				} else {
					h.start(t)
				}
			case xml.EndElement:
				if depth--; skipped > 0 {
					skipped--
				} else {
					h.end(t.Name.Local)
				}
			case xml.CharData:
				if skipped == 0 {
					h.text(string(t))
				}
			}
		}
	}
}

// xmlAttr is the value of an attribute; whether it is there is known.
func xmlAttr(t xml.StartElement, name string) (value string, known bool) {
	for _, a := range t.Attr {
		if a.Name.Local == name {
			return a.Value, true
		}
	}
	return "", false
}
