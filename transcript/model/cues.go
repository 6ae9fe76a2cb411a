package model

import (
	"encoding/json"
	"errors"
	"slices"
	"sort"

	"github.com/pullquote/pullquote/transcript/sentence"
)

// Cue is a place in a turn whose time the source tells: where the words of a caption begin, of
// a segment or a single word of a recogniser, of a paragraph with a time. Its words go on to
// the next cue. In JSON it is an array: [at, start_ms, end_ms], without the end where the
// source has none.
type Cue struct {
	At      int   // code points from the start of the turn's text
	StartMS int64 // milliseconds into the recording
	EndMS   int64 // likewise; StartMS where the source does not tell
}

// MarshalJSON writes the array.
func (c Cue) MarshalJSON() ([]byte, error) {
	numbers := []int64{int64(c.At), c.StartMS}
	if c.EndMS > c.StartMS {
		numbers = append(numbers, c.EndMS)
	}
	return json.Marshal(numbers)
}

// UnmarshalJSON reads the array.
func (c *Cue) UnmarshalJSON(data []byte) error {
	var numbers []int64
	if err := json.Unmarshal(data, &numbers); err != nil {
		return err
	}
	if len(numbers) < 2 || len(numbers) > 3 {
		return errors.New("a cue has two or three numbers: [at, start_ms, end_ms]")
	}
	*c = Cue{int(numbers[0]), numbers[1], numbers[len(numbers)-1]}
	if len(numbers) == 2 {
		c.EndMS = c.StartMS
	}
	return nil
}

// Cues are those of a turn, in order: their places ascend, their times do not descend.
type Cues []Cue

// SetCues gives a turn its cues, but those that cannot be right: outside of its text or of its
// times, or earlier than the one before. A turn whose cues tell nothing that its own times do
// not has none.
func (t *Turn) SetCues(cues Cues) {
	length := t.End - t.Start
	var kept Cues
	for _, c := range cues {
		c.EndMS = max(c.StartMS, c.EndMS)
		if t.EndMS != nil {
			c.EndMS = min(c.EndMS, *t.EndMS)
		}
		switch last := len(kept) - 1; {
		case c.At < 0, c.At >= length, c.StartMS < 0, c.EndMS < c.StartMS, t.StartMS != nil && c.StartMS < *t.StartMS:
		case last >= 0 && (c.At <= kept[last].At || c.StartMS < kept[last].StartMS):
		case last >= 0 && c.StartMS == kept[last].StartMS && c.EndMS == kept[last].EndMS: // the next line of a caption
		default:
			kept = append(kept, c)
		}
	}
	if len(kept) == 1 && kept[0].At == 0 && t.StartMS != nil && *t.StartMS == kept[0].StartMS {
		kept = nil
	}
	t.Cues = slices.Clip(kept)
}

// Times are when the words of a span of the canonical text were said. They begin with the cue
// at, or else before, the first word, and end with the cue of the last one, or where that has
// no end, when the next begins: never later than the first word, nor earlier than the last,
// and never a guess. Where cues do not tell, the times are the turn's.
func (t Turn) Times(s sentence.Span) (start, end *int64) {
	return t.Cues.Times(s.Start-t.Start, s.End-t.Start, t.StartMS, t.EndMS)
}

// Times are the same for code points from one to another, from the start of a turn that lasts
// from one time to another.
func (c Cues) Times(from, to int, startMS, endMS *int64) (start, end *int64) {
	first, next := c.after(from)-1, c.after(to-1)
	start, end = startMS, endMS
	if first >= 0 {
		start = &c[first].StartMS
	}
	if next < len(c) {
		end = &c[next].StartMS
	}
	if next == 0 || c[next-1].EndMS == c[next-1].StartMS && end == nil {
		return start, end
	}
	latest := c[next-1].EndMS
	if latest == c[next-1].StartMS {
		latest = *end
	}
	for _, earlier := range c[:next] { // which may be shown while the next ones begin
		latest = max(latest, earlier.EndMS)
	}
	return start, &latest
}

// after is the first cue behind a place; how many there are where there is none.
func (c Cues) after(at int) int {
	return sort.Search(len(c), func(i int) bool { return c[i].At > at })
}

// From are the cues of the words from a place on, counted from there: the first is that of the
// words in whose midst the place may be.
func (c Cues) From(at int) Cues {
	var rest Cues
	for _, cue := range c[max(0, c.after(at)-1):] {
		cue.At = max(0, cue.At-at)
		rest = append(rest, cue)
	}
	return rest
}
