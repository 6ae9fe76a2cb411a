// Package utterance makes lines of what people say in pieces: cues of captions, segments of
// speech recognisers, rows of tables. Successive pieces of one voice are a turn. Where nobody
// is named, a turn is as long as a paragraph and ends where the speech pauses, so that the
// words of two are seldom taken for one's, and each turn has a time of its own.
package utterance

import (
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/speaker"
	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

// Utterance is a piece of speech.
type Utterance struct {
	Voice   *content.Voice // whose words they are; equal ones are one person's
	Text    string         // lines are paragraphs
	Start   *int64         // milliseconds; nil where the file has no times
	End     *int64
	Words   []content.Cue // when each word was said, by bytes of Text, where the file tells
	New     bool          // begins a turn, although the voice may be that of the one before
	Outside bool          // nobody's words: a sound, a notice
}

// longestSilence is, in milliseconds, the longest within a turn.
const longestSilence = 60_000

// Lines are the words of utterances, each in its voice.
func Lines(utterances []Utterance) []content.Line {
	w := writer{out: make([]content.Line, 0, len(utterances))}
	for _, u := range utterances {
		w.write(u)
	}
	return w.out
}

type writer struct {
	voice *content.Voice // of the open turn
	last  *int64         // when the last utterance ended
	out   []content.Line
}

// write adds an utterance.
func (w *writer) write(u Utterance) {
	if u.End != nil && (u.Start == nil || *u.End < *u.Start) {
		u.End = nil
	}
	pause := pauseBetween(w.last, u.Start)
	goesOn := w.voice != nil && !u.New && !u.Outside && *w.voice == *u.Voice && pause < longestSilence
	gap := pause >= speaker.LongPause
	if !u.Outside && !goesOn {
		voice := *u.Voice // a turn's own
		w.voice, gap = &voice, true
	}
	unified := text.UnifyLines(u.Text)
	if unified != u.Text {
		u.Words = nil // whose places no longer hold
	}
	at := 0
	for line := range strings.SplitSeq(unified, "\n") {
		if paragraph := strings.TrimSpace(line); paragraph != "" {
			l := content.Line{Text: paragraph, Gap: gap, StartMS: u.Start, EndMS: u.End}
			l.Cues = within(u.Words, at+strings.Index(line, paragraph), len(paragraph))
			if len(l.Cues) > 0 && at > 0 {
				l.StartMS = &l.Cues[0].StartMS // of several lines, its own
			}
			if !u.Outside {
				l.Voice = w.voice
			}
			w.out = append(w.out, l)
		}
		gap, at = true, at+len(line)+1
	}
	w.last = laterOf(w.last, u)
}

// within are the words of a text that stand in so many bytes of it from a place on, counted
// from there.
func within(words []content.Cue, from, size int) []content.Cue {
	var inside []content.Cue
	for _, w := range words {
		if w.At >= from && w.At < from+size {
			w.At -= from
			inside = append(inside, w)
		}
	}
	return inside
}

// pauseBetween is the milliseconds between two utterances; 0 where the times do not tell.
func pauseBetween(end, start *int64) int64 {
	if end == nil || start == nil {
		return 0
	}
	return *start - *end
}

// laterOf is the later of a time and the end of an utterance.
func laterOf(last *int64, u Utterance) *int64 {
	for _, t := range []*int64{u.Start, u.End} {
		if t != nil && (last == nil || *t > *last) {
			last = t
		}
	}
	return last
}
