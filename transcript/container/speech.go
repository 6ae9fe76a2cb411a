package container

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Speech in data, be it JSON or the rows of a table, has columns: the words, who
// says them, when. Which is which their names tell, and their values where the
// names do not.

var (
	wordsNames = wordSet(`text content transcript words utterance sentence sentences body value speech message line caption
		punctuatedword word utf8 said quote dialogue paragraph paragraphs statement remarks elements segs alternatives
		transcription spokentext texttext contents`)

	speakerNames = wordSet(`speaker speakername speakerlabel speakerid speakertag name personname person who author by participant
		participantname user username displayname from actor sender talker voice member role channel label fullname deputy mp`)

	partyNames = wordSet(`party affiliation organization organisation company org employer group faction partyname house`)

	startNames = wordSet(`start starttime startms starts begin begintime beginms from offset startoffset ts timestamp time tstartms
		starttimems timein in startsec startseconds clock timecode tcin`)

	endNames = wordSet(`end endtime endms ends to endts endoffset tendms endtimems timeout out endsec endseconds stop tcout`)

	durationNames = wordSet(`duration dur ddurationms durationms length`)
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

const sampledElements = 200

// readSpeech judges the elements of an array.
func readSpeech(elements []*node) *speech {
	columns := map[string]*column{}
	var order []*column
	for _, e := range elements[:min(len(elements), sampledElements)] {
		if e.kind == objectNode {
			gatherColumns(e, nil, false, true, func(key string, make func() *column) *column {
				c := columns[key]
				if c == nil {
					c = make()
					columns[key] = c
					order = append(order, c)
				}
				return c
			})
		}
	}
	s := &speech{elements: elements}
	words := chooseColumn(order, wordsScore)
	if words == nil {
		return s
	}
	s.words = words.path
	rest := func(score func(*column) float64) func(*column) float64 {
		return func(c *column) float64 {
			if c == words || c.deep && !words.deep {
				return 0
			}
			return score(c)
		}
	}
	speaker := chooseColumn(order, rest(speakerScore))
	s.speaker = pathOf(speaker)
	s.party = pathOf(chooseColumn(order, rest(named(partyNames))))
	s.start = pathOf(chooseColumn(order, rest(timeScore(startNames, speaker))))
	s.end = pathOf(chooseColumn(order, rest(timeScore(endNames, speaker))))
	s.duration = pathOf(chooseColumn(order, rest(timeScore(durationNames, speaker))))
	average := float64(words.words) / float64(words.n)
	s.score = float64(words.words) * min(average, 20) / 20
	if len(elements) > sampledElements {
		s.score *= float64(len(elements)) / sampledElements
	}
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

// gatherColumns notes the values of an element under their paths.
func gatherColumns(n *node, path []string, deep, speaking bool, column_ func(string, func() *column) *column) {
	if len(path) > 4 {
		return
	}
	for _, child := range n.children {
		here := path
		talks := speaking
		if child.name != "" {
			here = append(path[:len(path):len(path)], child.name)
			talks = speaking && wordsNames[foldKey(child.name)]
		}
		switch child.kind {
		case objectNode:
			gatherColumns(child, here, deep, talks, column_)
		case arrayNode:
			gatherColumns(child, here, true, talks, column_)
		case textNode, numberNode:
			if len(here) == 0 {
				continue
			}
			c := column_(strings.Join(here, "\x00"), func() *column {
				return &column{path: here, key: foldKey(here[len(here)-1]), values: map[string]bool{}, deep: deep, speaking: talks}
			})
			c.note(child)
		}
	}
}

func (c *column) note(n *node) {
	c.n++
	c.bytes += len(n.text)
	if n.kind == numberNode {
		c.numbers++
	}
	words := len(strings.Fields(head(n.text, 2000)))
	c.words += words
	if words > 0 && words < 6 && startsUpper(n.text) {
		c.names++
	}
	if len(c.values) < sampledElements {
		c.values[head(n.text, 60)] = true
	}
}

func startsUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

func chooseColumn(columns []*column, score func(*column) float64) *column {
	var best *column
	bestScore := 0.0
	for _, c := range columns {
		if s := score(c); s > bestScore {
			best, bestScore = c, s
		}
	}
	return best
}

// wordsScore is high for columns in which much is said. A column that has no name
// for words must hold sentences.
func wordsScore(c *column) float64 {
	average := float64(c.words) / float64(c.n)
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
	average := float64(c.words) / float64(c.n)
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

// lines are the words of the elements, each in its speaker's voice. Elements that
// have times are pieces of speech, so those of one speaker in a row are one turn;
// others are turns of their own.
func (s *speech) lines() []Line {
	if s.words == nil {
		return nil
	}
	names := s.speakerNames()
	unit := s.unit()
	inWords := s.labelsInWords()
	var out []Line
	var voice *Voice
	labels := map[string]int{}
	last := int64(0)
	for _, e := range s.elements {
		if e.kind != objectNode {
			continue
		}
		v := s.voiceOf(e, names)
		labels[v.Label]++
		start := s.time(e, s.start, unit)
		end := s.time(e, s.end, unit)
		if end == nil && start != nil {
			if d := s.time(e, s.duration, unit); d != nil {
				sum := *start + *d
				end = &sum
			}
		}
		if start == nil || end != nil && *end < *start {
			end = nil
		}
		piece := voice != nil && start != nil && *voice == v && *start-last < longestTurn && (v.Label != "" || *start-last < longPause)
		if !piece {
			fresh := v
			voice = &fresh
		}
		gap := !piece
		for paragraph := range strings.SplitSeq(UnifyLines(wordsOf(e, s.words)), "\n") {
			if paragraph = strings.TrimSpace(paragraph); paragraph == "" {
				gap = true
				continue
			}
			l := Line{Text: paragraph, Gap: gap, StartMS: start, EndMS: end}
			if !inWords {
				l.Voice = voice
			}
			out = append(out, l)
			gap = true
		}
		if start != nil {
			last = *start
		}
		if end != nil {
			last = *end
		}
	}
	if len(out) > 1 && !inWords && labels[voice.Label] == 1 && out[len(out)-1].Voice == voice && strings.Contains(out[len(out)-1].Text, "://") {
		out[len(out)-1].Voice = nil // "See also: https://..."
	}
	return out
}

// labelsInWords reports whether the words begin with labels ("JANE ROE: ..."), so
// that they are read as a text is.
func (s *speech) labelsInWords() bool {
	if s.speaker != nil {
		return false
	}
	labelled := 0
	for _, e := range s.elements {
		if label, _ := cutCaptionLabel(wordsOf(e, s.words)); label != "" {
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
func (s *speech) voiceOf(e *node, names map[string]string) Voice {
	var v Voice
	if s.speaker != nil {
		v.Label = valueAt(e, s.speaker)
	}
	if name := names[v.Label]; name != "" {
		v.Label = name
	} else if v.Label != "" && (len(v.Label) == 1 || strings.Trim(v.Label, "0123456789") == "") {
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
		clean, _, _ := DropInvisible(n.text)
		return strings.Join(strings.Fields(clean), " ")
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
				names[id] = strings.Join(strings.Fields(name), " ")
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
