package htmlpage

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

// page is a web page: where its main content is, and which elements around and inside
// that are boilerplate.
//
// An element is boilerplate by what it is, by its role, by the names of its classes or
// by its many links, but never if it holds half of the text, so that no name loses a
// transcript. Length is no sign: a question may be two words long.
type page struct {
	root        *html.Node
	article     *html.Node
	boldClasses map[string]bool
	all         measure
	blocks      map[*html.Node]measure // of elements that may be boilerplate
	kept        map[*html.Node]bool    // headers with a title inside, figures with a quotation
}

// measure is how much an element holds: bytes of text, bytes of text in links to
// other pages, and how many such links.
type measure struct{ text, linked, links int }

func newPage(root *html.Node) *page {
	p := &page{root: root, article: root, boldClasses: map[string]bool{}, blocks: map[*html.Node]measure{}, kept: map[*html.Node]bool{}}
	for n := range root.Descendants() {
		switch {
		case n.DataAtom == atom.Style && n.FirstChild != nil:
			p.findBoldClasses(n.FirstChild.Data)
		case n.DataAtom == atom.H1:
			p.keep(n, atom.Header)
		case n.DataAtom == atom.Blockquote:
			p.keep(n, atom.Figure)
		}
	}
	p.all = p.measure(root, false)
	p.findArticle()
	return p
}

// keep notes that elements of a kind around n are not boilerplate.
func (p *page) keep(n *html.Node, around atom.Atom) {
	for up := range n.Ancestors() {
		if up.DataAtom != around {
			continue
		}
		if p.kept[up] { // and so are those around it
			return
		}
		p.kept[up] = true
	}
}

// measure measures an element, and notes the measures of blocks in it.
func (p *page) measure(n *html.Node, inLink bool) (m measure) {
	if n.Type == html.TextNode {
		m.text = len(strings.TrimSpace(n.Data))
		if inLink {
			m.linked = m.text
		}
		return m
	}
	if n.Type == html.ElementNode && isNoText(n) {
		return m
	}
	if n.DataAtom == atom.A && leadsAway(n) {
		m.links, inLink = 1, true
	}
	for c := range n.ChildNodes() {
		inner := p.measure(c, inLink)
		m.text, m.linked, m.links = m.text+inner.text, m.linked+inner.linked, m.links+inner.links
	}
	if isBlock(n) || n.DataAtom == atom.Table || n.DataAtom == atom.Td {
		p.blocks[n] = m
	}
	return m
}

// leadsAway reports whether a link leads to another page. Links within a page, such as
// those to times, stand in any transcript.
func leadsAway(a *html.Node) bool {
	href := attr(a, "href")
	return href != "" && !strings.HasPrefix(href, "#") && !strings.HasPrefix(href, "javascript:")
}

// findArticle finds the element that the page marks as its main content, if it holds
// more than half of the text.
func (p *page) findArticle() {
	for n := range p.root.Descendants() {
		marked := n.DataAtom == atom.Main || n.DataAtom == atom.Article || attr(n, "role") == "main" || attr(n, "itemprop") == "articleBody"
		if m, block := p.blocks[n]; marked && block && m.text*2 > p.all.text {
			p.article = n
			return
		}
	}
}

// leavesOut reports whether an element is no part of the main content.
func (p *page) leavesOut(n *html.Node) bool {
	if isNoText(n) {
		return true
	}
	m, block := p.blocks[n]
	if !block || m.text*2 > p.all.text {
		return false
	}
	switch n.DataAtom {
	case atom.Aside, atom.Form:
		return true
	case atom.Header:
		return !within(n, atom.Article, atom.Main) && !p.kept[n]
	case atom.Footer:
		return !within(n, atom.Blockquote)
	case atom.Figcaption:
		return !p.kept[n.Parent]
	}
	return isLandmark(n) || isBoilerplate(n) || p.isLinkList(n, m)
}

// isLinkList reports whether an element is a list of links: nine tenths of a list's
// text, or two thirds of another element's with three links, lead to other pages. On a
// page where most text does, as where each sentence leads to a recording, that tells
// nothing.
func (p *page) isLinkList(n *html.Node, m measure) bool {
	if p.all.linked*2 > p.all.text {
		return false
	}
	list := n.DataAtom == atom.Ul || n.DataAtom == atom.Ol
	return list && m.links > 0 && m.linked*10 >= m.text*9 || m.links > 2 && m.linked*3 >= m.text*2
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func within(n *html.Node, elements ...atom.Atom) bool {
	for up := range n.Ancestors() {
		if slices.Contains(elements, up.DataAtom) {
			return true
		}
	}
	return false
}

// textOf is the text inside an element, on one line.
func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return text.OneLine(b.String())
}
