package tables

import (
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/speaker"
	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

// writer makes lines of the elements.
type writer struct {
	*speech
	names    map[string]string // of speakers, by identifier
	unit     float64           // seconds that a number of a time column counts
	unvoiced bool              // the words begin with labels, which package transcript reads
	labels   map[string]int    // how many elements have each label
	voice    *content.Voice    // of the last element
	last     int64             // when the last element ended, in milliseconds
	out      []content.Line
}

const longestSilence = 60_000 // milliseconds within a turn

// lines are the words of the elements, each in its speaker's voice.
func (s *speech) lines() []content.Line {
	if s.words == nil {
		return nil
	}
	w := writer{speech: s, names: s.speakerNames(), unit: s.unit(), unvoiced: s.labelsInWords(), labels: map[string]int{}}
	for _, e := range s.elements {
		if e.kind == objectNode {
			w.element(e)
		}
	}
	w.unvoiceReference()
	return w.out
}

// element makes lines of an element. Elements with times are pieces of speech, so
// successive ones of a speaker are one turn; without times each is a turn.
func (w *writer) element(e *node) {
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

// times are when an element begins and ends, in milliseconds, where it says so.
func (w *writer) times(e *node) (start, end *int64) {
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

// unvoiceReference takes the voice off a last line that nobody says but that refers
// elsewhere: "See also: https://...".
func (w *writer) unvoiceReference() {
	last := len(w.out) - 1
	if last > 0 && w.labels[w.voice.Label] == 1 && w.out[last].Voice == w.voice && strings.Contains(w.out[last].Text, "://") {
		w.out[last].Voice = nil
	}
}

// time is the time at a path, in milliseconds; nil where there is none. Numbers without
// a colon count in the unit.
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
	if seconds > 7*24*3600 { // longer than a week, so a date
		return nil
	}
	ms := int64(seconds*1000 + .5)
	return &ms
}

// unit is how many seconds a number of the start column counts. People say two or
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
