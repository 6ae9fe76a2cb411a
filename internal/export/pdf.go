package export

import (
	"fmt"
	"io"
	"strings"

	"codeberg.org/go-pdf/fpdf"
)

// Measures of a page, in millimetres, and of type, in points.
const (
	pageMargin  = 22.0
	bodySize    = 10.5
	noteSize    = 8.0
	headingSize = 15.0
)

// writePDF writes a PDF for A4 with bookmarks, links and page numbers. Its notes
// stand at the end of each answer. The same document gives the same bytes.
func writePDF(w io.Writer, d *Document) error {
	p := newPDF(d)
	for i, s := range d.sections() {
		if i > 0 {
			p.space(8)
		}
		p.section(s)
	}
	p.missing()
	if p.fonts.err != nil {
		return p.fonts.err
	}
	return p.Output(w)
}

// pdf is a document in the making.
type pdf struct {
	*fpdf.Fpdf
	fonts *fonts
	lost  []lostCharacter
	links map[int]int // from the number of a note to its place
}

// lostCharacter is one that no font has.
type lostCharacter struct {
	r    rune
	note int
}

func newPDF(d *Document) *pdf {
	f := fpdf.New("P", "mm", "A4", "")
	p := &pdf{Fpdf: f, fonts: newFonts(f), links: map[int]int{}}
	p.fonts.load(fontNames[0].name)
	p.SetMargins(pageMargin, pageMargin, pageMargin)
	p.SetAutoPageBreak(false, pageMargin) // lines break it
	p.SetCatalogSort(true)
	p.SetTitle(d.Title(), true)
	p.SetCreator(generator, true)
	if len(d.Answers) > 0 {
		p.SetCreationDate(d.Answers[0].CreatedAt.UTC())
		p.SetModificationDate(d.Answers[0].CreatedAt.UTC())
	}
	p.SetFooterFunc(func() {
		p.SetFont(fontNames[0].name, "", noteSize)
		p.SetTextColor(90, 90, 90)
		p.SetXY(pageMargin, -15)
		p.CellFormat(0, 5, fmt.Sprint(p.PageNo()), "", 0, "C", false, 0, "")
	})
	p.AddPage()
	return p
}

func (p *pdf) section(s section) {
	p.Bookmark(s.Question, 0, -1)
	p.paragraph(headingSize, isRightToLeft(s.Question), []inline{{text: s.Question}})
	p.paragraph(noteSize, false, []inline{{text: s.About, grey: true}})
	if s.Notice != "" {
		p.paragraph(noteSize, false, []inline{{text: s.Notice, grey: true}})
	}
	p.space(2)
	for _, paragraph := range s.Paragraphs {
		var line []inline
		for _, part := range paragraph {
			if part.Note == 0 {
				line = append(line, inline{text: part.Text})
				continue
			}
			p.links[part.Note] = p.AddLink()
			line = append(line, inline{text: "“"}, inline{text: part.Text, note: part.Note, quoted: true}, inline{text: "”"},
				inline{text: fmt.Sprintf("[%d]", part.Note), target: p.links[part.Note]})
		}
		p.paragraph(bodySize, isRightToLeft(paragraph[0].Text), line)
	}
	p.space(2)
	for _, n := range s.Notes {
		p.note(n)
	}
}

func (p *pdf) note(n note) {
	line := []inline{{text: fmt.Sprintf("[%d] ", n.Number), begins: p.links[n.Number]}}
	for _, s := range n.Source {
		line = append(line, inline{text: s.Text, note: n.Number})
	}
	line = append(line, inline{text: " " + n.Context + " " + n.Locator + " ", note: n.Number})
	if n.Heard != "" {
		line = append(line, inline{text: n.Heard + ": "}, inline{text: n.MediaURL, url: n.MediaURL}, inline{text: ". "})
	}
	p.paragraph(noteSize, false, append(line, inline{text: n.URL, url: n.URL}))
}

// missing tells which characters the page could not show: words that differ from
// the record must not pass for it.
func (p *pdf) missing() {
	if len(p.lost) == 0 {
		return
	}
	var parts []string
	for _, l := range p.lost {
		part := fmt.Sprintf("U+%04X", l.r)
		if l.note > 0 {
			part += fmt.Sprintf(" (note %d)", l.note)
		}
		parts = append(parts, part)
	}
	p.space(3)
	p.paragraph(noteSize, false, []inline{{text: string(placeholder) + " stands for characters that this document has no type for; in their order: " + strings.Join(parts, ", ") + "."}})
}

// space leaves room, but not at the top of a page.
func (p *pdf) space(millimetres float64) {
	if p.GetY() > pageMargin {
		p.SetY(p.GetY() + millimetres)
	}
}
