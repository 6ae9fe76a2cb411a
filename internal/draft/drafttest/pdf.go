package drafttest

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"codeberg.org/go-pdf/fpdf"
)

// Page is how pages are set, with its measures in points.
type Page struct {
	Width, Height float64
	FirstIndent   float64 // of the first lines of paragraphs
	Space         float64 // between paragraphs
	Leading       float64 // times the size of the type
}

// Book is a small page on which first lines tell the paragraphs, Letter one on which room
// between them does, Manuscript one with wide lines for corrections between.
var (
	Book       = Page{380, 500, 18, 0, 1.4}
	Letter     = Page{500, 600, 0, 9, 1.3}
	Manuscript = Page{420, 595, 30, 0, 2.4}
)

const (
	margin   = 50. // in points
	indent   = 18. // of block quotations on both sides
	bodySize = 10.
	noteSize = 7.5
	shift    = .35 // of the size, by which numbers of notes stand higher
)

const (
	mainFont     = "DejaVuSans"
	fallbackFont = "DroidSansFallbackFull"
)

// PDF is the draft set in pages: block quotations are narrower, numbers of notes stand above
// the line, notes at the foot of their page, and each page has a running head and a number.
func (d Draft) PDF(t testing.TB, page Page) []byte {
	t.Helper()
	f := fpdf.NewCustom(&fpdf.InitType{UnitStr: "pt", Size: fpdf.SizeType{Wd: page.Width, Ht: page.Height}})
	_, here, _, _ := runtime.Caller(0)
	for _, font := range []string{mainFont, fallbackFont} {
		data, err := os.ReadFile(filepath.Join(filepath.Dir(here), "../../export/fonts", font+".ttf"))
		if err != nil {
			t.Fatal(err)
		}
		f.AddUTF8FontFromBytes(font, "", data)
	}
	f.SetAutoPageBreak(false, 0)
	s := setter{Fpdf: f, Page: page, draft: d}
	s.beginPage()
	for _, p := range d.Paragraphs {
		s.paragraph(p)
	}
	s.endPage()
	var b bytes.Buffer
	if err := f.Output(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// setter sets pages.
type setter struct {
	*fpdf.Fpdf
	Page
	draft Draft
	y     float64 // baseline of the last line
	foot  float64 // where the notes of the page begin
	notes [][]setLine
}

// setLine is words of one line.
type setLine struct {
	words []string
	left  float64
}

func (s *setter) beginPage() {
	s.AddPage()
	s.SetFont(mainFont, "", noteSize)
	head := "Valley Quarterly – May"
	s.Text(s.Width-margin-s.GetStringWidth(head), margin/2, head)
	s.y, s.foot, s.notes = margin, s.Height-margin, nil
}

func (s *setter) endPage() {
	y := s.foot
	for _, note := range s.notes {
		for _, line := range note {
			y += noteSize * s.Leading
			s.line(line, noteSize, y)
		}
	}
	s.SetFont(mainFont, "", noteSize)
	s.Text(s.Width/2, s.Height-margin/2, fmt.Sprint(s.PageNo()))
}

func (s *setter) paragraph(p Paragraph) {
	left, right, first, size := margin, s.Width-margin, s.FirstIndent, bodySize
	switch {
	case p.Quoted:
		left, right, first = left+indent, right-indent, 0
	case p.Heading:
		first, size = 0, 1.5*bodySize
	}
	if s.y > margin {
		s.y += s.Space
	}
	if p.Quoted || p.Heading {
		s.y += size / 2
	}
	for _, line := range s.lines(p.Text, size, left, right, first) {
		notes := s.notesOf(line)
		height := 0.
		for _, note := range notes {
			height += float64(len(note)) * noteSize * s.Leading
		}
		if s.y+size*s.Leading > s.foot-height {
			s.endPage()
			s.beginPage()
		}
		s.foot -= height
		s.notes = append(s.notes, notes...)
		s.y += size * s.Leading
		s.line(line, size, s.y)
	}
	if p.Quoted || p.Heading {
		s.y += size / 2
	}
}

// notesOf are the notes that a line refers to, in lines.
func (s *setter) notesOf(line setLine) (notes [][]setLine) {
	for _, m := range reference.FindAllStringSubmatch(strings.Join(line.words, " "), -1) {
		n, _ := strconv.Atoi(m[1])
		notes = append(notes, s.lines(fmt.Sprintf("%d %s", n, s.draft.Notes[n-1].Text), noteSize, margin, s.Width-margin, 0))
	}
	return notes
}

// lines breaks a text.
func (s *setter) lines(text string, size, left, right, first float64) []setLine {
	var all []setLine
	open := setLine{left: left + first}
	x := open.left
	end := func() {
		all = append(all, open)
		open, x = setLine{left: left}, left
	}
	for i, part := range strings.Split(text, "\n") {
		if i > 0 {
			end()
		}
		for _, word := range breakable(part) {
			width := s.width(strings.TrimRight(word, " "), size)
			if x+width > right && len(open.words) > 0 {
				end()
			}
			open.words = append(open.words, word)
			x += s.width(word, size)
		}
	}
	end()
	return all
}

// breakable divides a text where a line may end: behind blanks, and beside Chinese.
func breakable(text string) []string {
	var words []string
	var word strings.Builder
	runes := []rune(text)
	for i, r := range runes {
		word.WriteRune(r)
		next := i+1 < len(runes) && unicode.Is(unicode.Han, runes[i+1])
		if r == ' ' || next && unicode.Is(unicode.Han, r) {
			words = append(words, word.String())
			word.Reset()
		}
	}
	return append(words, word.String())
}

// glyphs divides a text by the font and the size in which it is set.
func (s *setter) glyphs(text string, size float64, do func(text, font string, size, shifted float64)) {
	at := 0
	for _, m := range append(reference.FindAllStringSubmatchIndex(text, -1), []int{len(text), len(text), len(text), len(text)}) {
		for _, r := range text[at:m[0]] {
			font := mainFont
			if r >= '⺀' && !unicode.Is(unicode.Latin, r) {
				font = fallbackFont
			}
			do(string(r), font, size, 0)
		}
		if m[3] > m[2] {
			do(text[m[2]:m[3]], mainFont, size*.65, shift*size)
		}
		at = m[1]
	}
}

func (s *setter) width(text string, size float64) (width float64) {
	s.glyphs(text, size, func(text, font string, size, _ float64) {
		s.SetFont(font, "", size)
		width += s.GetStringWidth(text)
	})
	return width
}

func (s *setter) line(l setLine, size, y float64) {
	x := l.left
	for _, word := range l.words {
		s.glyphs(word, size, func(text, font string, size, shifted float64) {
			s.SetFont(font, "", size)
			if text != " " {
				s.Text(x, y-shifted, text)
			}
			x += s.GetStringWidth(text)
		})
	}
}
