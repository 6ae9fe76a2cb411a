// Package draft reads what somebody has written - plain text, Markdown, a web
// page, a word processor's document, a PDF - and finds every quotation in it, with the person whom
// the text credits with it.
//
// It knows nothing of the record. A reader brings each format to paragraphs with
// the lines that they came from; what is quoted is found in the paragraphs, by
// the marks (package marks), the dashes of dialogues and the indentation of block
// quotations; whose words they are is read off the prose around them. Where that is
// not clear no speaker is given: a doubt must not become an accusation; it is told instead
// whom the text names around the quotation, and in which places. Whether
// something is a quotation is decided the other way round: what looks like one is
// reported, since one that passes unseen is never checked.
package draft

import (
	"bytes"
	"context"
	"mime"
	"path/filepath"
	"sort"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/transcript/container"
	"github.com/pullquote/pullquote/transcript/sentence"
)

const (
	maxFile   = 20 << 20  // bytes: Word documents have pictures
	maxText   = 2_000_000 // characters
	maxQuotes = 2000
)

// Source says what a draft is. Without either field it is found out.
type Source struct {
	Filename    string
	ContentType string // as in HTTP
	// Open opens a PDF or a document of a word processor; container.Open when nil.
	Open func(file []byte, o container.Options) (*container.Content, error)
}

// Opener opens PDFs and documents of word processors; container.Open is one.
type Opener func(ctx context.Context, file []byte, o container.Options) (*container.Content, error)

// Within is an opener that works as long as the context lasts; of container.Open when nil.
func (open Opener) Within(ctx context.Context) func([]byte, container.Options) (*container.Content, error) {
	return func(file []byte, o container.Options) (*container.Content, error) {
		if open == nil {
			return container.Open(ctx, file, o)
		}
		return open(ctx, file, o)
	}
}

// Opened is what a PDF or a document holds.
func (s Source) Opened(file []byte, o container.Options) (*container.Content, error) {
	if s.Open == nil {
		s.Open = Opener(nil).Within(context.Background())
	}
	return s.Open(file, o)
}

// Draft is what a draft quotes.
type Draft struct {
	// Text is the draft as it was read, without its markup: its paragraphs, with a blank line
	// between them.
	Text string
	// Quotes are its quotations, in their order. Their Line counts the lines of the file from
	// 1; in a word processor's document it counts the paragraphs, in a PDF the pages.
	Quotes []answer.DraftQuote
	// Spans are where the Quotes stand in Text, with their marks, in code points.
	Spans []sentence.Span
	// Short is how many more there are between marks of three words or fewer with which nobody
	// is credited, and which are no sentence: terms, names and scare quotes, which are not checked.
	Short int
}

// Read reads a draft and finds what it quotes.
func Read(file []byte, source Source) (Draft, error) {
	if len(file) > maxFile {
		return Draft{}, fault.New(fault.TooLarge, "the draft is larger than %d MB; divide it", maxFile>>20)
	}
	blocks, err := source.read(file)
	if err != nil {
		return Draft{}, err
	}
	if length(blocks) > maxText {
		return Draft{}, fault.New(fault.TooLarge, "the draft has more than %d characters; divide it", maxText)
	}
	found := find(blocks)
	if len(found) > maxQuotes {
		return Draft{}, fault.New(fault.TooLarge, "the draft has more than %d quotations; divide it", maxQuotes)
	}
	cast := newCast(blocks, found)
	cast.attribute()
	cast.mention(blocks)
	cast.nest()
	joinInterrupted(cast.quotes)
	return sift(blocks, cast.quotes), nil
}

// format is a way to write a draft.
type format int

const (
	formatText format = iota // plain text and Markdown: what is no markup reads the same in both
	formatHTML
	formatDocument // of a word processor
	formatPDF
	formatUnknown
)

func (s Source) format(file []byte) format {
	mediaType, _, _ := mime.ParseMediaType(s.ContentType)
	switch {
	case bytes.HasPrefix(file, []byte("PK\x03\x04")), bytes.HasPrefix(file, []byte("\xD0\xCF\x11\xE0")):
		return formatDocument
	case bytes.HasPrefix(file, []byte("%PDF-")), mediaType == "application/pdf":
		return formatPDF
	case bytes.HasPrefix(file, []byte("{\\rtf")):
		return formatUnknown
	case mediaType == "text/html", mediaType == "application/xhtml+xml":
		return formatHTML
	case mediaType == "text/plain", mediaType == "text/markdown":
		return formatText
	}
	switch strings.ToLower(filepath.Ext(s.Filename)) {
	case ".html", ".htm", ".xhtml":
		return formatHTML
	case ".txt", ".text", ".md", ".markdown":
		return formatText
	case ".pdf":
		return formatPDF
	}
	head := strings.ToLower(string(bytes.TrimSpace(file[:min(len(file), 1000)])))
	if strings.HasPrefix(head, "<!doctype html") || strings.HasPrefix(head, "<html") || strings.HasPrefix(head, "<?xml") {
		return formatHTML
	}
	return formatText
}

// block is a paragraph of a draft.
type block struct {
	text   []rune
	lines  []lineStart
	quoted int      // the number of the block quotation that it belongs to; 0 if none
	source string   // whom the block quotation's own markup credits
	code   []extent // what is code, in which marks are none

	heading bool
	pulled  bool      // it is a pull quote, which may be the draft's own words
	row     int       // the number of the table row, or of the entry of a definition list, that it is a cell of; 0 if none
	notes   []noteRef // the notes that it refers to
	note    string    // the note that it begins, if one; its reference has the same name
}

// noteRef is a reference to a note of the draft, behind the character before at.
type noteRef struct {
	at   int
	note string
}

// lineStart says that the text from a character on comes from a line.
type lineStart struct{ at, line int }

// line is the line of the draft that a character of the block comes from.
func (b *block) line(at int) int {
	next := sort.Search(len(b.lines), func(i int) bool { return b.lines[i].at > at })
	return b.lines[max(0, next-1)].line
}

func (b *block) add(text string, line int) {
	if n := len(b.lines); n == 0 || b.lines[n-1].line != line {
		b.lines = append(b.lines, lineStart{len(b.text), line})
	}
	b.text = append(b.text, []rune(text)...)
}

// addCode adds text in which marks quote nothing.
func (b *block) addCode(text string, line int) {
	start := len(b.text)
	b.add(text, line)
	b.code = append(b.code, extent{start, len(b.text)})
}

// cut takes the text from a character on out again.
func (b *block) cut(at int) {
	b.text = b.text[:at]
	for n := len(b.lines); n > 0 && b.lines[n-1].at >= at; n-- {
		b.lines = b.lines[:n-1]
	}
	for n := len(b.notes); n > 0 && b.notes[n-1].at > at; n-- {
		b.notes = b.notes[:n-1]
	}
	for n := len(b.code); n > 0 && b.code[n-1].end > at; n-- {
		if b.code[n-1].end = at; b.code[n-1].start >= at {
			b.code = b.code[:n-1]
		}
	}
}

func length(blocks []block) int {
	n := 0
	for _, b := range blocks {
		n += len(b.text)
	}
	return n
}

func (b *block) empty() bool { return strings.TrimSpace(string(b.text)) == "" }

func (s Source) read(file []byte) ([]block, error) {
	switch s.format(file) {
	case formatHTML:
		return readHTML(file, s.ContentType)
	case formatDocument:
		return s.readDocument(file)
	case formatPDF:
		return s.readPDF(file)
	case formatUnknown:
		return nil, fault.New(fault.Unsupported, "RTF is not read; save the draft as .docx, .odt, PDF, HTML or text and give that")
	}
	text, err := decode(file)
	if err != nil {
		return nil, err
	}
	return readText(text), nil
}

// decode makes UTF-8 text with \n lines of a file's bytes.
func decode(file []byte) (string, error) {
	if bytes.HasPrefix(file, []byte("\xFF\xFE")) || bytes.HasPrefix(file, []byte("\xFE\xFF")) {
		decoded, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(file)
		if err != nil {
			return "", fault.Wrap(err, fault.Invalid, "the draft is not UTF-16 as it says; save it as UTF-8")
		}
		file = decoded
	}
	file = bytes.TrimPrefix(file, []byte("\xEF\xBB\xBF"))
	if !utf8.Valid(file) || bytes.IndexByte(file, 0) >= 0 {
		return container.Text(file)
	}
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(string(file)), nil
}
