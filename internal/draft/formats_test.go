package draft_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"codeberg.org/go-pdf/fpdf"

	"github.com/pullquote/pullquote/internal/draft"
	"github.com/pullquote/pullquote/internal/draft/drafttest"
	"github.com/pullquote/pullquote/internal/fault"
)

// Drafts made up of parts, of any length, have the same quotations in every format: over lines
// and pages, with notes between.
func TestFormatsAgree(t *testing.T) {
	for seed := range uint64(16) {
		markdown := madeUp(rand.New(rand.NewPCG(seed, 1)))
		written := drafttest.Read(markdown)
		want := words(t, "draft.md", []byte(markdown))
		if len(want) == 0 {
			t.Fatalf("no quotations in:\n%s", markdown)
		}
		for name, file := range map[string][]byte{
			"draft.html": written.HTML(), "draft.docx": written.DOCX(t), "book.pdf": written.PDF(t, drafttest.Book),
			"letter.pdf": written.PDF(t, drafttest.Letter), "manuscript.pdf": written.PDF(t, drafttest.Manuscript),
		} {
			got := words(t, name, file)
			for i := range max(len(got), len(want)) {
				if i >= len(got) || i >= len(want) || got[i] != want[i] {
					t.Errorf("seed %d, quotation %d of %s: got\n%s\nwant\n%s", seed, i+1, name, at(got, i), at(want, i))
					break
				}
			}
		}
	}
}

func at(list []string, i int) string {
	if i < len(list) {
		return list[i]
	}
	return "nothing"
}

// words are the quotations of a draft with their speakers, white space folded.
func words(t *testing.T, name string, file []byte) (all []string) {
	t.Helper()
	read, err := draft.Read(file, draft.Source{Filename: name})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	for _, q := range read.Quotes {
		all = append(all, q.Speaker+": "+strings.Join(strings.Fields(q.Text), " "))
	}
	return all
}

// madeUp is a draft in Markdown, with a note on some of its quotations.
func madeUp(random *rand.Rand) string {
	of := func(list ...string) string { return list[random.IntN(len(list))] }
	people := []string{"Tobias Renwick", "Marta Solheim", "Cordelia Ansah", "Gareth Lund"}
	notes := 0
	said := func(sentences int) string {
		var parts []string
		for range sentences {
			words := strings.Fields("the peat lies below the slope of a hill where nobody but old men had known of it and said what it was worth in that long winter")
			text := "peat " + words[random.IntN(len(words))]
			for range 2 + random.IntN(25) {
				text += " " + words[random.IntN(len(words))]
			}
			parts = append(parts, fmt.Sprintf("%s%s %d%s", strings.ToUpper(text[:1]), text[1:], random.IntN(1000), of(".", ".", "?")))
		}
		text := strings.Join(parts, " ")
		if random.IntN(4) == 0 {
			text = strings.Replace(text, "slope", "slo-\npe", 1)
		}
		if random.IntN(3) == 0 {
			notes++
			text = strings.Replace(text, "Peat", fmt.Sprintf("Peat[^%d]", notes), 1)
		}
		return text
	}
	prose := func() string {
		return of("The rain had begun by then.", "It was late in the year, and the boats had come in.", "Nobody in the hall of the old council asked for more than that.", "")
	}
	var b strings.Builder
	b.WriteString("# What lay below the slope\n\n")
	for range 6 + random.IntN(10) {
		who := of(people...)
		switch random.IntN(5) {
		case 0:
			fmt.Fprintf(&b, "%s %s put it in writing:\n\n> %s\n\n", prose(), who, strings.ReplaceAll(said(1+random.IntN(3)), "\n", "\n> "))
		case 1:
			fmt.Fprintf(&b, "“%s\n\n“%s” said %s.\n\n", said(1+random.IntN(9)), said(1), who)
		case 2:
			fmt.Fprintf(&b, "%s “%s” %s said. “%s”\n\n", prose(), said(1), who, said(1+random.IntN(12)))
		case 3:
			fmt.Fprintf(&b, "%s %s\n\n", of("The hall was cold."), prose())
		default:
			fmt.Fprintf(&b, "According to %s, “%s” %s\n\n", who, said(1+random.IntN(4)), prose())
		}
	}
	for n := range notes {
		fmt.Fprintf(&b, "[^%d]: %s %s.\n\n", n+1, of("The book of the harbour, as it was", "Ansah had said before that “there was no peat below it”, said Lund"),
			of("in spring", "that winter", "at noon", "on the hill", "below", "by then", "in town", "at sea", "in autumn", "at night"))
	}
	return doubled.ReplaceAllString(b.String(), " ")
}

var doubled = regexp.MustCompile(` {2,}`)

// What no words can be read of says what to do.
func TestUnreadablePDFs(t *testing.T) {
	for _, tt := range []struct {
		name, says string
		code       fault.Code
		make       func(*fpdf.Fpdf)
	}{
		{"a scan", "has no text, only pictures; run OCR on it first", fault.Invalid, func(f *fpdf.Fpdf) { f.Rect(20, 20, 100, 100, "F") }},
		{"an empty page", "its pages are empty", fault.Invalid, func(*fpdf.Fpdf) {}},
		{"one with a password", "is encrypted; save it without a password and give that", fault.Unsupported, func(f *fpdf.Fpdf) { f.SetProtection(0, "open", "own") }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := fpdf.New("P", "mm", "A5", "")
			f.AddPage()
			tt.make(f)
			var file bytes.Buffer
			if err := f.Output(&file); err != nil {
				t.Fatal(err)
			}
			_, err := draft.Read(file.Bytes(), draft.Source{Filename: "draft.pdf"})
			if err == nil || fault.CodeOf(err) != tt.code || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("error %v of code %s, want %s of code %s", err, fault.CodeOf(err), tt.says, tt.code)
			}
		})
	}
}

// FuzzPDF changes PDFs at one place: they are refused, or what is found has words and a page.
func FuzzPDF(f *testing.F) {
	whole := drafttest.Read("# A head\n\n“We found peat[^1],” said Renwick.\n\nSolheim wrote:\n\n> It took weeks.\n\n[^1]: “It did not,” said Lund.").PDF(f, drafttest.Book)
	if _, err := draft.Read(whole, draft.Source{}); err != nil { // the engine is compiled here, for which an input has no time
		f.Fatal(err)
	}
	f.Add(uint32(100), []byte("1 0 R"))
	f.Add(uint32(len(whole)/2), []byte("-1e30 Td"))
	f.Fuzz(func(t *testing.T, place uint32, change []byte) {
		file := bytes.Clone(whole)
		copy(file[int(place)%len(file):], change)
		read, _ := draft.Read(file, draft.Source{ContentType: "application/pdf"})
		for _, q := range read.Quotes {
			if letters(q.Text) == "" || q.Line < 1 {
				t.Errorf("page %d has the quotation %q", q.Line, q.Text)
			}
		}
	})
}
