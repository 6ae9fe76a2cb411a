// Package word97 opens documents of Word 97 to 2003 (.doc): a compound file, which
// is a small file system, with the text in one stream and tables of its formatting
// in another.
//
// The text stands in pieces, in the order and encoding that the piece table tells;
// its formatting stands elsewhere, by byte offsets of the text. [MS-DOC] describes
// both, [MS-CFB] the compound file and [MS-OLEPS] the properties. A transcript needs
// little of them, so a small reader of our own is enough.
package word97

import (
	"bytes"
	"context"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/flow"
)

// Is recognises a compound file by its first bytes.
func Is(data []byte, _ content.Options) bool { return bytes.HasPrefix(data, []byte(cfbMagic[:4])) }

// Open reads the text, the notes and the text boxes.
func Open(ctx context.Context, data []byte, _ content.Options) (*content.Content, error) {
	c, err := openCompound(data)
	if err != nil {
		return nil, err
	}
	w, err := openWord(c)
	if err != nil {
		return nil, err
	}
	for _, part := range w.parts() {
		if ctx.Err() != nil {
			break
		}
		w.read(part.from, part.to)
	}
	if err := content.CheckLines(w.breaks, len(w.main)); err != nil {
		return nil, err
	}
	lines := w.Flow.End()
	if len(lines) == 0 {
		return nil, content.Invalid("the old Word file holds no words; if it holds pictures of pages, give their text")
	}
	info, err := c.stream("\x05SummaryInformation")
	if err != nil {
		return nil, err
	}
	return &content.Content{Fields: readSummary(info), Lines: lines}, nil
}

// wordFile is an opened document.
type wordFile struct {
	flow.Flow
	main     []byte // the stream that holds the text
	pieces   []piece
	runs     settings // character formatting
	marks    settings // paragraph formatting, at paragraph marks
	fields   []bool   // fields that are open, the innermost last; true where its code, not its result, is read
	open     *flow.Paragraph
	breaks   int  // of lines, paragraphs and cells so far
	number   int  // of the open paragraph
	rowDone  bool // the next paragraph of the table begins a row
	cellDone bool // the next paragraph of the table begins a cell
}

// piece is a run of characters that stand together in the file.
type piece struct {
	from, to uint32 // character positions in the document
	start    uint32 // byte offset in the stream
	width    uint32 // bytes of a character: 1 in Windows-1252, 2 in UTF-16
}

// Byte offsets in the file information block (FIB), which begins the main stream,
// and what is compared with what stands there.
const (
	fibVersion  = 2
	fibFlags    = 10
	fibLengths  = 76  // in characters: text, footnotes, running heads, macros, comments, endnotes, text boxes
	fibChars    = 250 // list of pages of character formatting
	fibMarks    = 258 // list of pages of paragraph formatting
	fibPieces   = 418 // piece table
	fibSize     = 898
	wordMark    = 0xA5EC
	word97      = 193 // the first version with this table
	isEncrypted = 1 << 8
	useTable1   = 1 << 9
)

// openWord checks that the file can be read and reads its tables.
func openWord(c *compound) (*wordFile, error) {
	if _, encrypted := c.streams["EncryptedPackage"]; encrypted {
		return nil, content.Encrypted("the Word document")
	}
	main, err := c.stream("WordDocument")
	switch {
	case err != nil:
		return nil, err
	case main == nil:
		return nil, c.otherFile()
	case u16(main, 0) != wordMark || u16(main, fibVersion) < word97:
		return nil, content.Unsupported("the file is of a Word older than Word 97; save it as .docx")
	case u16(main, fibFlags)&isEncrypted != 0:
		return nil, content.Encrypted("the Word file")
	case len(main) < fibSize:
		return nil, cutOff()
	}
	name := "0Table"
	if u16(main, fibFlags)&useTable1 != 0 {
		name = "1Table"
	}
	table, err := c.stream(name)
	if err != nil {
		return nil, err
	}
	w := &wordFile{main: main, open: flow.NewParagraph(1), number: 1}
	w.runs = readSettings(main, table, fibChars, characterSettings)
	w.marks = readSettings(main, table, fibMarks, paragraphSettings)
	return w, w.readPieces(block(main, table, fibPieces))
}

// otherFile is the error for a compound file that holds no Word document; the streams
// of its program tell what it is.
func (c *compound) otherFile() error {
	for stream, is := range map[string][2]string{
		"Workbook":                {"an old Excel workbook", "save the sheet as CSV and give that"},
		"Book":                    {"an old Excel workbook", "save the sheet as CSV and give that"},
		"PowerPoint Document":     {"an old PowerPoint presentation", "save its text as UTF-8 and give that"},
		"__properties_version1.0": {"an e-mail of Outlook", "save the transcript that it holds, or has attached, and give that"},
	} {
		if _, found := c.streams[stream]; found {
			return content.Foreign(is[0], is[1])
		}
	}
	return content.Foreign("an old Office file, but not of Word", "save its text as UTF-8 and give that")
}

// block is a part of the table stream, of which the FIB has offset and length; nil if
// it is not all there.
func block(main, table []byte, at int) []byte {
	start, size := uint64(u32(main, at)), uint64(u32(main, at+4))
	if start+size > uint64(len(table)) {
		return nil
	}
	return table[start : start+size]
}

// readPieces reads the piece table, which stands behind formatting that pieces share.
func (w *wordFile) readPieces(b []byte) error {
	const shared, table, entry = 1, 2, 8
	for len(b) > 3 && b[0] == shared {
		b = b[min(3+u16(b, 1), len(b)):]
	}
	if len(b) < 5 || b[0] != table {
		return cutOff()
	}
	b = b[5:]
	n := (len(b) - 4) / (4 + entry)
	for i := range n {
		place := u32(b, 4*(n+1)+entry*i+2)
		p := piece{from: u32(b, 4*i), to: u32(b, 4*i+4), start: place &^ (1 << 30), width: 2}
		if p.start != place { // the flag for characters of one byte, whose offset is doubled
			p.start, p.width = p.start/2, 1
		}
		end := uint64(p.start) + (uint64(p.to)-uint64(p.from))*uint64(p.width)
		if p.to < p.from || end > uint64(len(w.main)) || uint64(p.to) > uint64(len(w.main)) {
			return cutOff()
		}
		w.pieces = append(w.pieces, p)
	}
	return nil
}
