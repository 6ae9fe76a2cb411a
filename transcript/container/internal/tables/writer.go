package tables

import (
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/clock"
	"github.com/pullquote/pullquote/transcript/container/internal/speaker"
	"github.com/pullquote/pullquote/transcript/container/internal/tree"
	"github.com/pullquote/pullquote/transcript/container/internal/utterance"
)

// lines are the words of the elements, each in its speaker's voice; where labels stand in the
// words, in none.
func (s *speech) lines(names map[string]string) []content.Line {
	if s.words == nil {
		return nil
	}
	lines := voicedLines(s.utterances(), names)
	if s.labelsInWords() {
		unvoice(lines)
	}
	return lines
}

// recognisedLines are the lines of what a recogniser writes; in no voice, where it writes who speaks into
// the words.
func recognisedLines(utterances []utterance.Utterance, names map[string]string) []content.Line {
	words := make([]string, len(utterances))
	named := false
	for i, u := range utterances {
		words[i], named = u.Text, named || u.Voice.Label != ""
	}
	lines := voicedLines(utterances, names)
	if labelled, all := countLabels(words); !named && labelled*4 > all {
		unvoice(lines)
	}
	return lines
}

// unvoice takes the voices off lines whose words begin with labels, which package transcript
// reads.
func unvoice(lines []content.Line) {
	for i := range lines {
		lines[i].Voice = nil
	}
}

// voicedLines are the lines of utterances whose labels may be identifiers with names.
func voicedLines(utterances []utterance.Utterance, names map[string]string) []content.Line {
	used := map[string]bool{}
	for i := range utterances {
		voice := utterances[i].Voice
		if name := names[voice.Label]; name != "" {
			voice.Label = name
		} else {
			voice.Label = speaker.LabelOf(voice.Label)
		}
		used[voice.Label] = true
	}
	lettered := speaker.AreLetters(used)
	for i := range utterances {
		voice := utterances[i].Voice
		voice.Anonymous = speaker.IsAnonymous(voice.Label) || lettered && len(voice.Label) == 1
	}
	unvoiceReference(utterances)
	utterance.Divide(utterances)
	return utterance.Lines(utterances)
}

// utterances are the elements with words. Elements with times are pieces of speech, so successive
// ones of a speaker are one turn; without times each is a turn.
func (s *speech) utterances() []utterance.Utterance {
	unit := s.unit()
	var all []utterance.Utterance
	for _, e := range s.elements {
		if e.Kind != tree.Object {
			continue
		}
		words := wordsOf(e, s.words)
		if strings.TrimSpace(words) == "" {
			continue
		}
		u := utterance.Utterance{Voice: s.voiceOf(e), Text: words, Outside: utterance.IsUnspoken(words)}
		u.Start, u.End = s.times(e, unit)
		u.New = u.Start == nil
		all = append(all, u)
	}
	return all
}

// unvoiceReference takes the voice off a last utterance that nobody else has but that refers
// elsewhere: "See also: https://...".
func unvoiceReference(utterances []utterance.Utterance) {
	last := len(utterances) - 1
	if last < 1 || !strings.Contains(utterances[last].Text, "://") {
		return
	}
	for _, u := range utterances[:last] {
		if u.Voice.Label == utterances[last].Voice.Label {
			return
		}
	}
	utterances[last].Outside = true
}

// times are when an element begins and ends, in milliseconds, where it says so.
func (s *speech) times(e *tree.Node, unit float64) (start, end *int64) {
	if n := e.At(s.start...); s.start != nil && n != nil && n.Kind < tree.Object {
		if from, to, span := clock.ReadSpan(n.Text); span {
			return milliseconds(from, 1), milliseconds(to, 1)
		}
	}
	start, end = s.time(e, s.start, unit), s.time(e, s.end, unit)
	if duration := s.time(e, s.duration, unit); start != nil && end == nil && duration != nil {
		sum := *start + *duration
		end = &sum
	}
	return start, end
}

// time is the time at a path, in milliseconds; nil where there is none. Numbers count in the
// unit, unless the column's name says another.
func (s *speech) time(e *tree.Node, path []string, unit float64) *int64 {
	n := e.At(path...)
	if path == nil || n == nil || n.Kind >= tree.Object {
		return nil
	}
	t, ok := clock.Read(n.Text)
	if !ok {
		return nil
	}
	if own := unitOfPath(path); own > 0 {
		unit = own
	}
	return milliseconds(t, unit)
}

// milliseconds of a time whose bare number counts so many seconds; nil if they are longer than a
// week, so a date.
func milliseconds(t clock.Time, unit float64) *int64 {
	seconds := t.Count
	if t.Bare {
		seconds *= unit
	}
	if seconds > 7*24*3600 {
		return nil
	}
	ms := int64(seconds*1000 + .5)
	return &ms
}
