package marks

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/labels/styles"
	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// A transcript is periodic: its turns begin with markers of one or two shapes, whose labels
// come again. Whatever a label says, and whatever sets it apart, that can be seen. The
// shapes of all lines are compared, and the one that explains the document best is its form:
// that on whose lines the most labels come again, in turn, with words behind them.

const (
	leastAgain    = 4  // lines whose labels come again, to find a shape
	leastSpeakers = 2  // different labels that come again
	againShare    = 50 // percent of a shape's lines with a label that may name somebody, whose labels come again
	turnShare     = 60 // percent of the lines whose label differs from the one before
	opensShare    = 15 // percent of the lines of a document that a shape opens, at least: the rest is what they say
	mostlyOpens   = 60 // percent of the lines that begin paragraphs, from which on labels may be in small letters
	newShare      = 20 // percent of those lines that no style has marked already, so that the shape is worth more
	mostShapes    = 2  // that a document mixes

	discoverySample = 3000 // lines in which a form shows, if there is one
)

// shapeUse is what a document has of one shape.
type shapeUse struct {
	lines  []int          // by index
	labels []string       // on them, as printed
	counts map[string]int // lines with each label, folded
	length int            // of the labels together, in bytes
}

// discover finds the shape that explains the document best, beyond the turns that are marked
// already; false if none does.
func (t *Text) discover() (styles.Shape, bool) {
	uses := map[styles.Shape]*shapeUse{}
	paragraphs := 0
	for i, l := range t.Lines[:min(len(t.Lines), discoverySample)] {
		m := t.Marks[i]
		if m.Kind != LineText && m.Kind != LineTurn && m.Kind != LineNote || l.Heading > 0 && m.Kind == LineNote || !t.startsParagraph(i) {
			continue
		}
		paragraphs++
		for _, r := range styles.Readings(l) {
			if r.Label == "" || r.Rest == "" && !t.hasWordsBelow(i) {
				continue
			}
			u := uses[r.Shape]
			if u == nil {
				u = &shapeUse{counts: map[string]int{}}
				uses[r.Shape] = u
			}
			u.lines, u.labels = append(u.lines, i), append(u.labels, r.Label)
			u.counts[lexicon.Fold(r.Label)]++
			u.length += len(r.Label)
		}
	}
	words := t.ordinary(uses)
	var best styles.Shape
	bestAgain, bestLength := 0, 0
	for shape, u := range uses {
		again, ok := t.weigh(u, words, paragraphs)
		if ok && (again > bestAgain || again == bestAgain && u.length > bestLength) {
			best, bestAgain, bestLength = shape, again, u.length
		}
	}
	return best, bestAgain > 0
}

// hasWordsBelow reports whether words may follow below line i, as where a label has a line
// of its own.
func (t *Text) hasWordsBelow(i int) bool {
	return i+1 < len(t.Lines) && (t.Marks[i+1].Kind == LineText || t.Marks[i+1].Kind == lineTime)
}

// weigh counts the lines of a shape whose labels come again and may name somebody; ok
// reports whether they are turns.
func (t *Text) weigh(u *shapeUse, words vocabulary, paragraphs int) (again int, ok bool) {
	dominant := 100*len(u.lines) >= mostlyOpens*paragraphs
	speakers, named, fresh, turns, last := map[string]bool{}, 0, 0, 0, ""
	for k, i := range u.lines {
		text := lexicon.Fold(u.labels[k])
		if !words.mayName(u.labels[k], dominant) {
			continue
		}
		named++
		if u.counts[text] < 2 {
			continue
		}
		again++
		speakers[text] = true
		if text != last {
			turns++
		}
		last = text
		if m := t.Marks[i]; m.Kind != LineTurn || lexicon.Fold(m.Label.Text) != text {
			fresh++
		}
	}
	return again, again >= leastAgain && len(speakers) >= leastSpeakers && 100*again >= againShare*named &&
		100*turns >= turnShare*again && 100*again >= opensShare*paragraphs && 100*fresh >= newShare*again
}

// ordinary counts the words of labels that come again where they stand in small letters
// behind what could be a label.
func (t *Text) ordinary(uses map[styles.Shape]*shapeUse) vocabulary {
	wanted := vocabulary{}
	for _, u := range uses {
		for text, n := range u.counts {
			if n > 1 {
				for w := range strings.FieldsSeq(text) {
					wanted[strings.Trim(w, labelMarks)] = 0
				}
			}
		}
	}
	for _, l := range t.Lines[:min(len(t.Lines), discoverySample)] {
		text := l.Text
		if readings := styles.Readings(l); len(readings) > 0 && readings[0].Rest != "" {
			text = readings[0].Rest
		}
		for w := range strings.FieldsSeq(text) {
			if letters.StartsLower(w) {
				word := lexicon.Fold(strings.Trim(w, labelMarks))
				if _, ok := wanted[word]; ok {
					wanted[word]++
				}
			}
		}
	}
	return wanted
}

const labelMarks = ".,:;()[]{}!?\"'“”‘’"

// mayName reports whether a label may name somebody: it holds no speech, and words of
// sentences only where nearly all paragraphs begin with such labels.
func (v vocabulary) mayName(label string, dominant bool) bool {
	words := strings.Fields(label)
	if len(words) > mostLabelWords || strings.ContainsAny(label, "?!\"“”„«»") || labels.NamesNobody(lexicon.Bare(words[0])) {
		return false
	}
	if at := strings.IndexAny(label, "(,@|[/"); at > 0 {
		label = label[:at]
	}
	ordinary, lower := 0, 0
	heads := strings.Fields(label)
	for _, w := range heads {
		bare := lexicon.Bare(w)
		first, _ := utf8.DecodeRuneInString(strings.TrimLeft(w, labelMarks))
		switch {
		case lexicon.Particles[bare] || lexicon.OfficeLinks[bare] || lexicon.IsTitle(w):
		case unicode.IsLower(first):
			lower++
		}
		if v[lexicon.Fold(strings.Trim(w, labelMarks))] > 0 && !lexicon.IsTitle(w) {
			ordinary++
		}
	}
	if lower > 0 {
		return dominant && ordinary == 0 || len(heads) == 1 && ordinary == 0 && strings.ContainsAny(label, "0123456789_.")
	}
	return ordinary == 0 || ordinary < len(heads) && len(heads) > 1 || dominant
}

const mostLabelWords = 14
