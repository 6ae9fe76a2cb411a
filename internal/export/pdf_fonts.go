package export

import (
	"embed"
	"unicode"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font/sfnt"
)

//go:embed fonts/*.ttf
var fontFiles embed.FS

// fontNames are the fonts of a document, in the order in which a character is looked
// for, each with the script that it is for. Those without a script are for all others.
var fontNames = []struct {
	name   string
	script *unicode.RangeTable
}{
	{"DejaVuSans", nil},
	{"NotoSansDevanagari-Regular", unicode.Devanagari},
	{"NotoSansBengali-Regular", unicode.Bengali},
	{"NotoSansGurmukhi-Regular", unicode.Gurmukhi},
	{"NotoSansGujarati-Regular", unicode.Gujarati},
	{"NotoSansTamil-Regular", unicode.Tamil},
	{"NotoSansTelugu-Regular", unicode.Telugu},
	{"NotoSansKannada-Regular", unicode.Kannada},
	{"NotoSansMalayalam-Regular", unicode.Malayalam},
	{"NotoSansSinhala-Regular", unicode.Sinhala},
	{"NotoSansThai-Regular", unicode.Thai},
	{"NotoSansLao-Regular", unicode.Lao},
	{"NotoSansKhmer-Regular", unicode.Khmer},
	{"NotoSansMyanmar-Regular", unicode.Myanmar},
	{"NotoSansEthiopic-Regular", unicode.Ethiopic},
	{"DroidSansFallbackFull", nil},
}

// fonts are those that a document has needed so far: they are large.
type fonts struct {
	pdf    *fpdf.Fpdf
	loaded map[string]*sfnt.Font
	faces  map[rune]face
	buffer sfnt.Buffer
	err    error
}

// face is how a character is set.
type face struct {
	font  string  // empty where none has it
	width float64 // in millimetres, at a size of one point
}

func newFonts(pdf *fpdf.Fpdf) *fonts {
	return &fonts{pdf: pdf, loaded: map[string]*sfnt.Font{}, faces: map[rune]face{}}
}

// of is the face of a character.
func (f *fonts) of(r rune) face {
	known, ok := f.faces[r]
	if !ok {
		if known.font = f.find(r); known.font != "" {
			f.pdf.SetFont(known.font, "", 1)
			known.width = f.pdf.GetStringWidth(string(r))
		}
		f.faces[r] = known
	}
	return known
}

func (f *fonts) find(r rune) string {
	if r > 0xFFFF { // the library writes characters of the first plane only
		return ""
	}
	for _, font := range fontNames {
		if font.script != nil && !unicode.Is(font.script, r) {
			continue
		}
		if glyph, err := f.load(font.name).GlyphIndex(&f.buffer, r); err == nil && glyph != 0 {
			return font.name
		}
	}
	return ""
}

// load brings a font into the document.
func (f *fonts) load(name string) *sfnt.Font {
	if font := f.loaded[name]; font != nil {
		return font
	}
	data, err := fontFiles.ReadFile("fonts/" + name + ".ttf")
	if err == nil {
		f.loaded[name], err = sfnt.Parse(data)
	}
	if err != nil {
		f.err, f.loaded[name] = err, new(sfnt.Font)
		return f.loaded[name]
	}
	f.pdf.AddUTF8FontFromBytes(name, "", data)
	return f.loaded[name]
}
