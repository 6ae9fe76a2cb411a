package container

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/flow"
	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

// Web pages: a block element begins a paragraph, and so do two breaks; one break
// is a line end. Of a full page only the article is read, see page.

// maxTags bounds the elements of a page, as each takes much more memory than
// the bytes that it is written in.
const maxTags = 2_000_000

func openHTML(data []byte, o content.Options) (*content.Content, error) {
	if bytes.Count(data, []byte("<")) > maxTags {
		return nil, content.TooLarge("the web page has more than %d tags; divide it, or save its text as UTF-8", maxTags)
	}
	text, warnings, err := decodePage(data, o.ContentType)
	if err != nil {
		return nil, err
	}
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		return nil, content.Invalid("the web page nests elements too deep; save its text as UTF-8 and give that").Because(err)
	}
	p := newPage(root)
	r := htmlReader{page: p, open: flow.NewParagraph(0)}
	r.read(p.article, htmlStyle{})
	r.endBlock()
	lines := r.Flow.End()
	if len(lines) == 0 {
		return nil, content.Invalid("the web page holds no words besides its navigation; if a script loads them, save the page from a browser")
	}
	return &content.Content{Fields: p.fields(lines), Lines: lines, Warnings: warnings}, nil
}

// decodePage obeys a byte order mark, the Content-Type and what the page declares,
// in this order. A page that declares nothing is UTF-8, or else Windows-1252. One
// that says it is an encoding of Western Europe and is UTF-8 throughout is that.
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

// htmlReader walks the tree of a page. Its depth is bounded by the parser.
type htmlReader struct {
	flow.Flow
	page   *page
	open   *flow.Paragraph
	quotes int  // q elements that are open
	item   bool // the next paragraph begins an item of a list
}

// htmlStyle is what holds for the text inside an element.
type htmlStyle struct {
	heading   int
	bold      bool
	quote     bool
	preserved bool // white space and line ends count
	code      bool
}

func (r *htmlReader) read(n *html.Node, s htmlStyle) {
	switch n.Type {
	case html.TextNode:
		r.text(n.Data, s)
	case html.ElementNode:
		if !r.page.leavesOut(n) {
			r.element(n, s)
		}
	case html.DocumentNode:
		r.children(n, s)
	}
}

func (r *htmlReader) children(n *html.Node, s htmlStyle) {
	for c := range n.ChildNodes() {
		r.read(c, s)
	}
}

func (r *htmlReader) element(n *html.Node, s htmlStyle) {
	s = r.page.style(n, s)
	s.code = s.code || s.preserved && n.DataAtom == atom.Code
	switch n.DataAtom {
	case atom.Br:
		r.open.BreakLine()
	case atom.Q:
		r.quotation(n, s)
	case atom.Table:
		r.endBlock()
		r.BeginTable()
		r.children(n, s)
		r.endBlock()
		r.EndTable()
	case atom.Tr:
		r.BeginRow()
		r.children(n, s)
	case atom.Td, atom.Th:
		r.BeginCell()
		r.children(n, s)
		r.endBlock()
	default:
		r.block(n, s)
	}
}

// block reads an element that begins a paragraph and ends it, if it is one.
func (r *htmlReader) block(n *html.Node, s htmlStyle) {
	block := isBlock(n)
	if block {
		r.endBlock()
	}
	r.item = r.item || n.DataAtom == atom.Li
	r.children(n, s)
	if block {
		r.endBlock()
	}
	r.item = r.item && n.DataAtom != atom.Li
}

// quotation sets the marks that a browser shows around a q element.
func (r *htmlReader) quotation(n *html.Node, s htmlStyle) {
	marks := []string{"“", "”", "‘", "’"}[r.quotes%2*2:]
	r.quotes++
	r.text(marks[0], s)
	r.children(n, s)
	r.text(marks[1], s)
	r.quotes--
}

func (r *htmlReader) text(run string, s htmlStyle) {
	r.open.Line.Heading, r.open.Line.Quote, r.open.Line.Code = s.heading, s.quote, s.code
	if !s.preserved {
		r.open.AddCollapsed(run, s.bold)
		return
	}
	for i, line := range strings.Split(text.UnifyLines(run), "\n") {
		if i > 0 {
			r.open.BreakLine()
		}
		r.open.Add(line, s.bold)
	}
}

// endBlock ends a paragraph, unless it is what separated links that are left out.
func (r *htmlReader) endBlock() {
	for _, l := range r.open.End() {
		if strings.Trim(l.Text, "|»›«‹·•/> ") == "" {
			continue
		}
		if r.item {
			l.Item, r.item = true, false
		}
		r.Put(l)
	}
	r.open = flow.NewParagraph(0)
}

// isBlock reports whether browsers show an element on lines of its own.
func isBlock(n *html.Node) bool {
	switch n.DataAtom {
	case atom.P, atom.Div, atom.Blockquote, atom.Pre, atom.Li, atom.Ul, atom.Ol, atom.Menu, atom.Dl, atom.Dt, atom.Dd,
		atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Hgroup, atom.Hr,
		atom.Section, atom.Article, atom.Aside, atom.Header, atom.Footer, atom.Nav, atom.Main, atom.Body, atom.Center,
		atom.Figure, atom.Figcaption, atom.Caption, atom.Form, atom.Fieldset, atom.Legend, atom.Address, atom.Details, atom.Summary, atom.Dir, atom.Listing, atom.Xmp:
		return true
	}
	return false
}
