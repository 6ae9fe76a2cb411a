package export

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/draft"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/golden"
	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/retrieval"
)

var keep = flag.String("keep", "", "keep the documents in this `folder`, for scripts/check-exports.sh")

// sampleAnswers are those of testdata/answers.json, where each quotation stands
// between its marks once.
func sampleAnswers(t testing.TB) []answer.Answer {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "answers.json"))
	if err != nil {
		t.Fatal(err)
	}
	var answers []answer.Answer
	if err := json.Unmarshal(data, &answers); err != nil {
		t.Fatal(err)
	}
	for _, a := range answers {
		for i := range a.Citations {
			if !place(a.Text, &a.Citations[i]) {
				t.Fatalf("%q is not in the answer", a.Citations[i].Quote)
			}
		}
	}
	return answers
}

// place finds a quotation in the text of its answer.
func place(text string, c *answer.Citation) bool {
	before, _, found := strings.Cut(text, fmt.Sprintf("“%s” [%d]", c.Quote, c.Number))
	c.AnswerStart = utf8.RuneCountInString(before) + 1
	c.AnswerEnd = c.AnswerStart + utf8.RuneCountInString(c.Quote)
	return found
}

// empty is a library whose transcripts have all been deleted.
type empty struct{}

func (empty) Get(context.Context, string) (retrieval.StoredTranscript, error) {
	return retrieval.StoredTranscript{}, fault.New(fault.NotFound, "there is none")
}

func sampleDocument(t testing.TB, style string) *Document {
	t.Helper()
	d, err := NewDocument(t.Context(), empty{}, sampleAnswers(t), style)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Every format is held to a golden file in each style: Word documents to their
// parts, PDFs to the text that stands on their pages.
func TestGolden(t *testing.T) {
	for _, style := range Styles() {
		for _, f := range Formats() {
			t.Run(style.Name+f.Extension, func(t *testing.T) {
				file, name := written(t, f, sampleDocument(t, style.Name)), style.Name+f.Extension
				if *keep != "" {
					if err := os.WriteFile(filepath.Join(*keep, name), file, 0o644); err != nil {
						t.Fatal(err)
					}
				}
				switch f.Name {
				case "docx":
					file, name = partsOf(t, file), name+".txtar"
				case "pdf":
					file, name = textOfPDF(t, file), name+".txt"
				}
				golden.Check(t, filepath.Join("testdata", "golden", name), file)
			})
		}
	}
}

func written(t testing.TB, f Format, d *Document) []byte {
	t.Helper()
	var file bytes.Buffer
	if err := f.Write(&file, d); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// partsOf unpacks a Word document.
func partsOf(t *testing.T, file []byte) []byte {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	parts := &txtar.Archive{}
	for _, f := range archive.File {
		part, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(part)
		if err != nil {
			t.Fatal(err)
		}
		parts.Files = append(parts.Files, txtar.File{Name: f.Name, Data: data})
	}
	return txtar.Format(parts)
}

var (
	pdfStream = regexp.MustCompile(`(?s)stream\n(.*?)\nendstream`)
	pdfText   = regexp.MustCompile(`(?s)BT [-\d.]+ ([-\d.]+) Td \((.*?[^\\]|)\) ?Tj`)
)

// textOfPDF reads the text on the pages of a PDF, each line as it is seen.
func textOfPDF(t *testing.T, file []byte) []byte {
	t.Helper()
	var text strings.Builder
	for _, stream := range pdfStream.FindAllSubmatch(file, -1) {
		unpacked, err := zlib.NewReader(bytes.NewReader(stream[1]))
		if err != nil {
			continue
		}
		content, err := io.ReadAll(unpacked)
		if err != nil {
			t.Fatal(err)
		}
		height := ""
		for _, m := range pdfText.FindAllSubmatch(content, -1) {
			if height != "" && height != string(m[1]) {
				text.WriteByte('\n')
			}
			height = string(m[1])
			text.WriteString(textOfUTF16(m[2]))
		}
		if height != "" {
			text.WriteString("\n\n")
		}
	}
	return []byte(text.String())
}

// textOfUTF16 reads a string of a PDF.
func textOfUTF16(s []byte) string {
	var units []uint16
	s = regexp.MustCompile(`(?s)\\(.)`).ReplaceAllFunc(s, func(escaped []byte) []byte {
		if escaped[1] == 'r' {
			return []byte("\r")
		}
		return escaped[1:]
	})
	for i := 0; i+1 < len(s); i += 2 {
		units = append(units, uint16(s[i])<<8|uint16(s[i+1]))
	}
	return string(utf16.Decode(units))
}

func TestReadBack(t *testing.T) {
	for _, name := range []string{"md", "html", "docx", "json"} {
		for _, style := range Styles() {
			t.Run(style.Name+"."+name, func(t *testing.T) {
				d := sampleDocument(t, style.Name)
				f, err := FormatOf(name)
				if err != nil {
					t.Fatal(err)
				}
				got, ok, err := Read(written(t, f, d), draft.Source{})
				if err != nil || !ok {
					t.Fatalf("it is no export: %v", err)
				}
				checkQuotes(t, got.Quotes, d.citations())
				for _, c := range d.citations() {
					if strings.Contains(got.Rest, words.OneLine(c.Quote)) {
						t.Errorf("the rest has %q too", c.Quote)
					}
				}
			})
		}
	}
}

func checkQuotes(t *testing.T, got []answer.CitedQuote, want []cited) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d quotations, want %d", len(got), len(want))
	}
	for i, c := range want {
		q := got[i]
		if words.OneLine(q.Text) != words.OneLine(c.Quote) {
			t.Errorf("quotation %d is %q, want %q", c.Number, q.Text, c.Quote)
		}
		if q.TranscriptID != c.TranscriptID || q.Turn != c.Turn || q.Span.Start != c.Start || q.Span.End != c.End || q.SHA256 != c.SHA256 {
			t.Errorf("quotation %d stands at %+v, want %+v", c.Number, q, c)
		}
		if !q.Credits(string(c.Credit().Certain())) {
			t.Errorf("quotation %d is not credited to %s", c.Number, c.Speaker)
		}
		if q.Credits("Mallory Moe") {
			t.Errorf("quotation %d is credited to somebody else", c.Number)
		}
	}
}

func TestOtherFilesAreNoExports(t *testing.T) {
	for name, file := range map[string]string{
		"a draft":                  "Roe said: “We will dredge.” Nobody was surprised.",
		"a draft with a footnote":  "Roe said: “We will dredge.”[^1]\n\n[^1]: In the briefing.\n",
		"a web page":               "<html><body><p>“We will dredge.”</p></body></html>",
		"JSON of something else":   `{"answers":[]}`,
		"nothing":                  "",
		"a page of another's make": `<html><head><meta name="generator" content="Other"></head><body><q id="quotation-1">We will</q></body></html>`,
	} {
		t.Run(name, func(t *testing.T) {
			if e, ok, err := Read([]byte(file), draft.Source{}); ok || err != nil {
				t.Errorf("it was read as %+v (%v)", e, err)
			}
		})
	}
}

func TestUnknownNames(t *testing.T) {
	if _, err := FormatOf("odt"); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("format odt: %v", err)
	}
	if _, err := NewDocument(t.Context(), empty{}, nil, "harvard"); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("style harvard: %v", err)
	}
}
