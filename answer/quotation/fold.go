package quotation

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/pullquote/pullquote/internal/words"
)

// glyph is a character with the place in the original text that it stands for.
type glyph struct {
	r        rune
	from, to int32 // code points
}

// folded is a text in which what typesetting decides is made one: quotation
// marks, dashes, the ellipsis, white space, composed letters, ligatures, the width
// of East Asian type, the marks of Markdown. Words, digits, case and all other
// punctuation stay, so two texts fold to the same if and only if they have the same
// words.
type folded struct {
	text   string
	glyphs []glyph // the characters of text
}

// fold folds a text. What folds together:
//
//   - single quotation marks, apostrophes and primes; double ones too, because a
//     quotation within a quotation changes its marks. After a digit they are
//     feet and inches, and stay apart
//   - hyphens and dashes, however many, and with or without space around them
//   - three dots and the ellipsis, likewise
//   - runs of white space of any kind, and none where French spacing puts some:
//     before , ; : ! ? and inside « »; and at the ends
//   - white space beside a letter of a script that writes none between words, and nothing
//   - letters with their accents composed or not (Unicode's NFC), and typesetters' ligatures
//   - characters of full and of half width, and an ideographic full stop or comma with
//     those of other scripts, except between digits, where they would make one number
//   - invisible characters, such as soft hyphens, and nothing
//   - the marks around code and emphasis in Markdown, and nothing
func fold(text string) folded {
	f := folder{in: withoutMarkup(compose(text))}
	f.out = make([]glyph, 0, len(f.in))
	for f.at < len(f.in) {
		f.step()
	}
	var b strings.Builder
	b.Grow(len(text))
	for _, g := range f.out {
		b.WriteRune(g.r)
	}
	return folded{b.String(), f.out}
}

// compose divides a text into characters and composes their accents. A sequence
// that composing changes maps as a whole to the place that it was.
func compose(text string) []glyph {
	glyphs := make([]glyph, 0, len(text))
	at := int32(0)
	if norm.NFC.IsNormalString(text) {
		for _, r := range text {
			glyphs = appendLetters(glyphs, r, at, at+1)
			at++
		}
		return glyphs
	}
	for len(text) > 0 {
		n := norm.NFC.NextBoundaryInString(text, true)
		from := at
		for range text[:n] {
			at++
		}
		for _, r := range norm.NFC.String(text[:n]) {
			glyphs = appendLetters(glyphs, r, from, at)
		}
		text = text[n:]
	}
	return glyphs
}

// folder folds glyphs from in to out.
type folder struct {
	in, out []glyph
	at      int
	space   int  // 1 + where the white space before at begins; 0 without
	tight   bool // white space after what was last put out does not count
}

// step folds what is next: a character, or several that stand for one.
func (f *folder) step() {
	switch r := f.in[f.at].r; markOf(r) {
	case invisible:
		f.at++
	case space:
		if f.space == 0 {
			f.space = f.at + 1
		}
		f.at++
	case dash:
		f.putTight('-', f.dashes())
	case dot:
		f.dots()
	case singleQuote, doubleQuote:
		f.quotationMark(r)
	case angle:
		if f.next(1) == r {
			f.quotationMark(r)
		} else {
			f.put(r, 1)
		}
	case wideStop:
		if !unicode.IsDigit(f.next(-1)) || !unicode.IsDigit(f.next(1)) {
			r = wideStops[r]
		}
		f.punctuation(r)
	default:
		f.punctuation(r)
	}
}

// punctuation puts out a character of a text, without the white space that French sets
// before some.
func (f *folder) punctuation(r rune) {
	if strings.ContainsRune(",;:!?", r) && !unicode.IsDigit(f.next(1)) {
		f.space = 0
	}
	f.put(r, 1)
}

// next is the character n places on; 0 beyond the ends.
func (f *folder) next(n int) rune {
	if f.at+n < 0 || f.at+n >= len(f.in) {
		return 0
	}
	return f.in[f.at+n].r
}

// put puts out one character for the next n, with a space for white space before.
func (f *folder) put(r rune, n int) {
	if f.space > 0 && !f.tight && len(f.out) > 0 && !words.Unspaced(r) && !words.Unspaced(f.out[len(f.out)-1].r) {
		f.out = append(f.out, glyph{' ', f.in[f.space-1].from, f.in[f.at-1].to})
	}
	f.out = append(f.out, glyph{r, f.in[f.at].from, f.in[f.at+n-1].to})
	f.at += n
	f.space, f.tight = 0, false
}

// putTight is put for a mark around which white space does not count.
func (f *folder) putTight(r rune, n int) {
	f.space = 0
	f.put(r, n)
	f.tight = true
}

// dashes counts those that stand next to each other, as typewriters write a long one.
func (f *folder) dashes() int {
	n := 1
	for f.at+n < len(f.in) && markOf(f.in[f.at+n].r) == dash {
		n++
	}
	return n
}

// dots puts out three dots, close or spaced, as an ellipsis, and four as a full
// stop and an ellipsis.
func (f *folder) dots() {
	value, length := 0, 0
	for i := f.at; i < len(f.in); i++ {
		r := f.in[i].r
		if v := dotValue(r); v > 0 {
			value, length = value+v, i+1-f.at
		} else if !unicode.IsSpace(r) || unicode.IsSpace(f.in[i-1].r) {
			break
		}
	}
	switch {
	case value < 3:
		f.put(f.in[f.at].r, 1)
	case value == 4:
		f.putTight('.', 1)
		f.putTight('…', length-1)
	default:
		f.putTight('…', length)
	}
}

// dotValue is how many dots a character shows.
func dotValue(r rune) int {
	switch r {
	case '.':
		return 1
	case '‥':
		return 2
	case '…', '⋯':
		return 3
	}
	return 0
}

// quotationMark puts out a single mark for marks of every kind; a double one after a
// digit stays double, since there it means inches.
func (f *folder) quotationMark(r rune) {
	n, double := 1, markOf(r) == doubleQuote
	if strings.ContainsRune("'`<>", r) && f.next(1) == r {
		n, double = 2, true // as typewriters and TeX write double marks
	}
	opens := (r == '«' || r == '‹') && unicode.IsSpace(f.next(1)) && (f.space > 0 || f.at == 0)
	if (r == '»' || r == '›') && !isWordRune(f.next(1)) {
		f.space = 0
	}
	if afterDigit := f.at > 0 && unicode.IsDigit(f.in[f.at-1].r); double && afterDigit {
		f.put('"', n)
	} else {
		f.put('\'', n)
	}
	f.tight = opens
}

// mark is what a character is to typesetting.
type mark int

const (
	noMark    mark = iota // a letter, a digit, other punctuation
	invisible             // of no width: soft hyphens, joiners, marks of direction
	space
	dash
	dot
	singleQuote
	doubleQuote
	angle    // two of which are a double quotation mark
	wideStop // an ideographic full stop or comma
)

func markOf(r rune) mark {
	if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
		return noMark
	}
	switch r {
	case '\'', '‘', '’', '‚', '‛', '‹', '›', '′', '‵', '`', '´', 'ʼ', 'ʻ', 'ʹ', '❛', '❜', '❟', '׳':
		return singleQuote
	case '"', '“', '”', '„', '‟', '«', '»', '″', '‶', '〝', '〞', '〟', '「', '」', '『', '』', '｢', '｣', '﹁', '﹂', '﹃', '﹄', '❝', '❞', '❠', '❮', '❯', '״', '⹂':
		return doubleQuote
	case '<', '>':
		return angle
	case '。', '｡', '，':
		return wideStop
	case '-', '‐', '‑', '‒', '–', '—', '―', '−', '⸺', '⸻', '﹘', '﹣', '－':
		return dash
	case '.', '‥', '…', '⋯':
		return dot
	}
	switch {
	case unicode.IsSpace(r):
		return space
	case r >= 0x80 && (unicode.Is(unicode.Cf, r) || r == '\u034F' || r >= 0xFE00 && r <= 0xFE0F):
		return invisible
	}
	return noMark
}
