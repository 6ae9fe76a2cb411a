package captions

import (
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/speaker"
	"github.com/pullquote/pullquote/transcript/container/internal/utterance"
)

// speech divides cues by who speaks.
type speech struct {
	cues     []cue
	parts    [][]part // of each cue
	labelled labelled
	dashes   bool // "- " begins another speaker's words
	arrows   bool // ">>" does
	each     bool // every cue of a named speaker has the label; one without is somebody else's
	marked   bool // the file marks speakers at all

	out   []utterance.Utterance
	voice *content.Voice
	fresh bool // the next words are another turn
}

// newSpeech looks at all cues first, because a label is proven by all of them.
func newSpeech(cues []cue) *speech {
	s := &speech{cues: cues, parts: make([][]part, len(cues)), voice: &content.Voice{}}
	v := newVoices(cues)
	for i, c := range cues {
		s.parts[i] = v.parts(c)
		cues[i].lines = nil // which the parts have
	}
	s.labelled = newLabelled(s.parts)
	named, again, last := 0, 0, ""
	for _, parts := range s.parts {
		s.noteMarks(parts)
		label, tagged := s.labelOf(parts)
		s.each = s.each || tagged
		s.marked = s.marked || len(parts) > 0 && parts[0].other
		if label != "" {
			named++
		}
		if label != "" && label == last {
			again++
		}
		last = label
	}
	s.each = s.each || again*4 > named
	s.marked = s.marked || s.dashes || s.arrows || named > 0
	return s
}

// noteMarks notes which marks change the speaker. Where there are labels, a dash does so only
// before one, and is else an aside.
func (s *speech) noteMarks(parts []part) {
	for i, p := range parts {
		line, dashed, arrows := cutSpeakerMark(p.text)
		if label, _, _ := s.labelled.cut(line, i == 0); dashed && !p.tagged {
			s.dashes = s.dashes || label != "" || i > 0 && !s.labelled.proven
		}
		s.arrows = s.arrows || arrows
	}
}

// labelOf is the first label of a cue, or the name of its first voice.
func (s *speech) labelOf(parts []part) (label string, tagged bool) {
	for i, p := range parts {
		if p.tagged && p.voice != "" {
			return p.voice, true
		}
		line, _, _ := cutSpeakerMark(p.text)
		if label, _, _ := s.labelled.cut(line, i == 0); label != "" && !p.tagged {
			return label, false
		}
	}
	return "", false
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
	s.out = make([]utterance.Utterance, 0, len(s.cues))
	for i, c := range s.cues {
		if label, _ := s.labelOf(s.parts[i]); s.voice.Label != "" && s.each && label == "" {
			s.speak("", "")
		}
		tagged := false
		for k, p := range s.parts[i] {
			if p.tagged {
				tagged = true
				s.speak(p.voice, "")
				s.fresh = s.fresh || p.other
			}
			s.sayAll(p, c, tagged, k == 0)
		}
	}
	s.nameAccounts()
	if !s.arrows {
		utterance.Divide(s.out)
	}
	return utterance.Lines(s.out)
}

// speak changes the voice, unless that label speaks already.
func (s *speech) speak(label, doubt string) {
	if s.voice.Label != label {
		s.voice = &content.Voice{Label: label, Doubt: doubt}
	}
}

// sayAll adds words of a cue, in which somebody else's label may stand.
func (s *speech) sayAll(p part, c cue, tagged, first bool) {
	if tagged {
		s.say(p, c, tagged, first)
		return
	}
	for i, line := range s.labelled.divide(p.text) {
		at := strings.Index(p.text, line)
		s.say(part{text: line, times: p.times.behind(at)}, c, tagged, first && i == 0)
		p.text, p.times = p.text[at+len(line):], p.times.behind(at+len(line))
	}
}

// say adds words of a cue. Sounds have no voice, and words in a voice of their own no label.
func (s *speech) say(p part, c cue, tagged, first bool) {
	text := p.text
	if rest, dashed, arrows := cutSpeakerMark(text); arrows || dashed && s.dashes {
		text, s.fresh = rest, true
		if !tagged {
			s.speak("", "")
		}
	}
	if label, words, doubt := s.labelled.cut(text, first); label != "" && !tagged {
		s.speak(label, doubt)
		text = words
	}
	if text == "" {
		return
	}
	u := utterance.Utterance{Text: text, Start: &c.start, End: &c.end}
	if at := len(p.text) - len(text); strings.HasSuffix(p.text, text) { // without its mark and its label
		u.Words = p.times.behind(at).of(len(text))
	}
	if len(u.Words) > 0 {
		u.Start, u.End = &u.Words[0].StartMS, &u.Words[len(u.Words)-1].EndMS
	}
	u.Voice = s.voice
	if u.Outside = utterance.IsUnspoken(text); !u.Outside {
		u.New, s.fresh = s.fresh && s.voice.Label == "", false
	}
	s.out = append(s.out, u)
}

// nameAccounts gives the voices the names and affiliations that their labels tell.
func (s *speech) nameAccounts() {
	var labels []string
	seen := map[string]bool{}
	for _, u := range s.out {
		if label := u.Voice.Label; label != "" && !seen[label] {
			seen[label] = true
			labels = append(labels, label)
		}
	}
	accounts := speaker.Accounts(labels)
	for i := range s.out {
		voice := s.out[i].Voice
		account := accounts[voice.Label]
		voice.Name, voice.Affiliation, voice.Anonymous = account.Name, account.Affiliation, speaker.IsAnonymous(voice.Label)
	}
}
