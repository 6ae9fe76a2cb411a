// Package tables opens data in which people speak: JSON, NDJSON, CSV and TSV.
//
// Such data are an array of elements (objects, or the rows of a table), and have
// columns: the words, who says them, when. Every program names its columns
// otherwise, so which is which is told by their names, and by their values where
// the names do not tell.
package tables

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/speaker"
	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

// speech is an array in which people speak, with the paths from each element to
// what is known of it.
type speech struct {
	root     *node
	elements []*node
	words    []string
	speaker  []string
	party    []string
	start    []string
	end      []string
	duration []string
	score    float64
}

// newSpeech finds the array in which most is said, and best told by whom.
func newSpeech(root *node) *speech {
	best := &speech{}
	var look func(n *node, depth int)
	look = func(n *node, depth int) {
		if n.kind == arrayNode {
			if s := readSpeech(n.children); s.score > best.score {
				best = s
			}
		}
		if depth < 8 {
			for _, child := range n.children {
				if child.kind >= objectNode {
					look(child, depth+1)
				}
			}
		}
	}
	look(root, 0)
	if best.score == 0 && root.kind == objectNode { // all in one element
		best = readSpeech([]*node{root})
	}
	best.root = root
	return best
}

// readSpeech judges the elements of an array.
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

// lines are the words of the elements, each in its speaker's voice.
func (s *speech) lines() []content.Line {
	if s.words == nil {
		return nil
	}
	w := speechWriter{speech: s, names: s.speakerNames(), unit: s.unit(), unvoiced: s.labelsInWords(), labels: map[string]int{}}
	for _, e := range s.elements {
		if e.kind == objectNode {
			w.element(e)
		}
	}
	w.unvoiceReference()
	return w.out
}

// speechWriter makes lines of elements.
type speechWriter struct {
	*speech
	names    map[string]string // of speakers, by number
	unit     float64           // seconds that the numbers of times count
	unvoiced bool              // the words themselves say whose they are
	labels   map[string]int    // how many elements have each
	voice    *content.Voice    // of the last element
	last     int64             // when it ended
	out      []content.Line
}

const longestSilence = 60_000 // milliseconds within a turn

// element takes the words of one. Elements that have times are pieces of speech,
// so those of one speaker in a row are one turn; others are turns of their own.
func (w *speechWriter) element(e *node) {
	voice := w.voiceOf(e, w.names)
	w.labels[voice.Label]++
	start, end := w.times(e)
	goesOn := w.voice != nil && start != nil && *w.voice == voice && *start-w.last < longestSilence &&
		(voice.Label != "" || *start-w.last < speaker.LongPause)
	if !goesOn {
		w.voice = &voice
	}
	gap := !goesOn
	for paragraph := range strings.SplitSeq(text.UnifyLines(wordsOf(e, w.words)), "\n") {
		if paragraph = strings.TrimSpace(paragraph); paragraph != "" {
			l := content.Line{Text: paragraph, Gap: gap, Voice: w.voice, StartMS: start, EndMS: end}
			if w.unvoiced {
				l.Voice = nil
			}
			w.out = append(w.out, l)
		}
		gap = true
	}
	for _, t := range []*int64{start, end} {
		if t != nil {
			w.last = *t
		}
	}
}

// times are when an element begins and ends, where it says so.
func (w *speechWriter) times(e *node) (start, end *int64) {
	start, end = w.time(e, w.start, w.unit), w.time(e, w.end, w.unit)
	if start == nil {
		return nil, nil
	}
	if duration := w.time(e, w.duration, w.unit); end == nil && duration != nil {
		sum := *start + *duration
		end = &sum
	}
	if end != nil && *end < *start {
		end = nil
	}
	return start, end
}

// unvoiceReference takes the voice off a last line that nobody says but that
// leads elsewhere: "See also: https://...".
func (w *speechWriter) unvoiceReference() {
	last := len(w.out) - 1
	if last > 0 && w.labels[w.voice.Label] == 1 && w.out[last].Voice == w.voice && strings.Contains(w.out[last].Text, "://") {
		w.out[last].Voice = nil
	}
}

// labelsInWords reports whether the words begin with labels ("JANE ROE: ..."), so
// that they are read as a text is.
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

// warnings say what the data leave open.
func (s *speech) warnings() []string {
	if s.words == nil || s.speaker != nil || s.labelsInWords() {
		return nil
	}
	return []string{"the file does not say who speaks"}
}

// wordsOf joins the words at a path, those of each element of an array on it.
func wordsOf(n *node, path []string) string {
	if len(path) == 0 {
		if n.kind == arrayNode {
			parts := make([]string, len(n.children))
			for i, child := range n.children {
				parts[i] = wordsOf(child, nil)
			}
			return joinWords(parts)
		}
		return n.text
	}
	if n.kind == arrayNode {
		var parts []string
		for _, child := range n.children {
			if text := wordsOf(child, path); text != "" {
				parts = append(parts, text)
			}
		}
		return joinWords(parts)
	}
	if child := n.field(path[0]); child != nil {
		return wordsOf(child, path[1:])
	}
	return ""
}

// joinWords puts a blank between pieces, unless they bring their own.
func joinWords(parts []string) string {
	blanks, alone := 0, false
	for _, p := range parts {
		trimmed := strings.TrimSpace(p)
		if p != trimmed {
			blanks++
		}
		alone = alone || trimmed == ""
	}
	if alone || blanks*3 > len(parts) {
		return strings.Join(parts, "")
	}
	var b strings.Builder
	for i, p := range parts {
		first, _ := utf8.DecodeRuneInString(p)
		if i > 0 && !strings.ContainsRune(".,;:!?)”’…", first) {
			b.WriteByte(' ')
		}
		b.WriteString(p)
	}
	return b.String()
}

// voiceOf is who speaks an element.
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

func valueAt(e *node, path []string) string {
	if n := e.at(path); n != nil && n.kind < objectNode {
		clean, _, _ := text.DropInvisible(n.text)
		return text.OneLine(clean)
	}
	return ""
}

// speakerNames are the names of speakers that elements know by a number: those
// of an array of objects with id and name.
func (s *speech) speakerNames() map[string]string {
	names := map[string]string{}
	if s.speaker == nil || s.root == nil {
		return names
	}
	for _, list := range s.root.children {
		if list.kind != arrayNode || !strings.Contains(foldKey(list.name), "speaker") && !strings.Contains(foldKey(list.name), "participant") {
			continue
		}
		for _, person := range list.children {
			id, name := "", ""
			for _, f := range person.children {
				switch key := foldKey(f.name); {
				case key == "id" || key == "speakerid" || key == "speaker":
					id = f.text
				case strings.HasSuffix(key, "name") || key == "label":
					name = f.text
				}
			}
			if id != "" && name != "" && id != name {
				names[id] = text.OneLine(name)
			}
		}
	}
	return names
}

func (s *speech) time(e *node, path []string, unit float64) *int64 {
	n := e.at(path)
	if path == nil || n == nil || n.kind >= objectNode {
		return nil
	}
	seconds, ok := readTime(n.text)
	if !ok {
		return nil
	}
	if !strings.Contains(n.text, ":") {
		seconds *= unit
	}
	if seconds > 7*24*3600 { // the time of day, in a calendar
		return nil
	}
	ms := int64(seconds*1000 + .5)
	return &ms
}

// unit is how many seconds the numbers of the times count: people say two or
// three words in a second, which tells seconds from milliseconds.
func (s *speech) unit() float64 {
	if s.start == nil {
		return 1
	}
	words, latest := 0, 0.0
	for _, e := range s.elements {
		n := e.at(s.start)
		if n == nil || n.kind >= objectNode {
			continue
		}
		if t, ok := readTime(n.text); ok && !strings.Contains(n.text, ":") {
			latest = max(latest, t)
		}
		words += len(strings.Fields(wordsOf(e, s.words)))
	}
	if key := foldKey(s.start[len(s.start)-1]); strings.HasSuffix(key, "ms") || latest > 100*float64(words) {
		return .001
	}
	return 1
}
