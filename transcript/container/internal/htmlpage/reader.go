package htmlpage

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/pullquote/pullquote/transcript/container/internal/flow"
	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

// reader walks the tree of a page, whose depth the parser bounds.
type reader struct {
	flow.Flow
	page   *page
	open   *flow.Paragraph
	quotes int  // q elements that are open
	item   bool // the next paragraph begins an item of a list
}

func (r *reader) read(n *html.Node, s style) {
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

func (r *reader) children(n *html.Node, s style) {
	for c := range n.ChildNodes() {
		r.read(c, s)
	}
}

func (r *reader) element(n *html.Node, s style) {
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

// block reads an element, which is a paragraph of its own if it is a block.
func (r *reader) block(n *html.Node, s style) {
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

// quotation adds the quotation marks that a browser shows around a q element.
func (r *reader) quotation(n *html.Node, s style) {
	marks := []string{"“", "”", "‘", "’"}[r.quotes%2*2:]
	r.quotes++
	r.text(marks[0], s)
	r.children(n, s)
	r.text(marks[1], s)
	r.quotes--
}

// text adds a run of text.
func (r *reader) text(run string, s style) {
	r.open.Line.Heading, r.open.Line.Quote, r.open.Line.Code = s.heading, s.quote, s.code
	if !s.preserved {
		r.open.AddCollapsed(run, s.Type)
		return
	}
	for i, line := range strings.Split(text.UnifyLines(run), "\n") {
		if i > 0 {
			r.open.BreakLine()
		}
		r.open.Add(line, s.Type)
	}
}

// endBlock ends a paragraph. Lines of separators, which stood between links that are
// left out, go.
func (r *reader) endBlock() {
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

// isBlock reports whether an element is a block, which browsers show on lines of its
// own.
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
