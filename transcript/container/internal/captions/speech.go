package captions

import (
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/speaker"
)

// In milliseconds, of speakers whom the captions do not name.
const (
	longSilence = 4_000  // behind which another may speak even within a sentence
	longestTurn = 60_000 // of which the next sentence is another turn
)

// speech divides cues by who speaks.
type speech struct {
	cues   []cue
	labels map[string]bool // that name speakers
	dashes bool            // "- " begins another speaker's words
	arrows bool            // ">>" does
	each   bool            // every cue of a named speaker has the label; one without is somebody else's
	marked bool            // the file marks speakers at all

	out   []content.Line
	voice *content.Voice
	since int64 // when the voice began, in milliseconds
	end   int64 // of the last cue, in milliseconds
}

// newSpeech looks at all cues first, because a label is proven by coming again.
func newSpeech(cues []cue) *speech {
	s := &speech{cues: cues, labels: map[string]bool{}}
	for label, n := range s.countLabels() {
		s.labels[label] = isSpeaker(label, n)
	}
	labelled, again, last := 0, 0, ""
	for _, c := range cues {
		label, tagged := s.labelOf(c)
		s.each = s.each || tagged
		if label != "" {
			labelled++
		}
		if label != "" && label == last {
			again++
		}
		last = label
	}
	s.each = s.each || again*4 > labelled
	s.marked = s.dashes || s.arrows || labelled > 0
	return s
}

// countLabels counts what may be labels, and notes which marks change the speaker.
func (s *speech) countLabels() map[string]int {
	counts := map[string]int{}
	for _, c := range s.cues {
		for i, raw := range c.lines {
			line, dashed, arrows := cutSpeakerMark(plainText(raw))
			s.dashes = s.dashes || dashed && i > 0
			s.arrows = s.arrows || arrows
			if label, _ := speaker.CutLabel(line); label != "" {
				counts[label]++
			}
		}
	}
	return counts
}

// labelOf is the first label of a cue, or the name in its first voice tag.
func (s *speech) labelOf(c cue) (label string, tagged bool) {
	for _, raw := range c.lines {
		if tags := findVoices(raw); tags != nil {
			return raw[tags[0][2]:tags[0][3]], true
		}
		line, _, _ := cutSpeakerMark(plainText(raw))
		if label, _ := speaker.CutLabel(line); s.labels[label] {
			return label, false
		}
	}
	return "", false
}

// isSpeaker reports whether a label that comes n times names a speaker. One word in
// small letters must come three times, because "Remember: ..." may come twice.
func isSpeaker(label string, n int) bool {
	words := strings.Fields(label)
	switch {
	case strings.ToUpper(label) == label:
		return n > 1 || len(words) > 1
	case len(words) > 1:
		return n > 1 || strings.ContainsAny(label, "0123456789")
	}
	return n > 2
}

// cutSpeakerMark takes the mark of a change of speaker off a line: ">>" or a dash.
func cutSpeakerMark(line string) (rest string, dashed, arrows bool) {
	if rest, arrows = strings.CutPrefix(line, ">>"); arrows {
		return strings.TrimLeft(rest, "> "), false, true
	}
	for _, dash := range []string{"- ", "– ", "— "} {
		if rest, dashed = strings.CutPrefix(line, dash); dashed {
			return strings.TrimSpace(rest), true, false
		}
	}
	return line, false, false
}

// lines are the lines of all cues, with their voices.
func (s *speech) lines() []content.Line {
	for _, c := range s.cues {
		if s.voice != nil && s.pauses(c) {
			s.voice = nil
		}
		gap := c.start-s.end >= speaker.LongPause
		for _, raw := range c.lines {
			for _, part := range cutVoices(raw) {
				if part.voice != "" {
					s.speak(part.voice, c)
				}
				if s.say(part.text, c, gap) {
					gap = false
				}
			}
		}
		s.end = max(s.end, c.end)
	}
	return s.out
}

// pauses reports whether somebody else may speak from a cue on, although no mark says
// so: a cue lacks the label that every other has, or a silence is long.
func (s *speech) pauses(c cue) bool {
	if s.voice.Label != "" {
		label, _ := s.labelOf(c)
		return s.each && label == ""
	}
	if s.arrows || len(s.out) == 0 {
		return false
	}
	ended := strings.ContainsAny(lastByte(s.out[len(s.out)-1].Text), ".?!\"")
	return c.start-s.end >= longSilence || ended && (c.start-s.end >= speaker.LongPause || c.start-s.since >= longestTurn)
}

func lastByte(s string) string { return s[max(0, len(s)-1):] }

// speak changes the voice, unless that label speaks already.
func (s *speech) speak(label string, c cue) {
	if s.voice == nil || s.voice.Label != label || label == "" {
		s.voice, s.since = &content.Voice{Label: label}, c.start
	}
}

// say adds a line of a cue, and reports whether it has words. Sounds have no voice.
func (s *speech) say(text string, c cue, gap bool) bool {
	rest, dashed, arrows := cutSpeakerMark(plainText(text))
	if arrows || dashed && s.dashes {
		text = rest
		s.speak("", c)
	} else {
		text = plainText(text)
	}
	if label, words := speaker.CutLabel(text); s.labels[label] {
		s.speak(label, c)
		text = words
	}
	if text == "" {
		return false
	}
	start, end := c.start, c.end
	l := content.Line{Text: text, Gap: gap, StartMS: &start, EndMS: &end}
	if !isSound(text) {
		if s.voice == nil {
			s.speak("", c)
		}
		l.Voice = s.voice
	}
	s.out = append(s.out, l)
	return true
}

// isSound recognises descriptions of sounds, such as [Music] and (applause), and
// notes of music.
func isSound(text string) bool {
	if strings.Trim(text, "♪♫ ") == "" {
		return true
	}
	open, closing := text[0], text[len(text)-1]
	return (open == '[' && closing == ']' || open == '(' && closing == ')') && !strings.ContainsAny(text[1:], "[(")
}
