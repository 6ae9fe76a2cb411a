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

// IsDOCX takes every ZIP archive that is no OpenDocument text for a Word document;
// OpenDOCX says what it is instead.
func IsDOCX(data []byte, _ content.Options) bool {
	return bytes.HasPrefix(data, []byte(zipMagic)) && !IsODT(data, content.Options{})
}

// OpenDOCX opens a Word document.
func OpenDOCX(ctx context.Context, data []byte, _ content.Options) (*content.Content, error) {
	a, err := openArchive(ctx, data, "Word document, or other ZIP archive,")
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

// IsODT recognises an OpenDocument text by the media type that comes first in the
// archive, or by the name of the text's part where another program packed it anew.
func IsODT(data []byte, _ content.Options) bool {
	const family = "mimetypeapplication/vnd.oasis.opendocument"
	head := data[:min(len(data), 200)]
	switch {
	case !bytes.HasPrefix(head, []byte(zipMagic)):
		return false
	case bytes.Contains(head, []byte(family)):
		return bytes.Contains(head, []byte(family+".text"))
	}
	a, err := openArchive(context.Background(), data, "")
	return err == nil && a.part("content.xml") != nil
}

// OpenODT opens an OpenDocument text.
func OpenODT(ctx context.Context, data []byte, _ content.Options) (*content.Content, error) {
	a, err := openArchive(ctx, data, "OpenDocument text")
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
