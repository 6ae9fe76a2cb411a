// Package htmlpage opens web pages, saved whole or in part. Of a full page it reads
// the main content and leaves out the boilerplate around it: navigation, forms,
// comments and the like.
//
// A block element begins a paragraph, and so do two breaks; one break is a line
// end. Bold type is kept however it is made, by element, style or style sheet,
// because it is often all that sets a speaker's name apart.
package htmlpage

import (
	"bytes"
	"context"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/flow"
)

// A page begins with pageStart, a piece of one with fragment. In a text that is called
// a page, anyTag is enough.
var (
	pageStart = regexp.MustCompile(`(?is)^(\s|<!--.*?-->|<\?xml[^>]*>)*<(!doctype\s+html|html|head|body|title|meta)\b`)
	fragment  = regexp.MustCompile(`(?is)^\s*<(p|div|h[1-6]|table|ul|ol|dl|blockquote|section|article|main|span|font|center|strong|b|em|i|br|pre)(\s[^<>]*)?/?>`)
	anyTag    = regexp.MustCompile(`(?i)</?(p|div|br|h[1-6]|table|li|span|strong|b|em|i|a)(\s[^<>]*)?/?>`)
)

// Is recognises a web page, or a piece of one that begins with an element. A text in
// which tags merely occur is one only if its name or type says so, and one that is
// called Markdown may begin with tags.
func Is(data []byte, o content.Options) bool {
	declared := ""
	switch o.MediaType() {
	case "text/html", "application/xhtml+xml":
		declared = "html"
	case "text/markdown":
		declared = "md"
	}
	switch o.Extension() {
	case ".html", ".htm", ".xhtml":
		declared = "html"
	case ".md", ".markdown":
		declared = "md"
	}
	head := bytes.TrimPrefix(data[:min(len(data), 16<<10)], []byte("\xEF\xBB\xBF"))
	if bytes.HasPrefix(head, []byte("\xFF\xFE")) || bytes.HasPrefix(head, []byte("\xFE\xFF")) {
		head = bytes.ReplaceAll(head[2:], []byte{0}, nil) // what is ASCII in UTF-16, of either byte order
	}
	switch {
	case pageStart.Match(head):
		return true
	case declared == "html":
		return anyTag.Match(head)
	}
	return declared == "" && fragment.Match(head)
}

// maxTags bounds the elements of a page, because each takes much more memory than its
// bytes in the file. maxBodies bounds how often one may begin, because the parser gathers
// the attributes of all these beginnings anew with each.
const (
	maxTags   = 2_000_000
	maxBodies = 200
)

var bodyTag = regexp.MustCompile(`(?i)<(body|html)\b`)

// Open reads the main content of a page, and the facts that the page states of itself.
func Open(ctx context.Context, data []byte, o content.Options) (*content.Content, error) {
	if bytes.Count(data, []byte("<")) > maxTags {
		return nil, content.TooLarge("the web page has more than %d tags; divide it, or save its text as UTF-8", maxTags)
	}
	if len(bodyTag.FindAllIndex(data, maxBodies+1)) > maxBodies {
		return nil, content.TooLarge("the file has more than %d web pages one behind the other; divide it", maxBodies)
	}
	text, warnings, err := decodePage(data, o.ContentType)
	if err != nil {
		return nil, err
	}
	if err := content.CheckLines(strings.Count(text, "\n"), len(text)); err != nil {
		return nil, err
	}
	root, err := html.Parse(content.Reader(ctx, strings.NewReader(text)))
	if err != nil {
		return nil, content.Invalid("the web page nests elements too deep; save its text as UTF-8 and give that").Because(err)
	}
	p := newPage(root)
	r := reader{page: p, open: flow.NewParagraph(0)}
	r.read(p.article, style{})
	r.endBlock()
	lines := r.Flow.End()
	if len(lines) == 0 {
		return nil, content.NoTranscript("empty", "the web page holds no words besides its navigation; if a script loads them, save the page from a browser")
	}
	fields := p.fields(lines)
	markHeadings(lines)
	markSpeakers(lines)
	return &content.Content{Fields: fields, Lines: lines, Warnings: warnings}, nil
}

// decodePage obeys a byte order mark, the Content-Type and what the page declares, in
// this order. A page that declares nothing is UTF-8, or else Windows-1252. One that
// declares Windows-1252, or an encoding that browsers take for it, but is valid UTF-8,
// is UTF-8.
func decodePage(data []byte, contentType string) (text string, warnings []string, err error) {
	encoding, name, certain := charset.DetermineEncoding(data, contentType)
	if name == "windows-1252" && !certain && utf8.Valid(data) {
		name = "utf-8"
	}
	if name != "utf-8" {
		decoded, err := encoding.NewDecoder().Bytes(data)
		if err != nil {
			return "", nil, content.Invalid("the web page is not %s as it says; save it as UTF-8", name)
		}
		data = decoded
	}
	data = bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF"))
	if !utf8.Valid(data) {
		data = bytes.ToValidUTF8(data, []byte("\uFFFD"))
		warnings = append(warnings, fmt.Sprintf("the web page is not UTF-8 throughout; characters are missing in %d places, marked \uFFFD", bytes.Count(data, []byte("\uFFFD"))))
	}
	return string(data), warnings, nil
}
