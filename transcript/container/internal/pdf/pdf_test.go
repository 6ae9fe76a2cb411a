package pdf

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pullquote/pullquote/transcript/container/content"
)

// pdfFile builds a PDF whose pages are these content streams; F1 is a typewriter
// font, F2 one in bold.
func pdfFile(pages ...string) []byte {
	var b bytes.Buffer
	var offsets []int
	object := func(format string, args ...any) {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n"+format+"\nendobj\n", append([]any{len(offsets)}, args...)...)
	}
	b.WriteString("%PDF-1.4\n")
	var kids strings.Builder
	for i := range pages {
		fmt.Fprintf(&kids, "%d 0 R ", 6+2*i)
	}
	object("<< /Type /Catalog /Pages 2 0 R >>")
	object("<< /Type /Pages /Kids [%s] /Count %d >>", kids.String(), len(pages))
	object("<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>")
	object("<< /Type /Font /Subtype /Type1 /BaseFont /Courier-Bold /Encoding /WinAnsiEncoding >>")
	object("<< /Title (The Mole  of Harbour) /CreationDate (D:20150303100500Z) >>")
	for i, page := range pages {
		object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>", 7+2*i)
		object("<< /Length %d >>\nstream\n%s\nendstream", len(page), page)
	}
	xref := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, at := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R /Info 5 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, xref)
	return b.Bytes()
}

// printed is the content that sets lines from a place downwards.
func printed(x, y, leading float64, lines ...string) string {
	var b strings.Builder
	for i, line := range lines {
		fmt.Fprintf(&b, "BT /F1 10 Tf %g %g Td (%s) Tj ET\n", x, y-float64(i)*leading, line)
	}
	return b.String()
}

// unwrap opens a file as package container does.
func unwrap(data []byte) (*content.Content, error) {
	c, err := Open(context.Background(), data, content.Options{})
	if err == nil {
		c.Tidy()
	}
	return c, err
}

func TestPDF(t *testing.T) {
	for name, test := range map[string]struct {
		pages []string
		want  string // a line each: ¶ begins a paragraph, § a page
	}{
		"paragraphs": {[]string{printed(72, 700, 12, "It was built in", "those years.") + printed(72, 660, 12, "Then came the", "flood.")},
			"§¶It was built in\nthose years.\n¶Then came the\nflood."},
		"pages": {[]string{printed(72, 700, 12, "It was built in"), printed(72, 700, 12, "those years.")},
			"§¶It was built in\n§¶those years."},
		"words set in any order": {[]string{printed(72, 676, 12, "third line") + printed(150, 700, 12, "row") + printed(72, 700, 12, "first") + printed(72, 688, 12, "second line")},
			"§¶first        row\nsecond line\nthird line"},
		"line numbers far to the left": {[]string{printed(72, 700, 24, "1", "2", "3") + printed(144, 700, 24, "MS. ROE:  It will hold.", "", "MR. POE:  Will it?")},
			"§¶1           MS. ROE: It will hold.\n2\n3           MR. POE: Will it?"},
		"columns below a title": {[]string{printed(200, 740, 12, "The Mole of Harbour Town") +
			printed(72, 700, 12, "The mole was built", "in those years by", "the men of the town", "who had no other", "work to do there.") +
			printed(320, 694, 12, "Then came a flood", "and the mole held", "as it had to hold", "for all the men of", "the town to live.")},
			"§¶The Mole of Harbour Town\n¶The mole was built\nin those years by\nthe men of the town\nwho had no other\nwork to do there.\n" +
				"¶Then came a flood\nand the mole held\nas it had to hold\nfor all the men of\nthe town to live."},
		"a table": {[]string{printed(72, 700, 12, "Mole", "Gate", "Lock", "Pier") + printed(320, 700, 12, "1871", "1880", "1892", "1901")},
			"§¶Mole                                     1871\nGate                                     1880\nLock                                     1892\nPier                                     1901"},
		"a turned page": {[]string{"BT /F1 10 Tf 0 1 -1 0 100 72 Tm (first line) Tj ET BT /F1 10 Tf 0 1 -1 0 112 72 Tm (second line) Tj ET"},
			"§¶first line\nsecond line"},
		"a page turned the other way": {[]string{"BT /F1 10 Tf 0 -1 1 0 112 700 Tm (first line) Tj ET BT /F1 10 Tf 0 -1 1 0 100 700 Tm (second line) Tj ET"},
			"§¶first line\nsecond line"},
		"a stamp at the margin": {[]string{printed(72, 700, 12, "It was built in", "those years.") + "BT /F1 10 Tf 0 1 -1 0 30 300 Tm (a stamp) Tj ET"},
			"§¶It was built in\nthose years.\na stamp"},
		"bold type": {[]string{"BT /F2 10 Tf 72 700 Td (Jane Roe) Tj /F1 10 Tf ( It will.) Tj ET"}, "§¶*Jane Roe* It will."},
		"typographic marks": {[]string{printed(72, 700, 12, "na\\357ve \\223mole\\224 \\226 yes")},
			"§¶naïve “mole” – yes"},
		"a word divided at a line's end": {[]string{printed(72, 700, 12, "It was well-known to", "the harbour mas-", "ters and nobody hur-", "ried for it.")},
			"§¶It was well-known to\nthe harbour mas-\nters and nobody hur-\nried for it."},
		"an empty page": {[]string{"", printed(72, 700, 12, "It held.")}, "§¶It held."},
	} {
		t.Run(name, func(t *testing.T) {
			c, err := unwrap(pdfFile(test.pages...))
			if err != nil {
				t.Fatal(err)
			}
			if got := marked(c.Lines); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

// Numbers of notes are left out where they are asked to be, however they are raised.
func TestPDFNoteNumbers(t *testing.T) {
	for name, test := range map[string]struct{ page, want string }{
		"by a rise":      {"BT /F1 10 Tf 72 700 Td (the mole) Tj /F1 6 Tf 4 Ts (12) Tj /F1 10 Tf 0 Ts ( held.) Tj ET", "the mole held."},
		"by their place": {"BT /F1 10 Tf 72 700 Td (the mole) Tj ET BT /F1 6 Tf 120 704 Td (3) Tj ET BT /F1 10 Tf 123.6 700 Td (, it held.) Tj ET", "the mole, it held."},
		"behind a stop":  {"BT /F1 10 Tf 72 700 Td (It held.) Tj /F1 6 Tf 4 Ts (*) Tj ET", "It held."},
		"a power":        {"BT /F1 10 Tf 72 700 Td (on 12 m) Tj /F1 6 Tf 4 Ts (2) Tj /F1 10 Tf 0 Ts ( of it) Tj ET", "on 12 m2 of it"},
		"an ordinal":     {"BT /F1 10 Tf 72 700 Td (on the 1) Tj /F1 6 Tf 4 Ts (st) Tj /F1 10 Tf 0 Ts ( day) Tj ET", "on the 1st day"},
		"of a formula":   {"BT /F1 10 Tf 72 700 Td (CO) Tj /F1 6 Tf -2 Ts (2) Tj /F1 10 Tf 0 Ts ( in it) Tj ET", "CO2 in it"},
		"of the note":    {"BT /F1 6 Tf 72 704 Td (3) Tj ET BT /F1 10 Tf 78 700 Td (It held.) Tj ET", "3 It held."},
	} {
		t.Run(name, func(t *testing.T) {
			c, err := Open(t.Context(), pdfFile(test.page), content.Options{NoteReferences: true})
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.TrimPrefix(marked(c.Lines), "§¶"); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func marked(lines []content.Line) string {
	var out []string
	for _, l := range lines {
		text := l.Text
		if l.Strong > 0 {
			text = "*" + text[:l.Strong] + "*" + text[l.Strong:]
		}
		if l.Gap {
			text = "¶" + text
		}
		if l.Page {
			text = "§" + text
		}
		out = append(out, text)
	}
	return strings.Join(out, "\n")
}

func TestPDFFields(t *testing.T) {
	c, err := unwrap(pdfFile(printed(72, 700, 12, "It held.")))
	if err != nil {
		t.Fatal(err)
	}
	if want := []content.Field{{Name: "title", Value: "The Mole of Harbour"}, {Name: "created", Value: "2015-03-03"}}; fmt.Sprint(c.Fields) != fmt.Sprint(want) {
		t.Errorf("fields %v, want %v", c.Fields, want)
	}
}

func TestBadPDF(t *testing.T) {
	whole := pdfFile(printed(72, 700, 12, "It held."))
	crowd := slices.Repeat([]string{strings.Repeat("stone", 200)}, 201)
	crowded := pdfFile(printed(72, 700, 12, "It held."), printed(0, 9000, 40, crowd...))
	for name, test := range map[string]struct {
		data []byte
		want string
	}{
		"its header alone":     {[]byte("%PDF-1.7\n"), "damaged or cut off after 9 bytes"},
		"encrypted":            {encrypted(whole), "encrypted; save it without a password"},
		"only pictures":        {pdfFile("0 0 100 100 re f"), "has no text, only pictures; run OCR on it first"},
		"empty pages":          {pdfFile(make([]string, 3000)...), "its pages are empty"},
		"a page with too much": {crowded, "page 2 of this PDF has 201"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := unwrap(test.data); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
}

// encrypted gives a PDF an encryption for which nobody has the password.
func encrypted(data []byte) []byte {
	key := strings.Repeat("4d", 32)
	return bytes.Replace(data, []byte("/Info 5 0 R"), []byte("/ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -44 /O <"+key+"> /U <"+key+"> >>"), 1)
}

func TestPDFWithPictures(t *testing.T) {
	c, err := unwrap(pdfFile(printed(72, 700, 12, "It held."), "0 0 100 100 re f"))
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Warnings) != 1 || !strings.Contains(c.Warnings[0], "1 of the 2 pages") {
		t.Errorf("warnings %q", c.Warnings)
	}
}

func TestPDFThatTakesTooLong(t *testing.T) {
	engine, err := sharedEngine()
	if err != nil {
		t.Fatal(err)
	}
	doc, err := engine.open(t.Context(), pdfFile(printed(72, 700, 12, "It held.")), time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	defer doc.close()
	doc.cancel()
	if _, _, err := doc.words(0, false); err == nil || err.Error() != "reading this PDF took too long at page 1 of 1; divide it" {
		t.Errorf("error %v", err)
	}
}

// A PDF that somebody made wrong is refused, or its lines are lines.
func FuzzPDF(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.pdf")
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	whole := pdfFile(printed(72, 700, 12, "MS. ROE: It held.", "MR. POE: Did it?"), "")
	f.Add(whole)
	f.Add(whole[:len(whole)/2])
	f.Add(encrypted(whole))
	f.Add(pdfFile("BT /F1 1e9 Tf 0 -1 1 0 1e30 -1e30 Tm [(x) -1e9 (y)] TJ ET"))
	// The engine is compiled here, for which an input has no time.
	if _, err := Open(context.Background(), whole, content.Options{}); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := Open(t.Context(), data, content.Options{})
		if err != nil {
			return
		}
		for _, l := range c.Lines {
			if l.Text == "" || l.Text != strings.TrimSpace(l.Text) || l.Strong > len(l.Text) || l.Indent < 0 {
				t.Errorf("line %+v", l)
			}
		}
	})
}
