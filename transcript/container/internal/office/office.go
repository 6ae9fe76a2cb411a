// Package office opens the files of word processors of today: Word documents
// (.docx) and OpenDocument texts (.odt), which LibreOffice and Google Docs write.
//
// Both keep a text as XML in a ZIP archive. It is read as it is when all tracked
// changes are accepted: first the text, then its notes.
package office

import (
	"bytes"
	"context"
	"encoding/xml"

	"github.com/pullquote/pullquote/transcript/container/content"
)

const (
	headBytes        = 200 // at the start of a file, in which the media type of OpenDocument stands
	openDocumentType = "mimetypeapplication/vnd.oasis.opendocument"
)

// IsDOCX takes every ZIP archive that is no OpenDocument text for a Word document;
// OpenDOCX says what it is instead.
func IsDOCX(data []byte, _ content.Options) bool {
	return bytes.HasPrefix(data, []byte(zipEmptyMagic)) || bytes.HasPrefix(data, []byte(zipMagic)) && !IsODT(data, content.Options{})
}

// OpenDOCX opens a Word document.
func OpenDOCX(ctx context.Context, data []byte, o content.Options) (*content.Content, error) {
	a, err := openArchive(ctx, data, "Word document, or other ZIP archive,")
	if err != nil {
		return nil, err
	}
	if a.part("word/document*.xml") == nil {
		return nil, otherArchive(a, data[:min(len(data), headBytes)])
	}
	a.kind = "Word document"
	r := docxReader{prose: prose{noteReferences: o.NoteReferences}, styles: map[string]docxStyle{}}
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

// otherArchive is the error for an archive that holds no Word document. Its first bytes
// name the kinds of OpenDocument.
func otherArchive(a *archive, head []byte) error {
	const asCSV, asText = "save the sheet as CSV and give that", "save its text as UTF-8 and give that"
	openDocument := func(kind string) bool { return bytes.Contains(head, []byte(openDocumentType+kind)) }
	switch {
	case a.part("xl/*") != nil:
		return content.Foreign("an Excel workbook", asCSV)
	case openDocument(".spreadsheet"):
		return content.Foreign("an OpenDocument spreadsheet", asCSV)
	case a.part("ppt/*") != nil:
		return content.Foreign("a PowerPoint presentation", asText)
	case openDocument("."):
		return content.Foreign("an OpenDocument file without prose", asText)
	case a.part("META-INF/container.xml") != nil:
		return content.Foreign("an EPUB", "unpack it and give the web pages in it")
	case a.part("Index/*.iwa") != nil:
		return content.Foreign("a file of Pages, Numbers or Keynote", "export it as .docx or PDF and give that")
	}
	if len(a.File) == 0 {
		return content.Foreign("a ZIP archive with nothing in it", "choose another file")
	}
	return content.Foreign("a ZIP archive without a text document", "unpack it and give the files in it")
}

// IsODT recognises an OpenDocument text by the media type that comes first in the
// archive, or by the name of the text's part where another program packed it anew.
func IsODT(data []byte, _ content.Options) bool {
	head := data[:min(len(data), headBytes)]
	switch {
	case !bytes.HasPrefix(head, []byte(zipMagic)):
		return false
	case bytes.Contains(head, []byte(openDocumentType)):
		return bytes.Contains(head, []byte(openDocumentType+".text"))
	}
	a, err := openArchive(context.Background(), data, "")
	return err == nil && a.part("content.xml") != nil
}

// OpenODT opens an OpenDocument text.
func OpenODT(ctx context.Context, data []byte, o content.Options) (*content.Content, error) {
	a, err := openArchive(ctx, data, "OpenDocument text")
	if err != nil {
		return nil, err
	}
	if a.part("content.xml") == nil {
		return nil, content.Invalid("the OpenDocument text has no part content.xml; save it again")
	}
	r := odtReader{prose: prose{noteReferences: o.NoteReferences}, styles: map[string]odtStyle{}}
	for _, step := range []struct {
		part string
		read func(*xml.Decoder) error
	}{
		{"META-INF/manifest.xml", walk(&r)},
		{"styles.xml", walk(&r)},
		{"content.xml", walk(&r)},
	} {
		if r.encrypted {
			return nil, content.Encrypted("the OpenDocument text")
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
