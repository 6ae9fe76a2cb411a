package records

import (
	"encoding/xml"
	"iter"
	"strings"

	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

// node is an element of a tree, or a piece of text in one. Names are in small letters
// and without their namespaces, because some vocabularies have been written in both
// cases. A member of a JSON object is an element, too, and an array is its elements one
// after the other.
type node struct {
	name     string // empty for text
	text     string
	attrs    []xml.Attr
	children []*node
}

// root is the first element of a document; the document itself where it has none.
func (n *node) root() *node {
	for _, c := range n.children {
		if c.name != "" {
			return c
		}
	}
	return n
}

// attr is the first attribute of these names that is not empty, on one line.
func (n *node) attr(names ...string) string {
	if n == nil {
		return ""
	}
	for _, name := range names {
		for _, a := range n.attrs {
			if strings.EqualFold(a.Name.Local, name) && strings.TrimSpace(a.Value) != "" {
				return text.OneLine(a.Value)
			}
		}
	}
	return ""
}

// child is the first child of this name; nil if there is none.
func (n *node) child(name string) *node {
	if n == nil {
		return nil
	}
	for _, c := range n.children {
		if c.name == name {
			return c
		}
	}
	return nil
}

// at follows a path of names from child to child; nil where it leads nowhere.
func (n *node) at(path ...string) *node {
	for _, name := range path {
		n = n.child(name)
	}
	return n
}

// all are the elements of a name below a node, in the order of the file.
func (n *node) all(name string) iter.Seq[*node] {
	return func(yield func(*node) bool) { n.walk(name, yield) }
}

func (n *node) walk(name string, yield func(*node) bool) bool {
	if n == nil {
		return true
	}
	for _, c := range n.children {
		if c.name == name && !yield(c) || !c.walk(name, yield) {
			return false
		}
	}
	return true
}

// first is the first element of a name below a node; nil if there is none.
func (n *node) first(name string) *node {
	for found := range n.all(name) {
		return found
	}
	return nil
}

// words is the text inside a node, on one line.
func (n *node) words() string {
	if n == nil {
		return ""
	}
	var b strings.Builder
	n.gather(&b)
	clean, _, _ := text.DropInvisible(b.String())
	return text.OneLine(clean)
}

func (n *node) gather(b *strings.Builder) {
	b.WriteString(n.text)
	for _, c := range n.children {
		c.gather(b)
	}
}

// value is the text of the first element of a name below a node.
func (n *node) value(name string) string { return n.first(name).words() }
