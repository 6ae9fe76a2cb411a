package marks

import (
	"slices"
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
	leastAgain     = 4  // lines whose labels come again, to find a shape
	leastOfOne     = 3  // lines of one label in a form of its own, between turns in another
	leastSpeakers  = 2  // different labels that come again
	againShare     = 50 // percent of a shape's lines with a label that may name somebody, whose labels come again
	turnShare      = 60 // percent of the lines whose label differs from the one before
	alternateShare = 80 // percent of those lines between which another turn stands
	opensShare     = 15 // percent of the lines of a document that a shape opens, at least: the rest is what they say
	mostlyOpens    = 60 // percent of the lines that begin paragraphs, from which on labels may be in small letters
	nearlyOpens    = 80 // percent of them, to find a shape where no label comes again
	newShare       = 20 // percent of those lines that no style has marked already, so that the shape is worth more
	mostShapes     = 2  // that a document mixes

	leastWords      = 3    // behind a label that comes once
	discoverySample = 1000 // lines in which a form shows, if there is one
	wordSample      = 600  // of those, lines in which words are looked up
	longestSampled  = 400  // bytes of a line in which words are looked up
)

// ownLine is the shape of any short line above another.
var ownLine = styles.Shape{Sign: "\n"}

// shapeUse is what a document has of one shape.
type shapeUse struct {
	lines  []int          // by index
	labels []string       // on them, as printed
	worded []bool         // whether words of a sentence stand behind them
	counts map[string]int // lines with each label, folded
	length int            // of the labels together, in bytes
}

// discover finds the shape that explains the document best, beyond the turns that are marked
// already; false if none does.
func (t *Text) discover() (styles.Shape, bool) {
	uses := map[styles.Shape]*shapeUse{}
	var order []styles.Shape // by their first lines, so that of equals the same one wins each time
	var paragraphs []int     // the lines with which they begin
	var words []string       // of the sentences, by line
	for i, l := range t.Lines[:min(len(t.Lines), discoverySample)] {
		words = append(words, l.Text)
		m := t.Marks[i]
		if m.Kind != LineText && m.Kind != LineTurn && m.Kind != LineNote || l.Heading > 0 && m.Kind == LineNote || !t.startsParagraph(i) {
			continue
		}
		paragraphs = append(paragraphs, i)
		for k, r := range styles.Readings(l) {
			if k == 0 && (r.Rest != "" || r.Timed) {
				words[i] = r.Rest
			}
			if r.Label == "" || r.Rest == "" && !t.hasWordsBelow(i) {
				continue
			}
			u := uses[r.Shape]
			if u == nil {
				u = &shapeUse{counts: map[string]int{}}
				uses[r.Shape], order = u, append(order, r.Shape)
			}
			u.lines, u.labels = append(u.lines, i), append(u.labels, r.Label)
			u.worded = append(u.worded, r.Rest == "" || letters.WordCount(r.Rest, leastWords) >= leastWords || letters.EndsSentence(r.Rest))
			u.counts[lexicon.Fold(r.Label)]++
			u.length += len(r.Label)
		}
	}
	for shape, u := range uses {
		if !u.mayBeFound(shape, len(paragraphs)) {
			delete(uses, shape)
		}
	}
	if len(uses) == 0 {
		return styles.Shape{}, false
	}
	ordinary := readOrdinary(uses, words)
	var best styles.Shape
	bestAgain, bestLength := 0, 0
	for _, shape := range order {
		u := uses[shape]
		if u == nil || shape == ownLine && len(u.counts) > 1 && 100*len(u.lines) < mostlyOpens/2*len(paragraphs) {
			continue // the latter is the shape of each short line
		}
		again, ok := t.weigh(shape, u, ordinary, paragraphs)
		if ok && (again > bestAgain || again == bestAgain && u.length > bestLength) {
			best, bestAgain, bestLength = shape, again, u.length
		}
	}
	return best, bestAgain > 0
}

// mayBeFound reports whether a shape can be a document's by its numbers alone.
func (u *shapeUse) mayBeFound(shape styles.Shape, paragraphs int) bool {
	again, labels := 0, 0
	for _, n := range u.counts {
		if n > 1 {
			again += n
			labels++
		}
	}
	recurs := again >= leastOfOne && labels == 1 && len(u.counts) == 1 || again >= leastAgain && labels >= leastSpeakers && 100*again >= opensAtLeast(shape)*paragraphs
	return recurs || len(u.counts) >= leastSpeakers && shape.Distinct() && 200*len(u.lines) >= mostlyOpens*paragraphs
}

// opensAtLeast is the percentage of a document's lines that a shape opens, at least. Signs that
// hardly stand in prose may be those of a short part of it.
func opensAtLeast(shape styles.Shape) int {
	if shape.Strong() {
		return opensShare / 3
	}
	return opensShare
}

// hasWordsBelow reports whether words may follow below line i, as where a label has a line
// of its own.
func (t *Text) hasWordsBelow(i int) bool {
	return i+1 < len(t.Lines) && (t.Marks[i+1].Kind == LineText || t.Marks[i+1].Kind == lineTime)
}

// weigh counts the lines of a shape whose labels come again and may name somebody; ok
// reports whether they are turns.
func (t *Text) weigh(shape styles.Shape, u *shapeUse, ordinary vocabulary, paragraphs []int) (again int, ok bool) {
	before, _ := slices.BinarySearch(paragraphs, u.lines[0])
	dominant := shape.Timed || 100*len(u.lines) >= mostlyOpens*(len(paragraphs)-before)
	speakers, everybody, named, worded, fresh, turns, last := map[string]bool{}, map[string]bool{}, 0, 0, 0, 0, ""
	for k, i := range u.lines {
		text := lexicon.Fold(u.labels[k])
		if !ordinary.mayName(u.labels[k], dominant || shape.Strong() && u.counts[text] > 1) {
			continue
		}
		named++
		everybody[text] = true
		if u.worded[k] {
			worded++
		}
		if u.counts[text] > 1 {
			again++
			speakers[text] = true
			if text != last {
				turns++
			}
			last = text
		}
		if !t.explains(i, text, u.counts[text] > 1) {
			fresh++
		}
	}
	if 100*fresh < newShare*max(again, named) || 2*worded < named {
		return 0, false
	}
	if again >= leastAgain && len(speakers) >= leastSpeakers && 100*again >= againShare*named &&
		100*turns >= turnShare*again && 100*again >= opensAtLeast(shape)*len(paragraphs) {
		return again, true
	}
	distinct := shape.Distinct() || shape == ownLine && labels.Reader{}.Read(u.labels[0]).BeginsWithName()
	if again >= leastOfOne && len(speakers) == 1 && again == named && distinct && t.alternate(u.lines) {
		return again, true
	}
	share, others := nearlyOpens, 0
	if shape.Strong() {
		share, others = mostlyOpens, t.turns
	}
	if strings.HasSuffix(shape.Sign, "\n") {
		if slices.ContainsFunc(u.labels, func(l string) bool { return !labels.HasForm(l) }) {
			return 0, false // any short line has the shape
		}
		share /= 2 // as what stands below a label is a paragraph, too
	}
	opens := (named > t.turns || others > 0 && fresh > 1) && len(everybody) >= leastSpeakers && 10*worded >= 9*named && 100*named >= share*(len(paragraphs)-before-others)
	return 1, opens && shape.Distinct()
}

// alternate reports whether other turns stand between lines, as where one speaker, the chair
// say, has a form of their own.
func (t *Text) alternate(lines []int) bool {
	apart := 0
	for k := 1; k < len(lines); k++ {
		for i := lines[k-1] + 1; i < lines[k]; i++ {
			if t.Marks[i].Kind == LineTurn {
				apart++
				break
			}
		}
	}
	return 100*apart >= alternateShare*(len(lines)-1)
}

// explains reports whether line i begins a turn already, whose label is a text, folded, or has
// more behind it or less. Of two that differ, the one counts that comes again.
func (t *Text) explains(i int, text string, again bool) bool {
	m := t.Marks[i]
	if m.Kind != LineTurn || m.Shape {
		return m.Kind == LineTurn
	}
	label := lexicon.Fold(m.Label.Text)
	switch known := t.surveys[m.Style].Labels[m.Label] > 1; {
	case len(label) < len(text):
		return known && label != "" && strings.HasPrefix(text, label)
	case len(label) > len(text) && again && !known:
		return false
	}
	return m.reads(text)
}

// reads reports whether the label of a line is a text, folded, or that with more behind it
// than a verb of saying.
func (m Mark) reads(text string) bool {
	rest, ok := strings.CutPrefix(lexicon.Fold(m.Label.Text), text)
	return ok && !labels.IsSaying(strings.TrimSpace(rest))
}

// readOrdinary counts the words of labels that come again where they stand in small letters
// in the words of lines.
func readOrdinary(uses map[styles.Shape]*shapeUse, lines []string) vocabulary {
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
	for _, text := range lines[:min(len(lines), wordSample)] {
		for w := range strings.FieldsSeq(letters.Head(text, longestSampled)) {
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
	label = headOf(label)
	ordinary, lower := 0, 0
	heads := strings.Fields(label)
	for _, w := range heads {
		bare := lexicon.Bare(w)
		first, _ := utf8.DecodeRuneInString(strings.TrimLeft(w, labelMarks))
		switch {
		case lexicon.Particles[bare] || lexicon.OfficeLinks[bare] || lexicon.IsTitle(w):
		case unicode.IsLower(first) && strings.ToLower(w) == w:
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

// headOf is a label up to the note or the office behind the name. A single word before a
// comma may as well begin a sentence, unless it is in capitals.
func headOf(label string) string {
	at := strings.IndexAny(label, "(,@|[/")
	if at <= 0 || label[at] == ',' && !strings.Contains(strings.TrimSpace(label[:at]), " ") && !letters.IsAllCaps(label[:at]) && letters.StartsLower(strings.TrimSpace(label[at+1:])) {
		return label
	}
	return label[:at]
}

const mostLabelWords = 14
