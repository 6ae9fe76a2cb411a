package tables

import (
	"fmt"
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/speaker"
	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

// speech is an array in which people speak, with the paths from an element to its
// columns; nil for a column that it lacks.
type speech struct {
	root     *node // of the file
	elements []*node
	words    []string
	speaker  []string
	party    []string
	start    []string
	end      []string
	duration []string
	score    float64 // the number of words, more where speakers stand beside them
}

const deepestSpeech = 8 // levels of the tree at which arrays are looked for

// newSpeech finds the array with the best score.
func newSpeech(root *node) *speech {
	best := &speech{}
	var look func(n *node, depth int)
	look = func(n *node, depth int) {
		if n.kind == arrayNode {
			if s := readSpeech(n.children); s.score > best.score {
				best = s
			}
		}
		if depth < deepestSpeech {
			for _, child := range n.children {
				if child.kind >= objectNode {
					look(child, depth+1)
				}
			}
		}
	}
	look(root, 0)
	if best.score == 0 && root.kind == objectNode { // whose words are all in one text
		best = readSpeech([]*node{root})
	}
	best.root = root
	return best
}

// readSpeech finds the columns of an array's elements.
func readSpeech(elements []*node) *speech {
	s := &speech{elements: elements}
	columns := readColumns(elements)
	words := columns.choose(wordsScore)
	if words == nil {
		return s
	}
	beside := func(score func(*column) float64) *column {
		return columns.choose(func(c *column) float64 {
			if c == words || c.deep && !words.deep {
				return 0
			}
			return score(c)
		})
	}
	speaker := beside(speakerScore)
	s.words, s.speaker = words.path, pathOf(speaker)
	s.party = pathOf(beside(named(partyNames)))
	s.start = pathOf(beside(timeScore(startNames, speaker)))
	s.end = pathOf(beside(timeScore(endNames, speaker)))
	s.duration = pathOf(beside(timeScore(durationNames, speaker)))
	s.score = words.weight() * max(1, float64(len(elements))/sampledElements)
	if speaker != nil {
		s.score *= 4
	}
	return s
}

func pathOf(c *column) []string {
	if c == nil {
		return nil
	}
	return c.path
}

// labelsInWords reports whether the words of a quarter of the elements begin with
// labels ("JANE ROE: ..."), so that they are read as a text is.
func (s *speech) labelsInWords() bool {
	if s.speaker != nil {
		return false
	}
	labelled := 0
	for _, e := range s.elements {
		if label, _ := speaker.CutLabel(wordsOf(e, s.words)); label != "" {
			labelled++
		}
	}
	return labelled*4 > len(s.elements)
}

// warnings say what the data do not tell.
func (s *speech) warnings() []string {
	if s.words == nil || s.speaker != nil || s.labelsInWords() {
		return nil
	}
	return []string{"the file does not say who speaks"}
}

// voiceOf is who speaks an element, where names has the names of numbered speakers.
func (s *speech) voiceOf(e *node, names map[string]string) content.Voice {
	var v content.Voice
	if s.speaker != nil {
		v.Label = valueAt(e, s.speaker)
	}
	if name := names[v.Label]; name != "" {
		v.Label = name
	} else if len(v.Label) == 1 || text.IsNumber(v.Label) {
		v.Label = fmt.Sprintf("Speaker %s", v.Label)
	}
	v.Label = strings.TrimSpace(strings.TrimRight(v.Label, ": \u00a0"))
	if s.party != nil {
		v.Affiliation = valueAt(e, s.party)
	}
	return v
}

// speakerNames are the names of speakers whom elements know by an identifier. They
// stand in an array of objects, each with identifier and name.
func (s *speech) speakerNames() map[string]string {
	names := map[string]string{}
	if s.speaker == nil || s.root == nil {
		return names
	}
	for _, list := range s.root.children {
		key := foldKey(list.name)
		if list.kind != arrayNode || !strings.Contains(key, "speaker") && !strings.Contains(key, "participant") {
			continue
		}
		for _, person := range list.children {
			if id, name := identity(person); id != "" && name != "" && id != name {
				names[id] = text.OneLine(name)
			}
		}
	}
	return names
}

// identity is the identifier and the name of a person; empty where there is none.
func identity(person *node) (id, name string) {
	for _, f := range person.children {
		switch key := foldKey(f.name); {
		case key == "id" || key == "speakerid" || key == "speaker":
			id = f.text
		case strings.HasSuffix(key, "name") || key == "label":
			name = f.text
		}
	}
	return id, name
}
