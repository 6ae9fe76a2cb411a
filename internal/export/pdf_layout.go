package export

import (
	"strings"
	"unicode"
)

// placeholder stands where no font has a character.
const placeholder = '□'

// inline is a part of a paragraph. It has a direction of its own, that of its
// first letter.
type inline struct {
	text   string
	note   int    // to which it belongs, for what cannot be shown
	target int    // link within the document
	begins int    // link that leads here
	url    string // link to elsewhere
	grey   bool
	quoted bool // the record's words
}

// glyph is a character with how it is set.
type glyph struct {
	r     rune
	font  string
	width float64
	of    *inline
}

// paragraph sets the parts of a paragraph in lines: words are kept whole where
// they fit.
func (p *pdf) paragraph(size float64, rightToLeft bool, parts []inline) {
	glyphs := p.glyphs(size, parts)
	_, _, right, _ := p.GetMargins()
	width, _ := p.GetPageSize()
	room := width - pageMargin - right
	for len(glyphs) > 0 {
		n := fitting(glyphs, room)
		p.line(size, trimBlanks(glyphs[:n]), room, rightToLeft)
		glyphs = glyphs[n:]
	}
	p.space(size * 0.2)
}

func (p *pdf) glyphs(size float64, parts []inline) []glyph {
	var all []glyph
	for i := range parts {
		part := &parts[i]
		for _, r := range shapeArabic([]rune(oneLineKeepingEnds(part.text))) {
			if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
				continue
			}
			face := p.fonts.of(r)
			if face.font == "" {
				p.lost = append(p.lost, lostCharacter{r, part.note})
				r, face = placeholder, p.fonts.of(placeholder)
			}
			all = append(all, glyph{r, face.font, size * face.width, part})
		}
	}
	return all
}

// fitting counts the glyphs of the next line: up to the last place where it may
// break, or as many as there is room for.
func fitting(glyphs []glyph, room float64) int {
	width, last := 0.0, 0
	for i, g := range glyphs {
		if width += g.width; width > room && g.r != ' ' {
			if last > 0 {
				return last
			}
			return max(1, i)
		}
		if g.r == ' ' || i+1 < len(glyphs) && (breaksAnywhere(g.r) || breaksAnywhere(glyphs[i+1].r) && !unicode.IsPunct(glyphs[i+1].r)) {
			last = i + 1
		}
	}
	return len(glyphs)
}

// breaksAnywhere reports whether a line may break beside a character: those of
// scripts that put no blanks between words.
func breaksAnywhere(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

func trimBlanks(glyphs []glyph) []glyph {
	for len(glyphs) > 0 && glyphs[len(glyphs)-1].r == ' ' {
		glyphs = glyphs[:len(glyphs)-1]
	}
	for len(glyphs) > 0 && glyphs[0].r == ' ' {
		glyphs = glyphs[1:]
	}
	return glyphs
}

// line sets one line in the order in which it is seen.
func (p *pdf) line(size float64, glyphs []glyph, room float64, rightToLeft bool) {
	height := size * 0.5
	_, pageHeight := p.GetPageSize()
	if p.GetY()+height > pageHeight-pageMargin {
		p.AddPage()
	}
	x, y := pageMargin, p.GetY()
	if rightToLeft {
		for _, g := range glyphs {
			room -= g.width
		}
		x += room
	}
	for _, run := range runs(visual(glyphs, rightToLeft)) {
		width := 0.0
		var text strings.Builder
		for _, g := range run {
			width += g.width
			text.WriteRune(g.r)
		}
		p.run(size, run[0], text.String(), x, y, width, height)
		x += width
	}
	p.SetXY(pageMargin, y+height)
}

// run sets glyphs of one font and one part.
func (p *pdf) run(size float64, first glyph, text string, x, y, width, height float64) {
	p.SetFont(first.font, "", size)
	if first.of.quoted {
		p.SetFillColor(253, 246, 216)
		p.Rect(x, y, width, height, "F")
	}
	switch part := first.of; {
	case part.url != "":
		p.SetTextColor(0, 70, 150)
		p.LinkString(x, y, width, height, part.url)
	case part.target > 0:
		p.SetTextColor(0, 70, 150)
		p.Link(x, y, width, height, part.target)
	case part.grey:
		p.SetTextColor(90, 90, 90)
	default:
		p.SetTextColor(0, 0, 0)
	}
	if first.of.begins > 0 {
		p.SetLink(first.of.begins, y, -1)
	}
	p.Text(x, y+0.75*height, text)
}

// runs divides glyphs where font or part change.
func runs(glyphs []glyph) [][]glyph {
	var all [][]glyph
	start := 0
	for i := range glyphs {
		if i+1 == len(glyphs) || glyphs[i+1].font != glyphs[i].font || glyphs[i+1].of != glyphs[i].of {
			all = append(all, glyphs[start:i+1])
			start = i + 1
		}
	}
	return all
}
