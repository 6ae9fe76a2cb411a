package recognition

import (
	"strconv"
	"strings"

	"github.com/pullquote/pullquote/transcript/container/internal/clock"
	"github.com/pullquote/pullquote/transcript/container/internal/text"
	"github.com/pullquote/pullquote/transcript/container/internal/tree"
)

// field is the paths at which a value may stand, the first that has one.
type field []path

// path leads from an object to a value, through an array to its first element or that of a
// number; unit is the milliseconds that a number there counts, if it is a time.
type path struct {
	names []string
	unit  float64
}

// The units of times, in milliseconds.
var units = map[string]float64{"s": 1000, "ms": 1, "ticks": 1e-4, "samples": 1. / 16}

// fieldOf reads a field as "offset:ticks|times.from:ms". Times without a unit count seconds.
func fieldOf(spec string) field {
	var f field
	for alternative := range strings.SplitSeq(spec, "|") {
		if alternative == "" {
			continue
		}
		names, unit, _ := strings.Cut(alternative, ":")
		p := path{names: strings.Split(names, "."), unit: units["s"]}
		if unit != "" {
			p.unit = units[unit]
		}
		f = append(f, p)
	}
	return f
}

// follow is the node at a path; nil where there is none.
func (p path) follow(n *tree.Node) *tree.Node {
	for _, name := range p.names {
		if n != nil && n.Kind == tree.Array {
			i, err := strconv.Atoi(name)
			if err == nil {
				n = child(n, i)
				continue
			}
			n = child(n, 0)
		}
		if n == nil {
			return nil
		}
		n = n.Field(name)
	}
	return n
}

func child(n *tree.Node, i int) *tree.Node {
	if i < 0 || i >= len(n.Children) {
		return nil
	}
	return n.Children[i]
}

// find is the first node of the field; nil where there is none.
func (f field) find(n *tree.Node) *tree.Node {
	for _, p := range f {
		if found := p.follow(n); found != nil {
			return found
		}
	}
	return nil
}

// text is the text or number of the field.
func (f field) text(n *tree.Node) string {
	for _, p := range f {
		if found := p.follow(n); found != nil && found.Kind < tree.Object {
			return found.Text
		}
	}
	return ""
}

// label is what the field calls a speaker; empty for one that it says to be unknown.
func (f field) label(n *tree.Node) string {
	clean, _, _ := text.DropInvisible(f.text(n))
	if clean = text.OneLine(clean); clean == "?" || clean == "UU" {
		return ""
	}
	return clean
}

// time is the time of the field in milliseconds; nil where there is none.
func (f field) time(n *tree.Node) *int64 {
	for _, p := range f {
		found := p.follow(n)
		if found == nil || found.Kind == tree.Array {
			continue
		}
		ms := 0.0
		if found.Kind == tree.Object { // of seconds and nanoseconds
			seconds, _ := strconv.ParseFloat(found.String("seconds"), 64)
			nanos, _ := strconv.ParseFloat(found.String("nanos"), 64)
			ms = seconds*1000 + nanos/1e6
		} else {
			t, ok := clock.Read(found.Text)
			if !ok {
				continue
			}
			if ms = t.Count * 1000; t.Bare {
				ms = t.Count * p.unit
			}
		}
		if ms >= 0 && ms <= longestRecording {
			rounded := int64(ms + .5)
			return &rounded
		}
	}
	return nil
}

const longestRecording = 7 * 24 * 3600 * 1000 // milliseconds; a greater time is a date

// collect is the elements of the array at a path. Of arrays on the way it takes all
// elements, or the one of a number.
func collect(n *tree.Node, names []string) []*tree.Node {
	switch {
	case n == nil:
		return nil
	case len(names) == 0 && n.Kind == tree.Array:
		return n.Children
	case len(names) == 0:
		return nil
	case n.Kind != tree.Array:
		return collect(n.Field(names[0]), names[1:])
	}
	if i, err := strconv.Atoi(names[0]); err == nil {
		return collect(child(n, i), names[1:])
	}
	var all []*tree.Node
	for _, element := range n.Children {
		all = append(all, collect(element, names)...)
	}
	return all
}

// names divides a path; none for the file itself.
func names(path string) []string {
	if path == "" {
		return nil
	}
	return strings.Split(path, ".")
}
