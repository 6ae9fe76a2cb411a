package layout

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/model"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// Joiner joins the lines of a document to paragraphs.
type Joiner struct {
	wrapped bool                   // lines were broken to fit a width: see isWrapped
	knows   func(word string) bool // whether a word, in small letters, stands in the document
}

// NewJoiner is the joiner for some lines of a document; knows reports whether a word, in
// small letters, stands anywhere in the document.
func NewJoiner(knows func(word string) bool, lines []Line) Joiner {
	return Joiner{isWrapped(lines), knows}
}

const (
	wrappedSample = 10_000 // lines that are enough to tell
	wrappedShare  = 3      // one line in so many, of those that another follows, ends within a sentence
)

// isWrapped reports whether lines were broken to fit a width, so that the end of a line
// within a paragraph means nothing: many lines end in the middle of a sentence. Where each
// line is a paragraph, hardly any but headings do.
func isWrapped(lines []Line) bool {
	followed, cut := 0, 0
	for i := 1; i < len(lines) && followed < wrappedSample; i++ {
		if lines[i].Gap || lines[i].Code {
			continue
		}
		followed++
		if !letters.EndsSentence(lines[i-1].Text) {
			cut++
		}
	}
	return cut > 1 && cut*wrappedShare >= followed
}

// Paragraphs joins the lines of a wrapped document, and paragraphs that a page break cut
// in two. Page furniture comes after the paragraph that it interrupts.
func (j Joiner) Paragraphs(lines []Line) []Paragraph {
	var out []Paragraph
	j.Each(lines, func(group []Line) { out = append(out, j.paragraph(group)) })
	return out
}

// Each calls do with the lines of each paragraph, and with each line of page furniture
// alone, in the order of Paragraphs. The lines are valid until do returns.
func (j Joiner) Each(lines []Line, do func(group []Line)) {
	var open, furniture []Line
	flush := func() {
		if len(open) > 0 {
			do(open)
		}
		for i := range furniture {
			do(furniture[i : i+1])
		}
		open, furniture = open[:0], furniture[:0]
	}
	for _, l := range lines {
		if l.Furniture {
			furniture = append(furniture, l)
			continue
		}
		if len(open) > 0 && j.divides(open, l, len(furniture) > 0) {
			flush()
		}
		open = append(open, l)
	}
	flush()
}

// divides reports whether the paragraph of some lines ends before the next line;
// interrupted reports that page furniture stands between.
func (j Joiner) divides(open []Line, next Line, interrupted bool) bool {
	former := open[len(open)-1]
	switch {
	case former.Code || next.Code:
		return next.Gap || former.Code != next.Code
	case !next.Gap && j.wrapped && !interrupted:
		return false
	case next.Item || next.Heading > 0 || former.Heading > 0:
		return true
	}
	return !continues(former.Text, next.Text) || len(open) == 1 && IsHeading(former.Text, next.Text)
}

// continues reports whether a line goes on with the sentence in which the former line
// ends: that has no final punctuation. The next line may well begin with a capital, if a
// page broke before a name.
func continues(former, next string) bool {
	if letters.IsListItem(next) {
		return false
	}
	lower := letters.StartsLower(next)
	switch last, closed := letters.LastRune(former); {
	case last == '.':
		word := letters.LastWord(former)
		return sentence.IsTitleAbbreviation(word) && !closed || lower && sentence.IsAbbreviation(word)
	case strings.ContainsRune("?!…。！？", last):
		return false
	case closed || strings.ContainsRune(":;—–-", last):
		return lower
	}
	return true
}

// Join makes one text of the lines of a paragraph, with a blank between them. A hyphen at
// the end of a line that breaks a word is dropped if the document has the word without it,
// and kept in a compound. Code keeps its lines.
func (j Joiner) Join(lines []Line) string { return j.paragraph(lines).Text }

// paragraph joins the lines of a paragraph, and keeps their times.
func (j Joiner) paragraph(lines []Line) Paragraph {
	p := Paragraph{Furniture: lines[0].Furniture}
	if lines[0].Code && len(lines) > 1 {
		p.Text = joinCode(lines)
		return p
	}
	if len(lines) == 1 {
		p.Text, p.Cues = lines[0].Text, lines[0].appendCue(nil, 0)
		return p
	}
	var b strings.Builder
	runes, counted := 0, 0 // code points of the first bytes of the text, and how many those are
	for i, l := range lines {
		if l.StartMS != nil {
			runes, counted = runes+utf8.RuneCountInString(b.String()[counted:]), b.Len()
			p.Cues = l.appendCue(p.Cues, runes)
		}
		if i+1 == len(lines) {
			b.WriteString(l.Text)
		} else if stem, broken := j.cutHyphen(l.Text, lines[i+1].Text); broken {
			b.WriteString(stem)
		} else {
			b.WriteString(l.Text + " ")
		}
	}
	p.Text = b.String()
	return p
}

// appendCue appends the time of a line, if it has one, which begins at a place.
func (l Line) appendCue(cues []model.Cue, at int) []model.Cue {
	if l.StartMS == nil {
		return cues
	}
	cue := model.Cue{At: at, StartMS: *l.StartMS, EndMS: *l.StartMS}
	if l.EndMS != nil {
		cue.EndMS = *l.EndMS
	}
	return append(cues, cue)
}

// joinCode joins lines of code, which stay lines, keeping their indentation relative to the
// first line.
func joinCode(lines []Line) string {
	texts := make([]string, len(lines))
	for i, l := range lines {
		texts[i] = strings.Repeat(" ", max(0, l.Indent-lines[0].Indent)) + l.Text
	}
	return strings.Join(texts, "\n")
}

// cutHyphen reports whether a line ends with the first part of a hyphenated word that the
// next line completes. The stem is the line without the hyphen if the hyphen only marks the
// line break, else the line as it is.
func (j Joiner) cutHyphen(line, next string) (stem string, broken bool) {
	if stem, soft := strings.CutSuffix(line, "\u00ad"); soft {
		return stem, true
	}
	stem, hyphen := strings.CutSuffix(line, "-")
	if last, _ := utf8.DecodeLastRuneInString(stem); !hyphen || !unicode.IsLetter(last) || !letters.StartsLower(next) {
		return line, false
	}
	if j.knows(wholeWord(stem, next)) {
		return stem, true
	}
	return line, true
}

// wholeWord is the word, in small letters, that is broken between a stem and the next line.
func wholeWord(stem, next string) string {
	noLetter := func(r rune) bool { return !unicode.IsLetter(r) }
	end := strings.IndexFunc(next, noLetter)
	if end < 0 {
		end = len(next)
	}
	return strings.ToLower(stem[strings.LastIndexFunc(stem, noLetter)+1:] + next[:end])
}
