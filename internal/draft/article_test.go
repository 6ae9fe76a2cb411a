package draft_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"html"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/draft"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/retrieval/retrievaltest"
	"github.com/pullquote/pullquote/transcript"
)

// testdata/article.md is an article about the sample transcripts. Of its thirty
// quotations fourteen are spoiled, as testdata/article.verdicts says. They are
// found, and judged alike, in whatever format it is saved.
func TestArticle(t *testing.T) {
	article, err := os.ReadFile("testdata/article.md")
	if err != nil {
		t.Fatal(err)
	}
	verdicts, err := os.ReadFile("testdata/article.verdicts")
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Split(strings.TrimSpace(string(verdicts)), "\n")
	verifier := answer.NewVerifier(sampleRecord(t), "http://pullquote.test", slog.New(slog.NewTextHandler(t.Output(), nil)))
	for name, file := range map[string][]byte{
		"article.md":   article,
		"article.txt":  asText(article),
		"article.html": asHTML(article),
		"article.docx": asDOCX(t, article),
	} {
		t.Run(name, func(t *testing.T) {
			read, err := draft.Read(file, draft.Source{Filename: name})
			if err != nil {
				t.Fatal(err)
			}
			verdicts, err := verifier.VerifyAll(t.Context(), read.Quotes, retrieval.Filter{})
			if err != nil {
				t.Fatal(err)
			}
			if len(verdicts) != len(want) {
				t.Fatalf("%d quotations, want %d", len(verdicts), len(want))
			}
			for i, v := range verdicts {
				status := string(v.Status)
				if v.Holds() {
					status = "holds"
				}
				got := fmt.Sprintf("%s | %s | ", status, v.ClaimedSpeaker)
				if !strings.HasPrefix(want[i], got) {
					t.Errorf("line %d: %q\n is %s\nwant %s", v.Line, v.Quote, got, want[i])
				}
			}
		})
	}
}

// sampleRecord are the project's sample transcripts.
func sampleRecord(t testing.TB) *retrievaltest.Memory {
	t.Helper()
	record := new(retrievaltest.Memory)
	library := retrieval.NewLibrary(record, embeddings.NewBuiltin())
	paths, err := filepath.Glob("../../samples/*-*.*")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no samples: %v", err)
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := library.Add(t.Context(), retrieval.AddRequest{Data: data, Options: transcript.Options{Filename: path}}); err != nil {
			t.Fatal(err)
		}
	}
	return record
}

// paragraph is a paragraph of the article.
type paragraph struct {
	text   string
	quoted bool
}

func paragraphs(article []byte) (list []paragraph) {
	text := strings.ReplaceAll(string(article), "\n>\n", "\n\n")
	for p := range strings.SplitSeq(strings.TrimPrefix(text, "# "), "\n\n") {
		p = strings.TrimSpace(p)
		list = append(list, paragraph{strings.TrimPrefix(p, "> "), strings.HasPrefix(p, "> ")})
	}
	return list
}

// asText has straight marks, and no block quotations.
func asText(article []byte) []byte {
	var b strings.Builder
	for _, p := range paragraphs(article) {
		if p.quoted && !strings.HasPrefix(p.text, "“") {
			p.text = "“" + p.text + "”"
		}
		b.WriteString(strings.NewReplacer("“", `"`, "”", `"`, "’", "'").Replace(p.text) + "\r\n\r\n")
	}
	return []byte(b.String())
}

func asHTML(article []byte) []byte {
	var b strings.Builder
	b.WriteString("<!DOCTYPE html>\n<html><head><meta charset=utf-8><title>“Not this”</title></head>\n<body>\n")
	open := false
	for _, p := range paragraphs(article) {
		if p.quoted != open {
			open = p.quoted
			b.WriteString(map[bool]string{true: "<blockquote>\n", false: "</blockquote>\n"}[open])
		}
		text := strings.ReplaceAll(html.EscapeString(p.text), "“", "&ldquo;")
		fmt.Fprintf(&b, "<p>%s</p>\n", strings.ReplaceAll(text, "peat", "<em>peat</em>"))
	}
	return []byte(b.String() + "</body></html>\n")
}

// asDOCX has each paragraph in several runs, as Word saves a text that was edited.
func asDOCX(t testing.TB, article []byte) []byte {
	var b strings.Builder
	for _, p := range paragraphs(article) {
		b.WriteString("<w:p>")
		if p.quoted {
			b.WriteString(`<w:pPr><w:pStyle w:val="Zitat"/></w:pPr>`)
		}
		runes := []rune(p.text)
		for len(runes) > 0 {
			n := min(7, len(runes))
			b.WriteString(run(string(runes[:n])))
			runes = runes[n:]
		}
		b.WriteString("</w:p>")
	}
	return document(t, map[string]string{
		"word/document.xml": body(b.String()),
		"word/styles.xml": `<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
			<w:style w:styleId="Zitat"><w:name w:val="Quote"/></w:style></w:styles>`,
	})
}

func run(text string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(text)) // a buffer never fails to write
	return `<w:r><w:t xml:space="preserve">` + b.String() + "</w:t></w:r>"
}

func body(paragraphs string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` +
		paragraphs + "</w:body></w:document>"
}

// document is a Word document of these parts.
func document(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	archive := zip.NewWriter(&b)
	for name, text := range parts {
		part, err := archive.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
