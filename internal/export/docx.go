package export

import (
	"archive/zip"
	"embed"
	"encoding/xml"
	"io"
	"strings"
	"sync"
	"text/template"
	"time"

	"golang.org/x/text/unicode/bidi"
)

//go:embed docx
var docxFiles embed.FS

// docxParts are the parts of a Word document (ISO/IEC 29500), in the order in
// which readers expect them; templates end in .tmpl.
var docxParts = []struct{ name, file string }{
	{"[Content_Types].xml", "content_types.xml"},
	{"_rels/.rels", "package.rels"},
	{"docProps/core.xml", "core.xml.tmpl"},
	{"docProps/app.xml", "app.xml"},
	{"word/document.xml", "document.xml.tmpl"},
	{"word/_rels/document.xml.rels", "document.rels"},
	{"word/styles.xml", "styles.xml"},
	{"word/settings.xml", "settings.xml"},
	{"word/footnotes.xml", "footnotes.xml.tmpl"},
	{"word/_rels/footnotes.xml.rels", "footnotes.rels.tmpl"},
}

var docxTemplates = sync.OnceValue(func() *template.Template {
	functions := template.FuncMap{"xml": escapeXML, "run": run, "bidi": bidiParagraph}
	return template.Must(template.New("").Funcs(functions).ParseFS(docxFiles, "docx/*.tmpl"))
})

// docxData are the contents of a document: answers, or the lines of a transcript.
type docxData struct {
	Title    string
	Created  string
	Sections []section
	Lines    []docxLine
}

// docxLine is a paragraph in a style, the normal one if empty.
type docxLine struct {
	Style string
	Runs  []docxRun
}

// docxRun is a text in a character style, none if empty.
type docxRun struct{ Text, Style string }

// writeDOCX writes a Word document with real footnotes. The same document gives
// the same bytes.
func writeDOCX(w io.Writer, d *Document) error {
	data := docxData{Title: d.Title(), Sections: d.sections()}
	if len(d.Answers) > 0 {
		data.Created = d.Answers[0].CreatedAt.UTC().Format(time.RFC3339)
	}
	return data.write(w)
}

func (data docxData) write(w io.Writer) error {
	archive := zip.NewWriter(w)
	for _, part := range docxParts {
		to, err := archive.Create(part.name)
		if err != nil {
			return err
		}
		if strings.HasSuffix(part.file, ".tmpl") {
			err = docxTemplates().ExecuteTemplate(to, part.file, data)
		} else {
			var content []byte
			if content, err = docxFiles.ReadFile("docx/" + part.file); err == nil {
				_, err = to.Write(content)
			}
		}
		if err != nil {
			return err
		}
	}
	return archive.Close()
}

func escapeXML(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder takes everything
	return b.String()
}

// run is a run of text in a character style, none if empty.
func run(text, style string) string {
	var properties string
	if style != "" {
		properties = `<w:rStyle w:val="` + style + `"/>`
	}
	if isRightToLeft(text) {
		properties += "<w:rtl/>"
	}
	if properties != "" {
		properties = "<w:rPr>" + properties + "</w:rPr>"
	}
	const begin, end = `<w:t xml:space="preserve">`, "</w:t>"
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = begin + escapeXML(line) + end
	}
	return "<w:r>" + properties + strings.Join(lines, "<w:br/>") + "</w:r>"
}

// bidiParagraph makes a paragraph run from right to left if its text does.
func bidiParagraph(text string) string {
	if isRightToLeft(text) {
		return "<w:bidi/>"
	}
	return ""
}

// isRightToLeft reports whether the first character with a direction runs from
// right to left (Unicode Annex 9, rules P2 and P3).
func isRightToLeft(text string) bool {
	for _, r := range text {
		properties, _ := bidi.LookupRune(r)
		switch properties.Class() {
		case bidi.L:
			return false
		case bidi.R, bidi.AL:
			return true
		}
	}
	return false
}
