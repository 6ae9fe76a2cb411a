package tables

import (
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/recognition"
	"github.com/pullquote/pullquote/transcript/container/internal/speaker"
	"github.com/pullquote/pullquote/transcript/container/internal/text"
	"github.com/pullquote/pullquote/transcript/container/internal/tree"
	"github.com/pullquote/pullquote/transcript/container/internal/utterance"
)

// speech is an array in which people speak, with the paths from an element to its
// columns; nil for a column that it lacks.
type speech struct {
	elements []*tree.Node
	words    []string
	speaker  []string
	party    []string
	start    []string
	end      []string
	duration []string
	score    float64 // the number of words, more where speakers stand beside them

	other otherData // what the elements are, or may be, instead
	share float64   // of the words of the elements, those at the words' path
}

const deepestSpeech = 8 // levels of the tree at which arrays are looked for

// newSpeech finds the array with the best score. Of a table every column may have the words, of
// other data only one that is so named.
func newSpeech(root *tree.Node, isTable bool) *speech {
	best := &speech{}
	var look func(n *tree.Node, depth int)
	look = func(n *tree.Node, depth int) {
		if n.Kind == tree.Array {
			s := readSpeech(n.Children)
			if s.other == questions {
				best.other = questions
				return // and what is nested in them, such as what was asked before, is none either
			}
			if s.score > best.score && s.isSpeech(isTable, depth) {
				best = s
			}
		}
		if depth < deepestSpeech {
			for _, child := range n.Children {
				if child.Kind >= tree.Object {
					look(child, depth+1)
				}
			}
		}
	}
	look(root, 0)
	if best.score == 0 && root.Kind == tree.Object { // whose words are all in one text
		if s := readSpeech([]*tree.Node{root}); s.isText() {
			s.speaker, best = nil, s
		}
	}
	return best
}

// key is the folded name of the words' column.
func (s *speech) key() string { return recognition.FoldKey(s.words[len(s.words)-1]) }

// isSpeech reports whether elements at a depth of the file are known to be speech, and no other
// data: beside words that are so named they say who speaks or when, or begin with labels.
func (s *speech) isSpeech(isTable bool, depth int) bool {
	switch {
	case s.words == nil:
		return false
	case !wordsNames[s.key()]:
		return s.speaker != nil && (isTable || s.start != nil)
	}
	return s.speaker != nil || s.start != nil || strictNames[s.key()] && depth <= shallow && !s.mayBeDocument() || s.labelsInWords()
}

// shallow is how deep in a file words may stand that nothing but their name shows to be speech.
const shallow = 1

// readSpeech finds the columns of an array's elements.
func readSpeech(elements []*tree.Node) *speech {
	s := &speech{elements: elements}
	columns := readColumns(elements)
	words := columns.choose(wordsScore)
	if s.other = columns.otherData(); words == nil || s.other == questions || columns.choose(named(foreignNames)) != nil {
		return s
	}
	others := func(score func(*column) float64) *column {
		return columns.choose(func(c *column) float64 {
			if c == words || c.deep && !words.deep {
				return 0
			}
			return score(c)
		})
	}
	speaker := others(speakerScore)
	s.words = words.path
	s.party = pathOf(others(partyScore))
	s.start = pathOf(others(timeScore(startNames, speaker, false)))
	if s.start == nil {
		s.start = pathOf(others(timeScore(startNames, speaker, true)))
	}
	s.end = pathOf(others(timeScore(endNames, speaker, false)))
	if s.start == nil && speaker.isClass() {
		speaker = nil
	}
	s.speaker = pathOf(speaker)
	s.duration = pathOf(others(timeScore(durationNames, speaker, false)))
	s.share = float64(words.words) / float64(max(1, columns.words()))
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
// labels ("JANE ROE: ..."), or in one text a tenth of its lines, so that they are read as a
// text is.
func (s *speech) labelsInWords() bool {
	if s.speaker != nil {
		return false
	}
	if len(s.elements) == 1 {
		labelled, lines := countLabels(strings.Split(head(wordsOf(s.elements[0], s.words), longestHead), "\n"))
		return labelled > 0 && labelled*10 >= lines
	}
	words := make([]string, len(s.elements))
	for i, e := range s.elements {
		words[i] = wordsOf(e, s.words)
	}
	labelled, _ := countLabels(words)
	return labelled*4 > len(s.elements)
}

const longestHead = 1 << 16 // bytes of a text in which labels are looked for

// countLabels counts the texts that begin with labels, and those that have words.
func countLabels(texts []string) (labelled, all int) {
	for _, t := range texts {
		t = strings.TrimSpace(t)
		if label, _ := speaker.CutLabel(t); label != "" {
			labelled++
		}
		if t != "" {
			all++
		}
	}
	return labelled, all
}

// warnings say what the data do not tell.
func (s *speech) warnings() []string {
	if s.words == nil || s.speaker != nil || s.labelsInWords() {
		return nil
	}
	return []string{unsaid}
}

const unsaid = "the file does not say who speaks"

// voiceOf is who speaks an element.
func (s *speech) voiceOf(e *tree.Node) *content.Voice {
	v := &content.Voice{}
	if s.speaker != nil {
		v.Label = strings.TrimSpace(strings.TrimRight(valueAt(e, s.speaker), ": \u00a0"))
	}
	if s.party != nil {
		v.Affiliation = valueAt(e, s.party)
	}
	return v
}

// wordsOf joins the words at a path; where an array is on it, those of each of its
// elements.
func wordsOf(n *tree.Node, path []string) string {
	if n.Kind == tree.Array {
		var parts []string
		for _, child := range n.Children {
			if words := wordsOf(child, path); words != "" {
				parts = append(parts, words)
			}
		}
		return utterance.Join(parts)
	}
	if len(path) == 0 {
		return n.Text
	}
	if child := n.Field(path[0]); child != nil {
		return wordsOf(child, path[1:])
	}
	return ""
}

// valueAt is the text or number at a path, on one line; empty where there is none.
func valueAt(e *tree.Node, path []string) string {
	if n := e.At(path...); n != nil && n.Kind < tree.Object {
		clean, _, _ := text.DropInvisible(n.Text)
		return text.OneLine(clean)
	}
	return ""
}
