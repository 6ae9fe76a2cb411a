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

// captionSpeech divides cues by who speaks.
type captionSpeech struct {
	cues   []cue
	labels map[string]bool // that stand for speakers
	dashes bool            // "- " begins another's words
	arrows bool            // ">>" does
	each   bool            // every cue of a speaker has the label, so that one without is somebody else's
	marked bool            // the file marks speakers at all

	out   []content.Line
	voice *content.Voice
	since int64 // when the voice began
	end   int64 // of the last cue
}

// newCaptionSpeech looks at all cues, because a label proves itself by coming
// again.
func newCaptionSpeech(cues []cue) *captionSpeech {
	s := &captionSpeech{cues: cues, labels: map[string]bool{}}
	counts := map[string]int{}
	for _, c := range cues {
		for i, raw := range c.lines {
			line, dashed, arrows := cutSpeakerMark(captionWords(raw))
			s.dashes = s.dashes || dashed && i > 0
			s.arrows = s.arrows || arrows
			if label, _ := speaker.CutLabel(line); label != "" {
				counts[label]++
			}
		}
	}
	for label, n := range counts {
		s.labels[label] = isCaptionSpeaker(label, n)
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

// labelOf is the first label of a cue, or the name in its first voice tag.
func (s *captionSpeech) labelOf(c cue) (label string, tagged bool) {
	for _, raw := range c.lines {
		if tags := findVoices(raw); tags != nil {
			return raw[tags[0][2]:tags[0][3]], true
		}
		line, _, _ := cutSpeakerMark(captionWords(raw))
		if label, _ := speaker.CutLabel(line); s.labels[label] {
			return label, false
		}
	}
	return "", false
}

// isCaptionSpeaker reports whether a label that comes n times names a speaker:
// one word in small letters must come more often than "Remember: ..." would.
func isCaptionSpeaker(label string, n int) bool {
	words := strings.Fields(label)
	switch {
	case strings.ToUpper(label) == label:
		return n > 1 || len(words) > 1
	case len(words) > 1:
		return n > 1 || strings.ContainsAny(label, "0123456789")
	}
	return n > 2
}

// cutSpeakerMark takes ">>" or "- " off a line.
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

// lines gives every cue's words their voice.
func (s *captionSpeech) lines() []content.Line {
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

// pauses reports whether somebody else may speak from a cue on, for all that the
// file says.
func (s *captionSpeech) pauses(c cue) bool {
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

// speak changes the voice, unless it is the one that speaks already.
func (s *captionSpeech) speak(label string, c cue) {
	if s.voice == nil || s.voice.Label != label || label == "" {
		s.voice, s.since = &content.Voice{Label: label}, c.start
	}
}

// say adds words of a cue; nobody speaks what stands in brackets alone, or music.
func (s *captionSpeech) say(text string, c cue, gap bool) bool {
	rest, dashed, arrows := cutSpeakerMark(captionWords(text))
	if arrows || dashed && s.dashes {
		text = rest
		s.speak("", c)
	} else {
		text = captionWords(text)
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

// isSound recognises [Music], (applause) and notes of music.
func isSound(text string) bool {
	if strings.Trim(text, "♪♫ ") == "" {
		return true
	}
	open, closing := text[0], text[len(text)-1]
	return (open == '[' && closing == ']' || open == '(' && closing == ')') && !strings.ContainsAny(text[1:], "[(")
}
