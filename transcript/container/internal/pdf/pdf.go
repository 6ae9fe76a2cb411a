// Package pdf opens PDFs. A PDF places words on pages; lines, their reading order
// and their indents are read from those places.
//
// The words come from PDFium, the engine of the Chrome browser, compiled to
// WebAssembly: the same file gives the same text on every machine, and a broken
// file cannot reach beyond the engine's own memory.
package pdf

import (
	"bytes"
	"strings"
	"time"

	"github.com/pullquote/pullquote/transcript/container/content"
)

const pdfHeader = 1024 // bytes among which a PDF must say that it is one

// Is recognises a PDF by its header, which other bytes may precede.
func Is(data []byte, _ content.Options) bool {
	start := data[:min(len(data), pdfHeader)]
	return bytes.HasPrefix(start, []byte("%PDF-")) || bytes.Contains(start, []byte("\n%PDF-"))
}

const (
	pdfTime       = 2 * time.Minute // that one file may take
	mostPages     = 100_000
	mostPageChars = 200_000
)

// Open reads the pages one after the other. Pages that hold pictures alone are told
// as a warning.
func Open(data []byte, _ content.Options) (*content.Content, error) {
	engine, err := pdfEngine()
	if err != nil {
		return nil, content.Unsupported("PDFs cannot be read on this machine; save the text of the file and give that").Because(err)
	}
	doc, err := engine.open(data, pdfTime)
	if err != nil {
		return nil, err
	}
	defer doc.close()
	c := &content.Content{Fields: doc.fields()}
	unread := 0
	for page := range doc.pages {
		words, pictured, err := doc.words(page)
		if err != nil {
			return nil, err
		}
		if len(words) == 0 && pictured {
			unread++
		}
		c.Lines = append(c.Lines, pageLines(words)...)
	}
	if len(c.Lines) == 0 {
		return nil, content.Invalid("this PDF has no text%s", onlyPictures(unread))
	}
	if unread > 0 {
		c.Warnings = append(c.Warnings, unreadPages(unread, doc.pages))
	}
	return c, nil
}

func onlyPictures(unread int) string {
	if unread == 0 {
		return "; its pages are empty"
	}
	return ", only pictures; run OCR on it first"
}

// pdfFields are the names of facts under which a PDF's own names go.
var pdfFields = []content.Field{
	{Name: "Title", Value: "title"}, {Name: "Author", Value: "author"}, {Name: "CreationDate", Value: "created"},
}

// pdfDate makes an ISO date of a PDF's: D:20260330112300-04'00'.
func pdfDate(value string) string {
	digits := strings.TrimPrefix(strings.TrimSpace(value), "D:")
	if len(digits) < 8 {
		return ""
	}
	date, err := time.Parse("20060102", digits[:8])
	if err != nil {
		return ""
	}
	return date.Format(time.DateOnly)
}
