// Package pdf opens PDFs. A PDF places words on pages and says nothing of lines, so
// lines, their reading order and their indents are read from the words' places.
//
// The words come from PDFium, the engine of the Chrome browser, compiled to
// WebAssembly: the same file gives the same text on every machine, and a broken
// file cannot reach beyond the engine's own memory.
package pdf

import (
	"bytes"
	"context"
	"strings"
	"time"

	"github.com/pullquote/pullquote/transcript/container/content"
)

const headerBytes = 1024 // at the start of a file, among which readers look for the header %PDF-

// Is recognises a PDF by its header, which may follow other lines.
func Is(data []byte, _ content.Options) bool {
	start := data[:min(len(data), headerBytes)]
	return bytes.HasPrefix(start, []byte("%PDF-")) || bytes.Contains(start, []byte("\n%PDF-"))
}

// What one file may take. Books have fewer pages, and pages of newspapers fewer
// characters.
const (
	timeLimit     = 2 * time.Minute
	mostPages     = 100_000
	mostPageChars = 200_000
)

// Open reads the pages one after the other. A warning counts those that hold pictures
// alone, because what they show is missing.
func Open(ctx context.Context, data []byte, o content.Options) (*content.Content, error) {
	engine, err := sharedEngine()
	if err != nil {
		return nil, content.Unsupported("PDFs cannot be read on this machine; save the text of the file and give that").Because(err)
	}
	doc, err := engine.open(ctx, data, timeLimit)
	if err != nil {
		return nil, err
	}
	defer doc.close()
	c := &content.Content{Fields: doc.fields()}
	unread := 0
	for page := range doc.pages {
		words, pictured, err := doc.words(page, o.NoteReferences)
		if err != nil {
			return nil, err
		}
		if len(words) == 0 && pictured {
			unread++
		}
		c.Lines = append(c.Lines, pageLines(words, o.NoteReferences)...)
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

// isoDate makes an ISO date of a date such as D:20260330112300-04'00'; empty if it
// is none.
func isoDate(value string) string {
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
