package tables

import (
	"strconv"
	"strings"

	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

var (
	wordsNames = text.WordSet(`text content transcript words utterance sentence sentences body value speech message line caption
		punctuatedword word utf8 said quote dialogue paragraph paragraphs statement remarks elements segs alternatives
		transcription spokentext texttext contents`)

	speakerNames = text.WordSet(`speaker speakername speakerlabel speakerid speakertag name personname person who author by participant
		participantname user username displayname from actor sender talker voice member role channel label fullname deputy mp`)

	partyNames = text.WordSet(`party affiliation organization organisation company org employer group faction partyname house`)

	startNames = text.WordSet(`start starttime startms starts begin begintime beginms from offset startoffset ts timestamp time tstartms
		starttimems timein in startsec startseconds clock timecode tcin`)

	endNames = text.WordSet(`end endtime endms ends to endts endoffset tendms endtimems timeout out endsec endseconds stop tcout`)

	durationNames = text.WordSet(`duration dur ddurationms durationms length`)
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

// wordsScore is high for columns in which much is said. A column that has no name
// for words must hold sentences.
func wordsScore(c *column) float64 {
	average := c.average()
	switch {
	case c.numbers > 0 || speakerNames[c.key] && average < 8 || strings.HasSuffix(c.key, "url") || strings.HasSuffix(c.key, "id"):
		return 0
	case c.speaking && !c.deep:
		return 3 * float64(c.words)
	case c.speaking:
		return 2 * float64(c.words)
	case average >= 4 && !c.deep && len(c.values)*2 > min(c.n, sampledElements):
		return float64(c.words)
	}
	return 0
}

// speakerScore is high for columns with short values that come again, under a
// name for speakers; under another they must look like people's names.
func speakerScore(c *column) float64 {
	average := c.average()
	if average > 6 || c.bytes > 60*c.n || startNames[c.key] && c.numbers == c.n {
		return 0
	}
	score := 0.0
	switch {
	case speakerNames[c.key]:
		score = 5
		if strings.HasPrefix(c.key, "speaker") || strings.Contains(c.key, "name") || len(c.path) > 1 && strings.HasPrefix(foldKey(c.path[0]), "speaker") {
			score = 8
		}
		if c.key == "role" || c.key == "channel" || c.key == "label" {
			score = 2
		}
	case c.numbers == 0 && c.n > 3 && c.names*10 > c.n*8 && average > 1 && len(c.values) > 1 && len(c.values)*2 <= c.n:
		score = 1
	}
	if c.numbers > 0 {
		score /= 2
	}
	return score
}

func named(names map[string]bool) func(*column) float64 {
	return func(c *column) float64 {
		if names[c.key] && c.numbers == 0 {
			return 1
		}
		return 0
	}
}

// timeScore accepts columns of this name whose values are times.
func timeScore(names map[string]bool, speaker *column) func(*column) float64 {
	return func(c *column) float64 {
		if !names[c.key] || c == speaker {
			return 0
		}
		for value := range c.values {
			if _, ok := readTime(value); !ok {
				return 0
			}
		}
		return 1 / float64(len(c.path))
	}
}

// readTime reads 12.5, "12.5s" and "1:02:03.5" as seconds.
func readTime(s string) (float64, bool) {
	parts := strings.Split(strings.TrimSuffix(strings.Replace(strings.TrimSpace(s), ",", ".", 1), "s"), ":")
	if len(parts) > 4 {
		return 0, false
	}
	total := 0.0
	for _, part := range parts[:min(len(parts), 3)] {
		v, err := strconv.ParseFloat(strings.TrimSpace(part), 64)
		if err != nil || v < 0 || v > 1e13 {
			return 0, false
		}
		total = total*60 + v
	}
	return total, true
}

// head is the start of a text, up to n bytes.
func head(s string, n int) string { return s[:min(len(s), n)] }
