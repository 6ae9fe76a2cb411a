package pdf

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"

	"github.com/pullquote/pullquote/transcript/container/content"
)

// pdfWord is what stands between two blanks of a page. Its place is in points
// from the lower left corner, of a page that is turned so that most of its words
// stand upright.
type pdfWord struct {
	text        string
	left, right float64
	base        float64 // the line on which it stands
	size        float64 // of its font
	turn        int     // quarter turns against the others
	bold        bool
}

// words reads a page, counted from 0; pictured reports that it holds something
// that may be a picture of words.
func (d *pdfDocument) words(page int) (words []pdfWord, pictured bool, err error) {
	loaded, err := d.pdf.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: d.document, Index: page})
	if err != nil {
		return nil, false, d.failure(err, d.place(page))
	}
	defer d.pdf.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: loaded.Page})
	reference := requests.Page{ByReference: &loaded.Page}
	text, err := d.pdf.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: reference})
	if err != nil {
		return nil, false, d.failure(err, d.place(page))
	}
	defer d.pdf.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: text.TextPage})
	count, err := d.pdf.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: text.TextPage})
	switch {
	case err != nil:
		return nil, false, d.failure(err, d.place(page))
	case count.Count > mostPageChars:
		return nil, false, content.TooLarge("page %d of this PDF has %d characters, more than %d; divide it", page+1, count.Count, mostPageChars)
	case count.Count == 0:
		objects, err := d.pdf.FPDFPage_CountObjects(&requests.FPDFPage_CountObjects{Page: reference})
		return nil, err == nil && objects.Count > 0, nil
	}
	r := wordReader{d: d, page: text.TextPage}
	if err := r.read(count.Count); err != nil {
		return nil, false, d.failure(err, d.place(page))
	}
	return upright(r.words), false, nil
}

// wordReader gathers the words of one page.
type wordReader struct {
	d     *pdfDocument
	page  references.FPDF_TEXTPAGE
	words []pdfWord
}

// read divides the page's characters, of which there are count, at blanks.
func (r *wordReader) read(count int) error {
	var text strings.Builder
	first := 0
	for i := 0; i <= count; i++ {
		if err := r.d.time.Err(); err != nil {
			return err
		}
		char := ' '
		if i < count {
			answer, err := r.d.pdf.FPDFText_GetUnicode(&requests.FPDFText_GetUnicode{TextPage: r.page, Index: i})
			if err != nil {
				return err
			}
			char = plainChar(answer.Unicode)
		}
		switch {
		case char == 0:
		case !unicode.IsSpace(char):
			if text.Len() == 0 {
				first = i
			}
			text.WriteRune(char)
		case text.Len() > 0:
			word, err := r.place(first, i-1)
			if err != nil {
				return err
			}
			word.text = text.String()
			r.words = append(r.words, word)
			text.Reset()
		}
	}
	return nil
}

// plainChar is the character that PDFium gives, without its marks: 0 for none.
func plainChar(code uint) rune {
	switch char := rune(code); {
	case char == 0xFFFE || char == 0x02: // a hyphen that PDFium takes for the end of a line
		return '-'
	case char == '\r' || char == '\n' || char == '\t' || char == 0x00AD:
		return char
	case !utf8.ValidRune(char), unicode.IsControl(char), isNoncharacter(char):
		return 0
	default:
		return char
	}
}

func isNoncharacter(r rune) bool { return r&0xFFFE == 0xFFFE || 0xFDD0 <= r && r <= 0xFDEF }

// place is where the word of these characters stands.
func (r *wordReader) place(first, last int) (pdfWord, error) {
	var w pdfWord
	origin, err := r.d.pdf.FPDFText_GetCharOrigin(&requests.FPDFText_GetCharOrigin{TextPage: r.page, Index: first})
	if err != nil {
		return w, err
	}
	angle, err := r.d.pdf.FPDFText_GetCharAngle(&requests.FPDFText_GetCharAngle{TextPage: r.page, Index: first})
	if err != nil {
		return w, err
	}
	end, err := r.d.pdf.FPDFText_GetLooseCharBox(&requests.FPDFText_GetLooseCharBox{TextPage: r.page, Index: last})
	if err != nil {
		return w, err
	}
	font, err := r.d.pdf.FPDFText_GetFontInfo(&requests.FPDFText_GetFontInfo{TextPage: r.page, Index: first})
	w.bold = err == nil && strings.Contains(font.FontName, "Bold")
	w.turn = quarterTurns(float64(angle.CharAngle))
	w.left, w.base = turned(origin.X, origin.Y, w.turn)
	x1, y1 := turned(float64(end.Rect.Left), float64(end.Rect.Bottom), w.turn)
	x2, y2 := turned(float64(end.Rect.Right), float64(end.Rect.Top), w.turn)
	w.right, w.size = max(w.left, x1, x2), math.Abs(y2-y1)
	return w, nil
}

// quarterTurns rounds an angle, clockwise and in radians.
func quarterTurns(angle float64) int {
	return (4 - int(math.Round(angle/(math.Pi/2)))%4) % 4
}

// turned turns a place back by quarter turns.
func turned(x, y float64, turns int) (float64, float64) {
	for range turns {
		x, y = y, -x
	}
	return x, y
}

// upright counts the turns from those of most words.
func upright(words []pdfWord) []pdfWord {
	var turns [4]int
	most := 0
	for _, w := range words {
		turns[w.turn]++
	}
	for turn, n := range turns {
		if n > turns[most] {
			most = turn
		}
	}
	for i := range words {
		words[i].turn = (words[i].turn - most + 4) % 4
	}
	return words
}
