package captions

import (
	"html"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

// wordTime is a time within the words of a cue, from which on the words behind it are said:
// How <00:00:01.200>is <00:00:01.400>the quay?
var wordTime = regexp.MustCompile(`<(?:(\d{1,3}):)?(\d{2}):(\d{2})\.(\d{3})>`)

// clock tells the time of words within a cue. A time that goes back, or is not of the cue, is
// none.
type clock struct {
	now, end int64
	timed    bool // the cue has times within it
}

func newClock(c cue) clock {
	return clock{c.start, c.end, slices.ContainsFunc(c.lines, wordTime.MatchString)}
}

// plainText is the text of a line, and when its words are said as far as the cue tells.
func (k *clock) plainText(line string) (plain string, said times) {
	if !k.timed {
		return plainText(line), said
	}
	var b strings.Builder
	blank := false
	add := func(piece string) {
		piece = html.UnescapeString(withoutTags(piece))
		folded := text.OneLine(piece)
		if folded == "" {
			blank = blank || piece != ""
			return
		}
		if b.Len() > 0 && (blank || strings.TrimLeftFunc(piece, unicode.IsSpace) != piece) {
			b.WriteByte(' ')
		}
		if last := len(said.words) - 1; last < 0 || said.words[last].StartMS < k.now {
			said.words = append(said.words, content.Cue{At: b.Len(), StartMS: k.now, EndMS: k.now})
		}
		b.WriteString(folded)
		blank = strings.TrimRightFunc(piece, unicode.IsSpace) != piece
	}
	from := 0
	for _, tag := range wordTime.FindAllStringSubmatchIndex(line, -1) {
		add(line[from:tag[0]])
		part := func(i int) string {
			if tag[i] < 0 {
				return ""
			}
			return line[tag[i]:tag[i+1]]
		}
		if at := millis(part(2), part(4), part(6), part(8)); at >= k.now && at <= k.end {
			k.now = at
		}
		from = tag[1]
	}
	add(line[from:])
	if plain = plainText(line); b.String() != plain {
		return plain, times{}
	}
	return plain, said
}

// untilNext gives the words of a cue their ends: each is said until others are, the last to
// the end of the cue.
func (k *clock) untilNext(parts []part) {
	next, until := k.end, k.end
	for i := range slices.Backward(parts) {
		for j := range slices.Backward(parts[i].times.words) {
			w := &parts[i].times.words[j]
			if w.StartMS < next {
				until = next
			}
			w.EndMS, next = until, w.StartMS
		}
	}
}

// times are when the words of a text are said, which may be a part of a longer one.
type times struct {
	words []content.Cue // of the longer one, by its bytes
	from  int           // where the text begins in it
}

// behind are the times of the text without its first n bytes.
func (t times) behind(n int) times { return times{t.words, t.from + n} }

// of are the times of the first so many bytes of the text: of the words in which it begins, and
// of those behind.
func (t times) of(size int) []content.Cue {
	first, _ := slices.BinarySearchFunc(t.words, t.from+1, func(w content.Cue, at int) int { return w.At - at })
	var all []content.Cue
	for _, w := range t.words[max(0, first-1):] {
		if w.At >= t.from+size {
			break
		}
		w.At = max(0, w.At-t.from)
		all = append(all, w)
	}
	return all
}
