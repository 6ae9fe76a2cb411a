package office_test

import (
	"archive/zip"
	"bytes"
	"cmp"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/pullquote/pullquote/transcript/container"
	"github.com/pullquote/pullquote/transcript/container/internal/containertest"
)

// pack makes the archive of a word processor's document of its parts. The part
// mimetype comes first and is not compressed, as OpenDocument wants it.
func pack(t testing.TB, parts ...txtar.File) []byte {
	t.Helper()
	slices.SortStableFunc(parts, func(a, b txtar.File) int {
		return -cmp.Compare(strings.Count(a.Name, "mimetype"), strings.Count(b.Name, "mimetype"))
	})
	var b bytes.Buffer
	archive := zip.NewWriter(&b)
	for _, part := range parts {
		header := &zip.FileHeader{Name: part.Name, Method: zip.Deflate}
		if part.Name == "mimetype" {
			header.Method = zip.Store
			part.Data = bytes.TrimSpace(part.Data)
			header.CompressedSize64, header.UncompressedSize64 = uint64(len(part.Data)), uint64(len(part.Data))
		}
		w, err := archive.CreateHeader(header)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(part.Data); err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func part(name, text string) txtar.File { return txtar.File{Name: name, Data: []byte(text)} }

// docx is a Word document of these elements.
func docx(t testing.TB, body string) []byte {
	return pack(t, part("word/document.xml", `<w:document xmlns:w="w"><w:body>`+body+`</w:body></w:document>`))
}

// odt is an OpenDocument text of these elements.
func odt(t testing.TB, body string, more ...txtar.File) []byte {
	return pack(t, append(more,
		part("mimetype", "application/vnd.oasis.opendocument.text"),
		part("content.xml", `<office:document-content xmlns:office="o" xmlns:text="t"><office:body><office:text>`+body+
			`</office:text></office:body></office:document-content>`))...)
}

func TestRefusesDocuments(t *testing.T) {
	const paragraph = `<w:p><w:r><w:t>JANE ROE: Will it hold?</w:t></w:r></w:p>`
	whole := docx(t, paragraph)
	bomb := docx(t, `<w:p><w:r><w:t>`+strings.Repeat(" ", 32<<20)+`</w:t></w:r></w:p>`)
	many := make([]txtar.File, 10_001)
	encrypted := part("META-INF/manifest.xml", `<m:manifest xmlns:m="m"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>`)
	locked := bytes.Clone(whole)
	locked[bytes.Index(locked, []byte("PK\x01\x02"))+8] |= 1
	for _, tt := range []struct {
		name          string
		data          []byte
		code, message string
	}{
		{"a Word document that is cut off", whole[:len(whole)/2], "invalid", "ends early"},
		{"one that is no XML", docx(t, "<w:p><w:r><w:t>JANE"), "invalid", "damaged in its part word/document.xml"},
		{"one whose XML makes entities", docx(t, "<w:p>&many;</w:p>"), "invalid", "damaged in its part word/document.xml"},
		{"one that unpacks to a great deal", bomb, "too_large", "unpacks to more than 32 MB"},
		{"one that nests without end", docx(t, strings.Repeat("<w:p>", 100_000)), "invalid", "more than 500 deep"},
		{"one of very many parts", pack(t, many...), "too_large", "has 10001 parts"},
		{"one that is encrypted", locked, "unsupported", "is encrypted"},
		{"one without words", docx(t, "<w:p/>"), "invalid", "no words"},
		{"a workbook", pack(t, part("xl/workbook.xml", "<workbook/>")), "unsupported", "Excel"},
		{"a presentation", pack(t, part("ppt/presentation.xml", "<p/>")), "unsupported", "PowerPoint"},
		{"an archive of nothing", pack(t), "unsupported", "a ZIP archive with nothing in it, which is not read; choose another file"},
		{"an archive of texts", pack(t, part("roe.txt", "JANE ROE: Yes.")), "unsupported", "a ZIP archive without a text document, which is not read; unpack it"},
		{"a spreadsheet", pack(t, part("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), part("content.xml", "<d/>")), "unsupported", "an OpenDocument spreadsheet, which is not read; save the sheet as CSV"},
		{"drawings", pack(t, part("mimetype", "application/vnd.oasis.opendocument.graphics")), "unsupported", "without prose"},
		{"an e-book", pack(t, part("META-INF/container.xml", "<c/>")), "unsupported", "EPUB"},
		{"a file of Pages", pack(t, part("Index/Document.iwa", "")), "unsupported", "Pages"},
		{"an OpenDocument text that is cut off", odt(t, "<text:p>JANE ROE: Yes.</text:p>")[:120], "invalid", "ends early"},
		{"one that is encrypted, too", odt(t, "", encrypted), "unsupported", "is encrypted"},
		{"one without its text", pack(t, part("mimetype", "application/vnd.oasis.opendocument.text")), "invalid", "no part content.xml"},
		{"one without any words", odt(t, "<text:p/>"), "invalid", "no words"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := container.Open(t.Context(), tt.data, container.Options{})
			containertest.Refused(t, err, tt.code, tt.message)
		})
	}
}

// Each archive in testdata holds the parts of a document and what is
// unwrapped from it.
func TestDocuments(t *testing.T) {
	containertest.Golden(t, "testdata/*.txtar", func(t testing.TB, parts []txtar.File) (*container.Content, error) {
		return container.Open(t.Context(), pack(t, slices.Clone(parts)...), container.Options{})
	})
}

// FuzzDOCX reads anything as the parts of a Word document.
func FuzzDOCX(f *testing.F) {
	seedParts(f, "testdata/word.txtar", "word/document.xml", "word/styles.xml")
	f.Fuzz(func(t *testing.T, body, styles string) {
		data := pack(t, part("word/document.xml", body), part("word/styles.xml", styles), part("docProps/core.xml", styles))
		if got, err := container.Open(t.Context(), data, container.Options{}); err == nil {
			containertest.Check(t, got)
		}
	})
}

// FuzzODT reads anything as the parts of an OpenDocument text.
func FuzzODT(f *testing.F) {
	seedParts(f, "testdata/opendocument.txtar", "content.xml", "styles.xml")
	f.Fuzz(func(t *testing.T, body, styles string) {
		data := pack(t, part("mimetype", "application/vnd.oasis.opendocument.text"), part("content.xml", body), part("styles.xml", styles), part("meta.xml", styles))
		if got, err := container.Open(t.Context(), data, container.Options{}); err == nil {
			containertest.Check(t, got)
		}
	})
}

// seedParts adds two parts of a golden document to a fuzz target's seeds.
func seedParts(f *testing.F, file, first, second string) {
	archive, err := txtar.ParseFile(file)
	if err != nil {
		f.Fatal(err)
	}
	seed := map[string]string{}
	for _, part := range archive.Files {
		seed[part.Name] = string(part.Data)
	}
	f.Add(seed[first], seed[second])
	f.Add(seed[second], seed[first])
}

// FuzzZIP reads anything as an archive.
func FuzzZIP(f *testing.F) {
	f.Add(docx(f, "<w:p><w:r><w:t>JANE ROE: Yes.</w:t></w:r></w:p>"))
	f.Add(odt(f, "<text:p>JANE ROE: Yes.</text:p>"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, kind := range []string{"docx", "odt"} {
			if got, err := container.Open(t.Context(), data, container.Options{Kind: kind}); err == nil {
				containertest.Check(t, got)
			}
		}
	})
}
