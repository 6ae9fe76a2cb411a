package export

import (
	"bytes"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/words"
)

// readHTML reads what writeHTML wrote.
func readHTML(file []byte) (quotes []notedQuote, rest string, ok bool, err error) {
	root, err := html.Parse(bytes.NewReader(file))
	if err != nil {
		return nil, "", false, nil
	}
	r := htmlReader{notes: map[int]string{}}
	r.read(root)
	if !r.ours {
		return nil, "", false, nil
	}
	for i, q := range r.quotes {
		note, known := r.notes[q.number]
		if !known {
			return nil, "", true, fault.New(fault.Invalid, "quotation %d has lost its note; export the answer again", q.number)
		}
		r.quotes[i].note = note
	}
	return r.quotes, r.rest.String(), true, nil
}

type htmlReader struct {
	ours   bool // a generator says so
	quotes []notedQuote
	notes  map[int]string
	rest   strings.Builder
}

func (r *htmlReader) read(n *html.Node) {
	switch {
	case n.Type == html.TextNode:
		r.rest.WriteString(n.Data)
		return
	case n.DataAtom == atom.Style, n.DataAtom == atom.Title, n.DataAtom == atom.H1:
		return
	case n.DataAtom == atom.Meta && attribute(n, "name") == "generator":
		r.ours = r.ours || attribute(n, "content") == generator
	case n.DataAtom == atom.Q:
		if number, ok := numbered(n, "quotation-"); ok {
			r.quotes = append(r.quotes, notedQuote{number: number, text: textOf(n)})
			return
		}
	case n.DataAtom == atom.Li:
		if number, ok := numbered(n, "note-"); ok {
			r.notes[number] = textOf(n)
			return
		}
	case n.DataAtom == atom.P:
		r.rest.WriteString("\n\n")
	}
	for child := range n.ChildNodes() {
		r.read(child)
	}
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// numbered reads the number at the end of an element's id.
func numbered(n *html.Node, prefix string) (int, bool) {
	digits, ok := strings.CutPrefix(attribute(n, "id"), prefix)
	number, err := strconv.Atoi(digits)
	return number, ok && err == nil
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return words.OneLine(b.String())
}
