// Package tree reads JSON as a tree of small nodes, within bounds of depth and number. Data
// of unknown make cannot be decoded into structures, and a map for each object would take
// many times the memory.
package tree

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
)

// Node is a value of a tree of data. It is small, because a file has many.
type Node struct {
	Kind     Kind
	Name     string // the key, in an object
	Text     string // of a text or a number
	Children []*Node
}

// Kind is what a node holds.
type Kind byte

// The kinds.
const (
	Text Kind = iota
	Number
	Object
	Array
)

// A file may have fewestNodes, and a larger one a node for each bytesANode, because
// each takes memory besides its text.
const (
	deepestTree = 64 // levels
	fewestNodes = 1 << 18
	bytesANode  = 10
)

// Most is how many nodes a file of a size in bytes may have.
func Most(size int) int { return fewestNodes + size/bytesANode }

// valuesKept is how many values an array may have before a number in it: a word with its two
// times. Longer rows of numbers, such as tokens, say nothing.
const valuesKept = 3

// Read reads JSON, or several values of JSON (NDJSON), which become an array.
// Values that say nothing (null, true, empty texts, rows of numbers) are left
// out.
func Read(ctx context.Context, text string) (*Node, error) {
	dec := json.NewDecoder(content.Reader(ctx, strings.NewReader(text)))
	dec.UseNumber()
	r := treeReader{dec: dec, left: Most(len(text))}
	root := &Node{Kind: Array}
	for {
		n, err := r.value("", 0)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		if n != nil {
			root.Children = append(root.Children, n)
		}
	}
	if len(root.Children) == 1 {
		return root.Children[0], nil
	}
	return root, nil
}

type treeReader struct {
	dec  *json.Decoder
	left int // nodes that may still be made
}

// value reads the next value; nil for one that says nothing.
func (r *treeReader) value(name string, depth int) (*Node, error) {
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
			return &Node{Kind: Text, Name: name, Text: v}, nil
		}
	case json.Number:
		return &Node{Kind: Number, Name: name, Text: string(v)}, nil
	case json.Delim:
		n := &Node{Kind: Object, Name: name}
		if v == '[' {
			n.Kind = Array
		}
		return r.members(n, depth)
	}
	return nil, nil
}

// members reads what an object or array holds, and its end.
func (r *treeReader) members(n *Node, depth int) (*Node, error) {
	for r.dec.More() {
		name := ""
		if n.Kind == Object {
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
		if child != nil && (n.Kind == Object || child.Kind != Number || len(n.Children) < valuesKept) {
			n.Children = append(n.Children, child)
		}
	}
	_, err := r.dec.Token()
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

// Field is the first member of an object with this name; nil if there is none.
func (n *Node) Field(name string) *Node {
	for _, child := range n.Children {
		if child.Name == name {
			return child
		}
	}
	return nil
}

// At follows a path of names from an object, and through an array to its first
// element; nil if it leads nowhere.
func (n *Node) At(path ...string) *Node {
	for _, name := range path {
		if n != nil && n.Kind == Array {
			if len(n.Children) == 0 {
				return nil
			}
			n = n.Children[0]
		}
		if n == nil {
			return nil
		}
		n = n.Field(name)
	}
	return n
}

// String is the text or number of the first of these members that has one.
func (n *Node) String(names ...string) string {
	for _, name := range names {
		if child := n.Field(name); child != nil && child.Kind < Object {
			return child.Text
		}
	}
	return ""
}

// List is what the array at a path holds; nil where there is none.
func (n *Node) List(path ...string) []*Node {
	if found := n.At(path...); found != nil && found.Kind == Array {
		return found.Children
	}
	return nil
}
