package tables

import (
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/speaker"
	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

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
