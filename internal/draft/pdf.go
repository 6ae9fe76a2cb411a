package draft

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"

	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/transcript/container"
	"github.com/pullquote/pullquote/transcript/pages"
)

// readPDF reads a PDF: its paragraphs, put together of the lines on its pages, then its
// footnotes and what else stands outside of the text. Its lines are pages.
//
// A hyphen at the end of a line may be the typesetter's or the word's own. It stays, with
// the line end behind it, so that whoever compares the words can try both readings.
func (s Source) readPDF(file []byte) ([]block, error) {
	content, err := s.Opened(file, container.Options{Kind: "pdf", NoteReferences: true})
	if err != nil {
		return nil, err
	}
	var blocks []block
	quoted, inside := 0, false
	for _, p := range pages.Paragraphs(content.Lines) {
		if p.Quote && !inside {
			quoted++
		}
		inside = p.Quote
		b := block{}
		for _, l := range p.Lines {
			b.join(l.Text, l.Page)
		}
		if p.Quote {
			b.quoted = quoted
		}
		blocks = append(blocks, b)
	}
	return blocks, nil
}

// join adds the next line of a paragraph: behind a blank, or a hyphen and a line end; directly
// where the script puts no blanks between words, or a soft hyphen divides one.
func (b *block) join(text string, line int) {
	n := len(b.text)
	first, _ := utf8.DecodeRuneInString(text)
	switch {
	case n == 0, isUnspaced(b.text[n-1]) && isUnspaced(first):
	case b.text[n-1] == softHyphen:
		b.cut(n - 1)
	case b.text[n-1] == '-':
		text = "\n" + text
	default:
		text = " " + text
	}
	b.add(strings.ReplaceAll(text, "\t", " "), line)
}

// isUnspaced reports whether a character stands beside others without blanks, as the letters
// and the punctuation of Chinese do.
func isUnspaced(r rune) bool {
	kind := width.LookupRune(r).Kind()
	return words.ByCharacter(r) || unicode.IsPunct(r) && (kind == width.EastAsianWide || kind == width.EastAsianFullwidth)
}

const softHyphen = '\u00ad'
