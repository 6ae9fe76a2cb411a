package tables

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
)

// node is a value of a tree of data. It is small, because a file has many.
type node struct {
	kind     nodeKind
	name     string // the key, in an object
	text     string // of a text or a number
	children []*node
}

type nodeKind byte

const (
	textNode nodeKind = iota
	numberNode
	objectNode
	arrayNode
)

// A file may have fewestNodes, and a larger one a node for each bytesANode, because
// each takes memory besides its text.
const (
	deepestTree = 64 // levels
	fewestNodes = 1 << 18
	bytesANode  = 10
)

// readTree reads JSON, or several values of JSON (NDJSON), which become an array.
// Values that say nothing (null, true, empty texts, arrays of numbers) are left out.
func readTree(ctx context.Context, text string) (*node, error) {
	dec := json.NewDecoder(content.Reader(ctx, strings.NewReader(text)))
	dec.UseNumber()
	r := treeReader{dec: dec, left: fewestNodes + len(text)/bytesANode}
	root := &node{kind: arrayNode}
	for {
		n, err := r.value("", 0)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		if n != nil {
			root.children = append(root.children, n)
		}
	}
	if len(root.children) == 1 {
		return root.children[0], nil
	}
	return root, nil
}

type treeReader struct {
	dec  *json.Decoder
	left int // nodes that may still be made
}

// value reads the next value; nil for one that says nothing.
func (r *treeReader) value(name string, depth int) (*node, error) {
	token, err := r.dec.Token()
	if err != nil {
		return nil, err
	}
	if depth > deepestTree {
		return nil, content.Invalid("the JSON is nested more than %d deep at byte %d; give a flatter file", deepestTree, r.dec.InputOffset())
	}
	if r.left--; r.left < 0 {
		return nil, content.TooLarge("the JSON has too many values for its size; leave out what is no speech")
	}
	switch v := token.(type) {
	case string:
		if v != "" {
			return &node{kind: textNode, name: name, text: v}, nil
		}
	case json.Number:
		if name != "" {
			return &node{kind: numberNode, name: name, text: string(v)}, nil
		}
	case json.Delim:
		n := &node{kind: objectNode, name: name}
		if v == '[' {
			n.kind = arrayNode
		}
		return r.members(n, depth)
	}
	return nil, nil
}

// members reads what an object or array holds, and its end.
func (r *treeReader) members(n *node, depth int) (*node, error) {
	for r.dec.More() {
		name := ""
		if n.kind == objectNode {
			token, err := r.dec.Token()
			if err != nil {
				return nil, err
			}
			name, _ = token.(string)
		}
		child, err := r.value(name, depth+1)
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		if err != nil {
			return nil, err
		}
		if child != nil {
			n.children = append(n.children, child)
		}
	}
	_, err := r.dec.Token()
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

// field is the first member of an object with this name; nil if there is none.
func (n *node) field(name string) *node {
	for _, child := range n.children {
		if child.name == name {
			return child
		}
	}
	return nil
}

// at follows a path of names from an object, and through an array to its first
// element; nil if it leads nowhere.
func (n *node) at(path []string) *node {
	for _, name := range path {
		if n != nil && n.kind == arrayNode {
			if len(n.children) == 0 {
				return nil
			}
			n = n.children[0]
		}
		if n == nil {
			return nil
		}
		n = n.field(name)
	}
	return n
}
