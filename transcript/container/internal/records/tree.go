package records

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"iter"
	"regexp"
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
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

// A file may have fewestNodes, and a larger one a node for each bytesANode, because
// each takes memory besides its text.
const (
	deepestTree = 256 // levels
	fewestNodes = 1 << 18
	bytesANode  = 12
)

// tree is a tree that is being read.
type tree struct {
	open []*node // the innermost last; the first is the document
	left int     // nodes that may still be made
	deep int     // arrays that are open

	names map[string]string // of elements, by how they are written: one text for all that share it
}

func newTree(size int) *tree {
	return &tree{open: []*node{{name: "json"}}, names: map[string]string{}, left: fewestNodes + size/bytesANode}
}

// add adds a node to the innermost open element.
func (t *tree) add(n *node) error {
	if t.left--; t.left < 0 {
		return content.TooLarge("the file has too many elements for its size; leave out what is no speech")
	}
	last := t.open[len(t.open)-1]
	last.children = append(last.children, n)
	return nil
}

// begin adds an element and opens it.
func (t *tree) begin(n *node, at int64) error {
	if len(t.open) > deepestTree {
		return content.Invalid("the file is nested more than %d deep at byte %d; give a flatter file", deepestTree, at)
	}
	if err := t.add(n); err != nil {
		return err
	}
	t.open = append(t.open, n)
	return nil
}

func (t *tree) end() { t.open = t.open[:len(t.open)-1] }

// sgml are files whose tags do not pair as those of XML must.
var sgml = regexp.MustCompile(`(?i)^\s*(?:<!doctype\s+hansard\s+public|<html[\s>])`)

// readXML makes a tree of XML. No entities are expanded but the five of XML and those of
// HTML, so that a small file cannot become a large one.
func readXML(plain string) (*node, error) {
	d := xml.NewDecoder(strings.NewReader(plain))
	d.Entity = xml.HTMLEntity
	d.Strict = !sgml.MatchString(plain)
	d.CharsetReader = func(_ string, input io.Reader) (io.Reader, error) { return input, nil }
	t := newTree(len(plain))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return t.open[0], nil
		}
		var broken *xml.SyntaxError
		if errors.As(err, &broken) {
			return nil, content.Invalid("the XML is malformed in line %d: %s", broken.Line, text.OneLine(broken.Msg))
		}
		if err != nil {
			return nil, content.Invalid("the XML cannot be read at byte %d", d.InputOffset())
		}
		if err := t.token(token, d.InputOffset()); err != nil {
			return nil, err
		}
	}
}

// nameOf is the name of an element.
func (t *tree) nameOf(written string) string {
	name, known := t.names[written]
	if !known {
		name = strings.ToLower(written)
		t.names[written] = name
	}
	return name
}

// token adds a token of XML that ends at a byte of the file.
func (t *tree) token(token xml.Token, at int64) error {
	switch token := token.(type) {
	case xml.Directive:
		if strings.Contains(string(token), "<!ENTITY") {
			return content.Unsupported("the XML declares entities of its own, which are not expanded; save it without its DOCTYPE")
		}
	case xml.StartElement:
		n := &node{name: t.nameOf(token.Name.Local)}
		if len(token.Attr) > 0 {
			n.attrs = token.Copy().Attr
		}
		return t.begin(n, at)
	case xml.EndElement:
		t.end()
	case xml.CharData:
		if len(t.open) == 1 {
			return nil
		}
		run := " "
		if strings.TrimSpace(string(token)) != "" {
			run = string(token)
		}
		return t.add(&node{text: run})
	}
	return nil
}

// readJSON makes a tree of JSON. Values that are no texts, numbers, objects or arrays
// are left out.
func readJSON(plain string) (*node, error) {
	d := json.NewDecoder(strings.NewReader(plain))
	d.UseNumber()
	t := newTree(len(plain))
	err := t.value(d, "document")
	if known := (*content.Error)(nil); err == nil || errors.As(err, &known) {
		return t.open[0], err
	}
	return nil, content.Invalid("the JSON is malformed at byte %d; give the whole file", d.InputOffset())
}

// value reads the next value as an element of this name.
func (t *tree) value(d *json.Decoder, name string) error {
	token, err := d.Token()
	if err != nil {
		return err
	}
	switch v := token.(type) {
	case string:
		return t.leaf(name, v)
	case json.Number:
		return t.leaf(name, string(v))
	case json.Delim:
		if v == '[' {
			return t.elements(d, name)
		}
		if err := t.begin(&node{name: name}, d.InputOffset()); err != nil {
			return err
		}
		err := t.members(d)
		t.end()
		return err
	}
	return nil
}

// leaf adds an element that holds a text alone.
func (t *tree) leaf(name, value string) error {
	return t.add(&node{name: name, children: []*node{{text: value}}})
}

// elements reads the elements of an array, up to its end.
func (t *tree) elements(d *json.Decoder, name string) error {
	if t.deep++; t.deep > deepestTree {
		return content.Invalid("the file is nested more than %d deep at byte %d; give a flatter file", deepestTree, d.InputOffset())
	}
	defer func() { t.deep-- }()
	for d.More() {
		if err := t.value(d, name); err != nil {
			return err
		}
	}
	_, err := d.Token()
	return err
}

// members reads the members of an object, up to its end.
func (t *tree) members(d *json.Decoder) error {
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return err
		}
		name, _ := key.(string)
		if err := t.value(d, t.nameOf(name)); err != nil {
			return err
		}
	}
	_, err := d.Token()
	return err
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
