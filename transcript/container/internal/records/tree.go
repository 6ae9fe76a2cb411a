package records

import (
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
)

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

// nameOf is the name of an element.
func (t *tree) nameOf(written string) string {
	name, known := t.names[written]
	if !known {
		name = strings.ToLower(written)
		t.names[written] = name
	}
	return name
}
