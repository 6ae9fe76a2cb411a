package utterance

import (
	"strings"
	"unicode/utf8"

	"github.com/pullquote/pullquote/transcript/container/internal/speaker"
)

// In milliseconds, of speakers whom nobody names.
const (
	longSilence = 4_000   // behind which another may speak even within a sentence
	longTurn    = 60_000  // a paragraph's: the next sentence is another turn
	longestTurn = 120_000 // in which no sentence ended
)

// fewestEnds is the share of utterances, one in so many, that end a sentence where a text has
// punctuation.
const fewestEnds = 20

// Divide begins a turn at the pauses of speech that is nobody's by name, and where a turn would
// be longer than a paragraph: at the end of a sentence, or where there is no punctuation, at the
// longest pause of its second half.
func Divide(utterances []Utterance) {
	d := divider{all: utterances, longest: longestTurn}
	spoken, ended := 0, 0
	for _, u := range utterances {
		if !u.Outside {
			spoken++
			if endsSentence(u.Text) {
				ended++
			}
		}
	}
	if d.unpunctuated = ended*fewestEnds < spoken; d.unpunctuated {
		d.longest = longTurn
	}
	for i := 0; i < len(utterances); i = d.next(i) {
	}
}

type divider struct {
	all          []Utterance
	unpunctuated bool
	longest      int64
	turn         []int  // utterances of the open turn, nobody's by name
	last         *int64 // when the last utterance ended
}

// next goes on from utterance i to the next to look at, which is an earlier one where the open
// turn has just been divided.
func (d *divider) next(i int) int {
	u := &d.all[i]
	switch {
	case u.Outside:
	case u.Voice.Label != "" || u.Voice.Name != "" || u.Start == nil:
		d.turn = d.turn[:0]
	case len(d.turn) == 0 || u.New || d.pauses(i):
		u.New = true
		d.turn = append(d.turn[:0], i)
	case *u.Start-*d.all[d.turn[0]].Start >= d.longest:
		at := d.longestPause(append(d.turn, i))
		d.all[at].New = true
		d.turn, d.last = append(d.turn[:0], at), laterOf(nil, d.all[at])
		return at + 1
	default:
		d.turn = append(d.turn, i)
	}
	d.last = laterOf(d.last, *u)
	return i + 1
}

// pauses reports whether another turn begins with utterance i by the pause before it, or because a
// sentence ended and the open turn is long.
func (d *divider) pauses(i int) bool {
	first, before := d.all[d.turn[0]], d.all[d.turn[len(d.turn)-1]]
	pause := pauseBetween(d.last, d.all[i].Start)
	ended := endsSentence(before.Text)
	return pause >= longSilence || pause >= speaker.LongPause && (ended || d.unpunctuated) ||
		ended && *d.all[i].Start-*first.Start >= longTurn
}

// longestPause is the one of a turn's utterances that has the longest pause before it, the later of
// equals, in the second half of the time that a turn may take.
func (d *divider) longestPause(turn []int) int {
	half := *d.all[turn[0]].Start + d.longest/2
	best, longest := turn[len(turn)-1], int64(-1)
	for k := 1; k < len(turn); k++ {
		u, before := d.all[turn[k]], d.all[turn[k-1]]
		if *u.Start < half {
			continue
		}
		if pause := max(0, pauseBetween(laterOf(nil, before), u.Start)); pause >= longest {
			best, longest = turn[k], pause
		}
	}
	return best
}

// endsSentence reports whether a text ends with a mark that ends a sentence, or with a quotation
// mark or bracket behind one.
func endsSentence(s string) bool {
	s = strings.TrimRight(s, "\"”’»)] \n")
	last, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".?!…。！？．｡؟।", last)
}
