// Package drafttest writes one draft in every format in which drafts are read, as the
// programs that people write with do: a word processor's runs and footnotes, a web page's
// entities, a typesetter's pages.
//
// A draft is written down in plain Markdown: paragraphs, the first of which may be a
// heading, lines that begin with > for block quotations, and footnotes. A hyphen at the
// end of a line stands at a line's end in every format.
package drafttest

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"html"
	"regexp"
	"strings"
	"testing"
)

// Draft is a draft in no format.
type Draft struct {
	Paragraphs []Paragraph
	Notes      []Paragraph
}

// Paragraph is a paragraph of a draft, with [^1] for the references to notes.
type Paragraph struct {
	Text    string // with line ends only behind hyphens
	Quoted  bool   // of a block quotation
	Heading bool
}

var (
	noteStart = regexp.MustCompile(`^\[\^\d+\]: `)
	reference = regexp.MustCompile(`\[\^(\d+)\]`)
	lineEnd   = regexp.MustCompile(`([^-])\n`)
)

// Read reads what is written in Markdown. The lines of a block quotation need no > but the first.
func Read(markdown string) Draft {
	var d Draft
	for text := range strings.SplitSeq(strings.ReplaceAll(markdown, "\n>\n", "\n\n"), "\n\n") {
		text = strings.TrimSpace(text)
		p := Paragraph{}
		if heading, ok := strings.CutPrefix(text, "# "); ok {
			text, p.Heading = heading, true
		}
		if quoted, ok := strings.CutPrefix(text, "> "); ok {
			text, p.Quoted = strings.ReplaceAll(quoted, "\n> ", "\n"), true
		}
		p.Text = lineEnd.ReplaceAllString(text, "$1 ")
		if note := noteStart.FindString(p.Text); note != "" {
			p.Text = p.Text[len(note):]
			d.Notes = append(d.Notes, p)
			continue
		}
		if p.Text != "" {
			d.Paragraphs = append(d.Paragraphs, p)
		}
	}
	return d
}

// Text has no markup: block quotations stand between quotation marks, and notes have their
// numbers raised.
func (d Draft) Text() []byte {
	var b strings.Builder
	for _, p := range d.Paragraphs {
		text := p.Text
		if p.Quoted && !strings.HasPrefix(text, "“") {
			text = "“" + text + "”"
		}
		b.WriteString(reference.ReplaceAllStringFunc(text, raised) + "\r\n\r\n")
	}
	for i, p := range d.Notes {
		fmt.Fprintf(&b, "%d. %s\r\n\r\n", i+1, p.Text)
	}
	return []byte(b.String())
}

// raised is a reference as plain text has it.
func raised(reference string) string {
	return strings.NewReplacer("[^", "", "]", "", "1", "¹", "2", "²", "3", "³").Replace(reference)
}

// HTML is a web page as browsers get it: with scripts and an invisible part, entities,
// emphasis, and links to notes.
func (d Draft) HTML() []byte {
	var b strings.Builder
	b.WriteString("<!DOCTYPE html>\n<html><head><meta charset=utf-8><title>“Not this title here”</title>\n" +
		"<style>q { content: \"nor this style here\" }</style></head>\n<body>\n<div hidden>“Nor was this ever shown,” said nobody.</div>\n")
	open := false
	for _, p := range d.Paragraphs {
		if p.Quoted != open {
			open = p.Quoted
			b.WriteString(map[bool]string{true: "<blockquote>\n", false: "</blockquote>\n"}[open])
		}
		text := strings.NewReplacer("“", "&ldquo;", "é", "&eacute;").Replace(html.EscapeString(p.Text))
		text = reference.ReplaceAllString(text, `<sup id="r$1"><a href="#n$1">[$1]</a></sup>`)
		fmt.Fprintf(&b, "<p>%s</p>\n", strings.ReplaceAll(text, "board", "<em>bo</em>ard"))
	}
	if open {
		b.WriteString("</blockquote>\n")
	}
	b.WriteString("<script>document.write(\"nor was this said\")</script>\n<ol>\n")
	for i, p := range d.Notes {
		fmt.Fprintf(&b, "<li id=n%d>%s <a href=#r%[1]d>↩</a></li>\n", i+1, html.EscapeString(p.Text))
	}
	return []byte(b.String() + "</ol></body></html>\n")
}

// DOCX is a Word document with footnotes, a comment, a deletion, and each paragraph in several
// runs, as Word saves a text that was edited.
func (d Draft) DOCX(t testing.TB) []byte {
	var b strings.Builder
	for _, p := range d.Paragraphs {
		style := ""
		switch {
		case p.Quoted:
			style = `<w:pPr><w:pStyle w:val="Zitat"/></w:pPr>`
		case p.Heading:
			style = `<w:pPr><w:outlineLvl w:val="0"/></w:pPr>`
		}
		fmt.Fprintf(&b, "<w:p>%s%s</w:p>", style, Runs(p.Text))
	}
	b.WriteString(`<w:p><w:del><w:r><w:delText>“This was taken out again,” said nobody.</w:delText></w:r></w:del><w:r><w:commentReference w:id="0"/></w:r></w:p>`)
	var notes strings.Builder
	for i, p := range d.Notes {
		fmt.Fprintf(&notes, `<w:footnote w:id="%d"><w:p><w:r><w:footnoteRef/></w:r>%s</w:p></w:footnote>`, i+1, Runs(" "+p.Text))
	}
	return Document(t, map[string]string{
		"word/document.xml":  part("document", "<w:body>"+b.String()+"</w:body>"),
		"word/footnotes.xml": part("footnotes", notes.String()),
		"word/comments.xml":  part("comments", `<w:comment w:id="0"><w:p>`+Runs("“A comment is no part of it,” said nobody.")+`</w:p></w:comment>`),
		"word/styles.xml":    part("styles", `<w:style w:styleId="Zitat"><w:name w:val="Quote"/></w:style>`),
	})
}

func part(root, content string) string {
	return fmt.Sprintf(`<?xml version="1.0" encoding="UTF-8"?><w:%s xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">%s</w:%[1]s>`, root, content)
}

const longestRun = 7 // characters, so that words and marks are divided

// Runs is a text in runs, with footnote references and line breaks.
func Runs(text string) string {
	var b strings.Builder
	write := func(text string) {
		for runes := []rune(text); len(runes) > 0; {
			n := min(longestRun, len(runes))
			b.WriteString(`<w:r><w:t xml:space="preserve">`)
			_ = xml.EscapeText(&b, []byte(string(runes[:n]))) // a builder never fails to write
			b.WriteString("</w:t></w:r>")
			runes = runes[n:]
		}
	}
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			b.WriteString("<w:r><w:br/></w:r>")
		}
		at := 0
		for _, m := range reference.FindAllStringSubmatchIndex(line, -1) {
			write(line[at:m[0]])
			fmt.Fprintf(&b, `<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="%s"/></w:r>`, line[m[2]:m[3]])
			at = m[1]
		}
		write(line[at:])
	}
	return b.String()
}

// Document is a Word document of these parts.
func Document(t testing.TB, parts map[string]string) []byte {
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
