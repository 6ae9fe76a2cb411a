package tables

import (
	"strings"

	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

// column is what elements have at one path.
type column struct {
	path     []string
	key      string // the last name, folded
	n        int
	bytes    int
	words    int
	numbers  int
	names    int // values that look like a person's name
	values   map[string]bool
	deep     bool // within an array of the element
	speaking bool // every name of the path may be one for words
}

// columns are what the elements of an array have, in the order in which it was
// found.
type columns struct {
	byPath map[string]*column
	all    []*column
}

const (
	sampledElements = 200
	deepestColumn   = 5 // names on a path
)

// readColumns looks at the first elements.
func readColumns(elements []*node) *columns {
	cs := &columns{byPath: map[string]*column{}}
	for _, e := range elements[:min(len(elements), sampledElements)] {
		if e.kind == objectNode {
			cs.gather(e, column{speaking: true})
		}
	}
	return cs
}

// gather notes the values of a node, whose own path, depth and kind of name are
// those of the column at.
func (cs *columns) gather(n *node, at column) {
	for _, child := range n.children {
		here := at
		if child.name != "" {
			here.path = append(at.path[:len(at.path):len(at.path)], child.name)
			here.key = foldKey(child.name)
			here.speaking = at.speaking && wordsNames[here.key]
		}
		here.deep = at.deep || child.kind == arrayNode
		switch {
		case child.kind < objectNode && len(here.path) > 0:
			cs.of(here).note(child)
		case child.kind >= objectNode && len(here.path) < deepestColumn:
			cs.gather(child, here)
		}
	}
}

// of is the column at a path.
func (cs *columns) of(at column) *column {
	path := strings.Join(at.path, "\x00")
	c := cs.byPath[path]
	if c == nil {
		c = &at
		c.values = map[string]bool{}
		cs.byPath[path] = c
		cs.all = append(cs.all, c)
	}
	return c
}

// choose is the column with the highest score, nil if none has any.
func (cs *columns) choose(score func(*column) float64) *column {
	var best *column
	bestScore := 0.0
	for _, c := range cs.all {
		if s := score(c); s > bestScore {
			best, bestScore = c, s
		}
	}
	return best
}

func (c *column) note(n *node) {
	c.n++
	c.bytes += len(n.text)
	if n.kind == numberNode {
		c.numbers++
	}
	words := len(strings.Fields(head(n.text, 2000)))
	c.words += words
	if words > 0 && words < 6 && text.StartsUpper(n.text) {
		c.names++
	}
	if len(c.values) < sampledElements {
		c.values[head(n.text, 60)] = true
	}
}

// weight is high for a column in which much is said, in sentences rather than in
// single words.
func (c *column) weight() float64 {
	return float64(c.words) * min(c.average(), 20) / 20
}

// average is the number of words of a value.
func (c *column) average() float64 { return float64(c.words) / float64(c.n) }

// head is the start of a text, up to n bytes.
func head(s string, n int) string { return s[:min(len(s), n)] }
