package htmlpage

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// isNoText reports whether an element holds no text of a page's content: scripts,
// media, controls, navigation, what is deleted, what is hidden.
func isNoText(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Head, atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Iframe, atom.Object, atom.Svg, atom.Math, atom.Canvas,
		atom.Audio, atom.Video, atom.Button, atom.Select, atom.Textarea, atom.Datalist, atom.Nav, atom.Del, atom.S, atom.Strike,
		atom.Rp, atom.Rt, atom.Dialog:
		return true
	case atom.Sup:
		return isNoteNumber(n)
	}
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			return true
		case "style":
			if hiding.MatchString(a.Val) {
				return true
			}
		case "class":
			for class := range strings.FieldsSeq(a.Val) {
				if class == "sr-only" || class == "visually-hidden" || class == "screen-reader-text" {
					return true
				}
			}
		}
	}
	return false
}

var hiding = regexp.MustCompile(`(?i)(display\s*:\s*none|visibility\s*:\s*hidden)`)

// isNoteNumber reports whether an element is the number of a note, with a link to it.
func isNoteNumber(n *html.Node) bool {
	const most = 20 // nodes of a number with its link
	linked, nodes := false, 0
	for d := range n.Descendants() {
		if nodes++; nodes > most {
			return false
		}
		linked = linked || d.DataAtom == atom.A
		if d.Type == html.TextNode && strings.Trim(d.Data, "[]()0123456789*†‡ ") != "" {
			return false
		}
	}
	return linked
}

// isLandmark reports whether an element has an ARIA role for something else than
// content.
func isLandmark(n *html.Node) bool {
	switch attr(n, "role") {
	case "navigation", "banner", "contentinfo", "complementary", "search", "menu", "menubar", "dialog":
		return true
	}
	return false
}

// boilerplateNames are words in the class names and identifiers of boilerplate.
var boilerplateNames = regexp.MustCompile(`(?i)(^|[\s_-])(nav|navbar|navigation|menu|breadcrumbs?|sidebar|footer|share|sharing|social|related|comments|disqus|cookies?|` +
	`advert|advertisement|promo|newsletter|subscribe|subscription|pagination|pager|skip|toolbar)($|[\s_-])`)

// isBoilerplate reports whether an element is boilerplate by its class or identifier.
func isBoilerplate(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Div, atom.Section, atom.Ul, atom.Ol, atom.Header, atom.Table:
		return boilerplateNames.MatchString(attr(n, "class")) || boilerplateNames.MatchString(attr(n, "id"))
	}
	return false
}
