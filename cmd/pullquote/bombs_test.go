package main

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"strings"
	"testing"
)

// bomb is a file that asks for far more time or memory than its size lets expect.
type bomb struct {
	name, filename string
	file           []byte
}

func bombs(t testing.TB) []bomb {
	const paragraph = `<w:p><w:r><w:t>MS. MARCHETTI: The lamp burns.</w:t></w:r></w:p>`
	return []bomb{
		{"a PDF of filters upon filters", "filters.pdf", filteredPDF(t, strings.Repeat("0 0 m 1 1 l S\n", 6<<20))},
		{"a PDF of nested forms", "forms.pdf", nestedForms(12, 10)},
		{"a zip of zeros as a Word document", "zeros.docx", zipOf(t, "word/document.xml", 64<<20, []byte{0})},
		{"a Word document of a huge text", "huge.docx", zipOf(t, "word/document.xml", 64<<20, []byte(paragraph))},
		{"HTML as deep as it is long", "deep.html", []byte("<!DOCTYPE html><title>Deep</title>" + strings.Repeat("<div><b><p>MS. MARCHETTI: a</p>", 100_000))},
		{"a sentence of 25 MB", "sentence.txt", []byte("MS. MARCHETTI: " + strings.Repeat("the lamp burns and ", 25<<20/19) + "that is all.\n\nMR. CASTELLAN: All night.\n")},
		{"a word of 25 MB", "word.txt", []byte("MS. MARCHETTI: " + strings.Repeat("lamp", 25<<20/4) + ".\n\nMR. CASTELLAN: All night.\n")},
	}
}

// filteredPDF is a PDF of one page with this content, deflated twice.
func filteredPDF(t testing.TB, content string) []byte {
	for range 2 {
		var b bytes.Buffer
		w := zlib.NewWriter(&b)
		if _, err := io.WriteString(w, content); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		content = b.String()
	}
	return pdfWith(fmt.Sprintf("4 0 obj <</Length %d/Filter[/FlateDecode /FlateDecode]>> stream\n%s\nendstream endobj\n", len(content), content), "")
}

// pdfWith is a PDF of one page, whose content is object 4, and whose forms are resources.
func pdfWith(objects, forms string) []byte {
	return []byte("%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj 2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n" +
		"3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 90 90]/Contents 4 0 R/Resources<</Font<</F <</Type/Font/Subtype/Type1/BaseFont/Courier>>>>" + forms + ">>>> endobj\n" +
		objects + "trailer <</Root 1 0 R>>")
}

// nestedForms is a PDF whose page draws a form many times, which does the same with the next.
func nestedForms(depth, times int) []byte {
	var objects strings.Builder
	draw := strings.Repeat("/X Do ", times)
	fmt.Fprintf(&objects, "4 0 obj <</Length %d>> stream\n%s\nendstream endobj\n", len(draw), draw)
	for i := range depth {
		content, next := draw, fmt.Sprintf("/XObject<</X %d 0 R>>", i+6)
		if i == depth-1 {
			content, next = "BT /F 9 Tf 9 9 Td (The lamp burns.) Tj ET", ""
		}
		fmt.Fprintf(&objects, "%d 0 obj <</Type/XObject/Subtype/Form/BBox[0 0 90 90]/Resources<</Font<</F <</Type/Font/Subtype/Type1/BaseFont/Courier>>>>%s>>/Length %d>> stream\n%s\nendstream endobj\n",
			i+5, next, len(content), content)
	}
	return pdfWith(objects.String(), "/XObject<</X 5 0 R>>")
}

// zipOf is an archive of one file, which repeats a piece until it has so many bytes.
func zipOf(t testing.TB, name string, size int, piece []byte) []byte {
	var b bytes.Buffer
	archive := zip.NewWriter(&b)
	w, err := archive.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(w, `<w:document xmlns:w="w"><w:body>`); err != nil {
		t.Fatal(err)
	}
	block := bytes.Repeat(piece, 1<<20/len(piece))
	for written := 0; written < size; written += len(block) {
		if _, err := w.Write(block); err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
