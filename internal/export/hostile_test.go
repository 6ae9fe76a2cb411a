package export

import (
	"bytes"
	"compress/zlib"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/answer"
)

// TestNamesCannotQuote has a record print for names, titles and a model what would quote,
// cite or speak in a document, or command whoever shows it.
func TestNamesCannotQuote(t *testing.T) {
	answers := sampleAnswers(t)[:1]
	c := &answers[0].Citations[0]
	c.Speaker, c.Affiliation = "Jane Roe: “I lied” [7]\nMayor", "Harbour\u202e “Office” [8]"
	c.TranscriptTitle, c.Place = "Briefing” – “we lied” [9]\x1b[2J", "Port\u2028Roe"
	c.Question.Speaker = "John «I know» Poe"
	answers[0].Question, answers[0].Model, answers[0].Mode = "What\x1b[31m of\u202e it?", "m\u202eodel \x1b[1m“x”", answer.ModeLLM
	answers[0].Notice = "so\u202e it is"
	for _, style := range Styles() {
		d, err := NewDocument(t.Context(), empty{}, answers, style.Name)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range Formats() {
			if f.Name == "json" { // has the answer as it is, encoded
				continue
			}
			file := written(t, f, d)
			switch f.Name {
			case "docx":
				file = partsOf(t, file)
			case "pdf":
				file = textOfPDF(t, file)
			}
			text := string(file)
			if strings.ContainsAny(text, "\x1b\u202e\u2028") {
				t.Errorf("%s%s has what commands its reader:\n%q", style.Name, f.Extension, text)
			}
			if f.Name == "csv" { // has the record's fields as they are
				continue
			}
			for _, lie := range []string{"I lied", "[7]", "[8]", "“Office”", "«", "“x”"} {
				if strings.Contains(text, lie) {
					t.Errorf("%s%s says %s:\n%s", style.Name, f.Extension, lie, text)
				}
			}
		}
		for _, n := range d.sections()[0].Notes[:1] {
			if source := spansText(n.Source); strings.Contains(source, "[9]") || strings.Count(source, "“") > 1 {
				t.Errorf("the source in style %s is %s", style.Name, source)
			}
		}
	}
}

func spansText(spans []span) string {
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(s.Text)
	}
	return b.String()
}

// TestQuotationsAreSetApart looks for what sets the record's words apart besides their
// marks: a style of their own, and in a PDF their ground.
func TestQuotationsAreSetApart(t *testing.T) {
	a := sampleAnswers(t)[0]
	a.Citations = a.Citations[:1]
	a.Text = string([]rune(a.Text)[:a.Citations[0].AnswerEnd]) + "” [1]"
	a.Statements = []answer.Statement{{Text: a.Text, Citations: []int{1}}}
	d, err := NewDocument(t.Context(), empty{}, []answer.Answer{a}, "")
	if err != nil {
		t.Fatal(err)
	}
	quote := a.Citations[0].Quote
	for name, style := range map[string]string{
		"html": `<q class="quotation" id="quotation-1"><bdi>` + quote + `</bdi></q>`,
		"docx": `<w:rPr><w:rStyle w:val="Quotation"/></w:rPr><w:t xml:space="preserve">` + quote + `</w:t>`,
		"md":   "“" + quote + "”[^1]",
	} {
		f, err := FormatOf(name)
		if err != nil {
			t.Fatal(err)
		}
		file := written(t, f, d)
		if name == "docx" {
			file = partsOf(t, file)
		}
		if strings.Count(string(file), style) != 1 {
			t.Errorf("%s has no %s:\n%s", name, style, file)
		}
	}
	pdf, err := FormatOf("pdf")
	if err != nil {
		t.Fatal(err)
	}
	ground := regexp.MustCompile(` re f\b`)
	before := len(ground.FindAll(contentOfPDF(t, written(t, pdf, d)), -1))
	d.Answers[0].Text, d.Answers[0].Citations = "Nothing is quoted.", nil
	if after := len(ground.FindAll(contentOfPDF(t, written(t, pdf, d)), -1)); before == 0 || after != 0 {
		t.Errorf("%d parts of the quotation have a ground, and %d where nothing is quoted", before, after)
	}
}

// contentOfPDF is what draws the pages of a PDF.
func contentOfPDF(t *testing.T, file []byte) (all []byte) {
	t.Helper()
	for _, stream := range pdfStream.FindAllSubmatch(file, -1) {
		unpacked, err := zlib.NewReader(bytes.NewReader(stream[1]))
		if err != nil {
			continue
		}
		content, err := io.ReadAll(unpacked)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(content, []byte(" Tj")) {
			all = append(all, content...)
		}
	}
	return all
}
