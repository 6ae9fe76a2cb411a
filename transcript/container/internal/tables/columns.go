package tables

import (
	"regexp"
	"strings"

	"github.com/pullquote/pullquote/transcript/container/internal/clock"
	"github.com/pullquote/pullquote/transcript/container/internal/recognition"
	"github.com/pullquote/pullquote/transcript/container/internal/speaker"
	"github.com/pullquote/pullquote/transcript/container/internal/text"
	"github.com/pullquote/pullquote/transcript/container/internal/tree"
)

// column is the values that elements have at one path.
type column struct {
	path     []string
	key      string          // the last name of the path, folded
	n        int             // values
	bytes    int             // of all values
	words    int             // of all values
	numbers  int             // values that are numbers
	times    int             // values that can be times, or spans of two
	clocks   int             // values that show by their form to be times
	names    int             // values that look like a person's name
	full     int             // values that have the form of a full one
	voices   int             // values that look like a name, or like what stands in place of one
	files    int             // values that are names of files
	values   map[string]bool // those that differ, cut short
	deep     bool            // stands within an array of the element
	speaking bool            // every name of the path is one for words
}

// columns are the columns of an array's elements, in the order of the file.
type columns struct {
	byPath map[string]*column
	all    []*column
}

const (
	sampledElements = 200 // whose columns are looked at
	deepestColumn   = 5   // names on a path
)

// readColumns reads the columns of the first elements.
func readColumns(elements []*tree.Node) *columns {
	cs := &columns{byPath: map[string]*column{}}
	for _, e := range elements[:min(len(elements), sampledElements)] {
		if e.Kind == tree.Object {
			cs.gather(e, column{speaking: true})
		}
	}
	return cs
}

// gather notes the values inside a node, which stands at the path of a column.
func (cs *columns) gather(n *tree.Node, at column) {
	for _, child := range n.Children {
		here := at
		if child.Name != "" {
			here.path = append(at.path[:len(at.path):len(at.path)], child.Name)
			here.key = recognition.FoldKey(child.Name)
			here.speaking = at.speaking && wordsNames[here.key]
		}
		here.deep = at.deep || child.Kind == tree.Array
		switch {
		case child.Kind < tree.Object && len(here.path) > 0:
			cs.of(here).note(child)
		case child.Kind >= tree.Object && len(here.path) < deepestColumn:
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

// choose is the column with the highest score; nil if none has a score above 0.
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

// words is how many words the columns have together that are in no array of an element.
func (cs *columns) words() int {
	n := 0
	for _, c := range cs.all {
		if !c.deep {
			n += c.words
		}
	}
	return n
}

// note counts a value.
func (c *column) note(n *tree.Node) {
	c.n++
	c.bytes += len(n.Text)
	if n.Kind == tree.Number {
		c.numbers++
	}
	_, isTime := clock.Read(n.Text)
	if clock.IsClock(n.Text) {
		c.clocks++
		isTime = true
	}
	if isTime {
		c.times++
	}
	words := len(strings.Fields(head(n.Text, 2000)))
	c.words += words
	if fileName.MatchString(n.Text) {
		c.files++
	}
	isName := words > 0 && words < 6 && text.StartsUpper(n.Text)
	if isName || partNames[recognition.FoldKey(n.Text)] || n.Kind == tree.Text && speaker.IsAnonymous(speaker.LabelOf(n.Text)) {
		c.voices++
	}
	if isName {
		c.names++
		if speaker.IsFullName(n.Text) {
			c.full++
		}
	}
	if len(c.values) < sampledElements {
		c.values[head(n.Text, 60)] = true
	}
}

// fileName matches the name of a file, with its ending.
var fileName = regexp.MustCompile(`^\S*[\w)]\.[A-Za-z][A-Za-z0-9]{1,4}$`)

// weight is the number of words of a column, less where its values are shorter than a
// sentence of 20 words.
func (c *column) weight() float64 {
	return float64(c.words) * min(c.average(), 20) / 20
}

// average is the number of words of a value.
func (c *column) average() float64 { return float64(c.words) / float64(c.n) }

// head is the start of a text, up to n bytes.
func head(s string, n int) string { return s[:min(len(s), n)] }
