// Package container unwraps files: it takes the lines of a text out of whatever
// holds them, be it plain text, a web page, a PDF or captions, and says nothing yet
// of who speaks. What is read from the lines is the business of package transcript.
//
// Each family of containers is a package below internal. It recognises its files
// by their content, and it keeps what their markup tells about a line, because that
// is often what sets a speaker's name apart: bold type, a heading, a cue's voice,
// the field of a row. This package knows which families there are, and in which
// order they are asked; a new one is a package and a line of the table here.
package container

import (
	"context"
	"slices"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/captions"
	"github.com/pullquote/pullquote/transcript/container/internal/foreign"
	"github.com/pullquote/pullquote/transcript/container/internal/htmlpage"
	"github.com/pullquote/pullquote/transcript/container/internal/markdown"
	"github.com/pullquote/pullquote/transcript/container/internal/office"
	"github.com/pullquote/pullquote/transcript/container/internal/pdf"
	"github.com/pullquote/pullquote/transcript/container/internal/records"
	"github.com/pullquote/pullquote/transcript/container/internal/tables"
	"github.com/pullquote/pullquote/transcript/container/internal/talkbank"
	"github.com/pullquote/pullquote/transcript/container/internal/text"
	"github.com/pullquote/pullquote/transcript/container/internal/word97"
)

// What callers meet; package content describes it.
type (
	Content = content.Content // what a file holds
	Line    = content.Line    // of it
	Cue     = content.Cue     // a part of a line whose time the file tells
	Voice   = content.Voice   // whose words a line has, where the file itself says so
	Field   = content.Field   // a fact that the file states about itself
	Setting = content.Setting // where and how a line stands on its page
	Options = content.Options // what is known of a file besides its bytes
	Error   = content.Error   // why a file could not be read
)

// kind is one way to wrap a text.
type kind struct {
	name string
	is   func(data []byte, o Options) bool
	open func(ctx context.Context, data []byte, o Options) (*Content, error)
}

// kinds lists every container; the first that fits is taken, or, of those that have a
// name which is forced, the last if none fits. Those that a few bytes show beyond doubt
// come first; Markdown, which is a matter of degree, comes late;
// text comes last and fits all.
func kinds() []kind {
	return []kind{
		{"pdf", pdf.Is, pdf.Open},
		{"docx", office.IsDOCX, office.OpenDOCX},
		{"odt", office.IsODT, office.OpenODT},
		{"doc", word97.Is, word97.Open},
		{"akn", records.IsAkoma, records.Open},
		{"xml", records.Is, records.Open},
		{"html", htmlpage.Is, htmlpage.Open},
		{"vtt", captions.IsVTT, captions.OpenVTT},
		{"srt", captions.IsSRT, captions.OpenSRT},
		{"sbv", captions.IsSBV, captions.OpenSBV},
		{"chat", talkbank.Is, talkbank.Open},
		{"json", records.IsJSON, records.OpenJSON},
		{"json", tables.IsJSON, tables.OpenJSON},
		{"csv", tables.IsCSV, tables.OpenCSV},
		{"markdown", markdown.Is, markdown.Open},
		{"text", isText, openText},
	}
}

// Kinds lists the names of the containers that are read.
func Kinds() []string {
	var names []string
	for _, k := range kinds() {
		names = append(names, k.name)
	}
	return slices.Compact(names)
}

// Open unwraps a file. Its errors are of type *Error and say what to do, or the
// context's own: a reader that is not wanted any more ends soon.
func Open(ctx context.Context, data []byte, o Options) (*Content, error) {
	if err := foreign.Refuse(data, o); err != nil {
		return nil, err
	}
	var forced *kind
	for _, k := range kinds() {
		if o.Kind != "" && o.Kind != k.name {
			continue
		}
		if k.is(data, o) {
			return k.unwrap(ctx, data, o)
		}
		forced = &k
	}
	if forced == nil {
		return nil, Invalid("there is no container %q", o.Kind)
	}
	return forced.unwrap(ctx, data, o)
}

// unwrap opens a file of this kind.
func (k kind) unwrap(ctx context.Context, data []byte, o Options) (*Content, error) {
	c, err := k.open(ctx, data, o)
	if ctx.Err() != nil { // whatever the reader made of it
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, err
	}
	c.Kind = k.name
	c.Tidy()
	return c, nil
}

// Invalid reports input that cannot be accepted as it is, as an *Error.
func Invalid(format string, args ...any) error { return content.Invalid(format, args...) }

// NoTranscript reports a file that can be read and is no transcript, for a reason in a
// few words, as an *Error.
func NoTranscript(reason, format string, args ...any) error {
	return content.NoTranscript(reason, format, args...)
}

// DropInvisible takes out the characters that nobody sees and that can make a text
// read differently from what it says, such as marks that turn the direction of
// writing. It reports how many there were, and the byte of the first.
func DropInvisible(s string) (clean string, n, first int) { return text.DropInvisible(s) }

// IsNoteNumber reports whether what stands above the line behind a text is the number of a
// note.
func IsNoteNumber(before, raised string) bool { return content.IsNoteNumber(before, raised) }

// UnifyLines makes \n of every line end, and a blank line of a page break.
func UnifyLines(s string) string { return text.UnifyLines(s) }
