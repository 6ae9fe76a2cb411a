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

// word is what stands between two blanks of a page. Places are in points from the
// lower left corner, after the page was rotated so that most words stand upright.
type word struct {
	text        string
	left, right float64
	base        float64 // baseline
	size        float64 // of its font
	rotation    int     // quarter turns against most words of the page
	bold        bool
}

// words reads a page, counted from 0, on request without the numbers of notes behind words.
// Where it finds none, pictured reports that the page holds something else, which may be a
// picture of words.
func (d *document) words(page int, withoutNoteNumbers bool) (words []word, pictured bool, err error) {
	if err := d.time.Err(); err != nil {
		return nil, false, d.failure(err, d.place(page))
	}
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
	r := wordReader{d: d, page: text.TextPage, withoutNoteNumbers: withoutNoteNumbers}
	if err := r.read(count.Count); err != nil {
		return nil, false, d.failure(err, d.place(page))
	}
	return upright(r.words), false, nil
}

// wordReader gathers the words of one page.
type wordReader struct {
	d                  *document
	page               references.FPDF_TEXTPAGE
	words              []word
	withoutNoteNumbers bool
}

// read divides the page's characters, as many as count says, into words at white
// space.
func (r *wordReader) read(count int) error {
	var text strings.Builder
	first, last := 0, 0
	divided := false // the last character may divide a word at a line's end
	for i := 0; i <= count; i++ {
		if err := r.d.time.Err(); err != nil {
			return err
		}
		char, divides := ' ', false
		if i < count {
			answer, err := r.d.pdf.FPDFText_GetUnicode(&requests.FPDFText_GetUnicode{TextPage: r.page, Index: i})
			if err != nil {
				return err
			}
			char, divides = plainChar(answer.Unicode), isDivision(answer.Unicode)
		}
		if divided && text.Len() > 0 && !unicode.IsSpace(char) && char != 0 {
			below, err := r.isBelow(last, i)
			if err != nil {
				return err
			}
			if below {
				if err := r.end(&text, first, last); err != nil {
					return err
				}
			}
		}
		divided = divides
		switch {
		case char == 0:
		case !unicode.IsSpace(char):
			if text.Len() == 0 {
				first = i
			}
			number, err := r.isNoteNumber(text.String(), char, first, i)
			if err != nil {
				return err
			}
			if number {
				continue
			}
			text.WriteRune(char)
			last = i
		case text.Len() > 0:
			if err := r.end(&text, first, last); err != nil {
				return err
			}
		}
	}
	return nil
}

// end adds the word of a text, whose characters are those from first to last.
func (r *wordReader) end(text *strings.Builder, first, last int) error {
	w, err := r.place(first, last)
	if err != nil {
		return err
	}
	w.text = text.String()
	r.words = append(r.words, w)
	text.Reset()
	return nil
}

// isBelow reports whether a character stands on another line than the one before it.
func (r *wordReader) isBelow(before, i int) (bool, error) {
	a, err := r.place(before, before)
	if err != nil {
		return false, err
	}
	b, err := r.place(i, i)
	return err == nil && a.base-b.base > sameRow*a.size, err
}

// isNoteNumber reports whether the character at i is to be left out: it is, or is of, the
// number of a note behind a text that begins with the character first.
func (r *wordReader) isNoteNumber(before string, char rune, first, i int) (bool, error) {
	if !r.withoutNoteNumbers || before == "" || unicode.IsUpper(char) {
		return false, nil
	}
	if n := len(r.words); n > 0 {
		before = r.words[n-1].text + " " + before
	}
	if !content.IsNoteNumber(before, string(char)) {
		return false, nil
	}
	if unicode.IsLetter(char) && !unicode.IsPunct(lastRune(before)) {
		return false, nil // of a word, rather: most letters are
	}
	start, err := r.place(first, first)
	if err != nil {
		return false, err
	}
	w, err := r.place(i, i)
	return err == nil && w.raisedBehind(start), err
}

func lastRune(s string) rune {
	last, _ := utf8.DecodeLastRuneInString(s)
	return last
}

// raisedBehind reports whether a word is set smaller and higher than the one before it.
func (w word) raisedBehind(before word) bool {
	const smaller, higher = .9, .1 // of the size of the type before
	return w.rotation == before.rotation && w.size < smaller*before.size && w.base > before.base+higher*before.size
}

// isDivision reports whether a code stands for a hyphen that PDFium thinks divides a word,
// behind which it gives no end of the line.
func isDivision(code uint) bool { return code == 0xFFFE || code == 0x02 }

// plainChar is the character of a code that PDFium gives; 0 for a code that stands
// for none.
func plainChar(code uint) rune {
	switch char := rune(code); {
	case isDivision(code):
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

// place is a word without its text, which is that of the characters from first to
// last.
func (r *wordReader) place(first, last int) (word, error) {
	var w word
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
	w.rotation = quarterTurns(float64(angle.CharAngle))
	w.left, w.base = rotated(origin.X, origin.Y, w.rotation)
	x1, y1 := rotated(float64(end.Rect.Left), float64(end.Rect.Bottom), w.rotation)
	x2, y2 := rotated(float64(end.Rect.Right), float64(end.Rect.Top), w.rotation)
	w.right, w.size = max(w.left, x1, x2), math.Abs(y2-y1)
	return w, nil
}

// quarterTurns rounds an angle, clockwise in radians, to quarter turns.
func quarterTurns(angle float64) int {
	return (4 - int(math.Round(angle/(math.Pi/2)))%4) % 4
}

// rotated is a place on a page that is rotated back by quarter turns.
func rotated(x, y float64, turns int) (float64, float64) {
	for range turns {
		x, y = y, -x
	}
	return x, y
}

// upright counts rotations from that of most words.
func upright(words []word) []word {
	var counts [4]int
	most := 0
	for _, w := range words {
		counts[w.rotation]++
	}
	for rotation, n := range counts {
		if n > counts[most] {
			most = rotation
		}
	}
	for i := range words {
		words[i].rotation = (words[i].rotation - most + 4) % 4
	}
	return words
}
