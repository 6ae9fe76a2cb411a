package layout

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// Joiner joins lines to paragraphs.
type Joiner struct {
	wrapped bool                   // see wrapped
	knows   func(word string) bool // in small letters, of the document
}

// NewJoiner is for these lines of a document; knows tells the words that stand in
// the document, in small letters.
func NewJoiner(knows func(word string) bool, lines []Line) Joiner {
	return Joiner{wrapped(lines), knows}
}

// wrapped reports whether the lines were broken to fit a width, so that a line
// end within a paragraph means nothing: at least a third of the lines that
// another follows directly end in the middle of a sentence.
func wrapped(lines []Line) bool {
	followed, cut := 0, 0
	for i := 1; i < len(lines) && followed < 10_000; i++ {
		if lines[i].Gap || lines[i].Code {
			continue
		}
		followed++
		if !letters.EndsSentence(lines[i-1].Text) {
			cut++
		}
	}
	return cut > 1 && cut*3 >= followed
}

// block is a paragraph, or a line that is aside.
type block struct {
	text  string
	aside bool
}

// Paragraphs joins the lines of a wrapped document, and paragraphs that a page
// break cut in two. Lines that are aside come after the paragraph that they
// interrupt.
func (j Joiner) Paragraphs(lines []Line) []block {
	var out []block
	j.Each(lines, func(parts []Line) { out = append(out, block{j.Join(parts), parts[0].Aside}) })
	return out
}

// Each calls do with the lines of each paragraph, which are valid until it
// returns, and with each line that is aside.
func (j Joiner) Each(lines []Line, do func(parts []Line)) {
	var parts, asides []Line
	flush := func() {
		if len(parts) > 0 {
			do(parts)
		}
		for i := range asides {
			do(asides[i : i+1])
		}
		parts, asides = parts[:0], asides[:0]
	}
	for _, l := range lines {
		if l.Aside {
			asides = append(asides, l)
			continue
		}
		if len(parts) > 0 && j.divides(parts, l, len(asides) > 0) {
			flush()
		}
		parts = append(parts, l)
	}
	flush()
}

// divides reports whether a paragraph of these lines ends before the next.
func (j Joiner) divides(parts []Line, next Line, interrupted bool) bool {
	former := parts[len(parts)-1]
	switch {
	case former.Code || next.Code:
		return next.Gap || former.Code != next.Code
	case !next.Gap && j.wrapped && !interrupted:
		return false
	case next.Item || next.Heading > 0 || former.Heading > 0:
		return true
	}
	return !continues(former.Text, next.Text) || len(parts) == 1 && IsHeading(former.Text, next.Text)
}

// continues reports whether next goes on with the sentence in which former
// ends. What shows it is that former has no final punctuation; next may well
// begin with a capital, if that is where the page broke.
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

// IsHeading reports whether a line, which ends without punctuation, is a
// heading above next rather than the beginning of its sentence.
func IsHeading(s, next string) bool {
	words := strings.Fields(letters.Head(s, 200))
	if len(s) > 100 || len(words) > headingWords || letters.StartsLower(s) || letters.StartsLower(next) || strings.HasSuffix(s, ",") {
		return false
	}
	last := strings.ToLower(words[len(words)-1])
	caps := strings.ToUpper(s) == s && strings.ToLower(s) != s
	return caps || !sentence.IsStarter(last) && !OpenWords[last] && !lexicon.IsTitle(last)
}

const headingWords = 8 // that a heading has at most

// OpenWords want another word after them, so no heading ends with one.
var OpenWords = lexicon.Words("words that want another")

// Join puts a blank between lines, unless a hyphen breaks a word. The hyphen
// goes if the document has the word without it, and stays in a compound. Code
// keeps its lines.
func (j Joiner) Join(parts []Line) string {
	switch {
	case len(parts) == 1:
		return parts[0].Text
	case parts[0].Code:
		return joinCode(parts)
	}
	var b strings.Builder
	for i, part := range parts {
		if i+1 == len(parts) {
			b.WriteString(part.Text)
		} else if stem, broken := j.cutHyphen(part.Text, parts[i+1].Text); broken {
			b.WriteString(stem)
		} else {
			b.WriteString(part.Text + " ")
		}
	}
	return b.String()
}

// joinCode keeps lines, and how far they are indented behind the first.
func joinCode(lines []Line) string {
	texts := make([]string, len(lines))
	for i, l := range lines {
		texts[i] = strings.Repeat(" ", max(0, l.Indent-lines[0].Indent)) + l.Text
	}
	return strings.Join(texts, "\n")
}

// cutHyphen reports whether a hyphen at the end of part breaks a word that next
// ends, and takes it off if it is there for the break only.
func (j Joiner) cutHyphen(part, next string) (stem string, broken bool) {
	if stem, soft := strings.CutSuffix(part, "\u00ad"); soft {
		return stem, true
	}
	stem, hyphen := strings.CutSuffix(part, "-")
	if last, _ := utf8.DecodeLastRuneInString(stem); !hyphen || !unicode.IsLetter(last) || !letters.StartsLower(next) {
		return part, false
	}
	if j.knows(wholeWord(stem, next)) {
		return stem, true
	}
	return part, true
}

// wholeWord is the word of which stem ends with the beginning and next begins
// with the end.
func wholeWord(stem, next string) string {
	letter := func(r rune) bool { return !unicode.IsLetter(r) }
	end := strings.IndexFunc(next, letter)
	if end < 0 {
		end = len(next)
	}
	return strings.ToLower(stem[strings.LastIndexFunc(stem, letter)+1:] + next[:end])
}

// TalkOf are the paragraphs of the talk.
func TalkOf(blocks []block) []string {
	var texts []string
	for _, b := range blocks {
		if !b.aside {
			texts = append(texts, b.text)
		}
	}
	return texts
}

// Blocks are the paragraphs of a title block, whose lines stay as they are.
func Blocks(lines []Line) []string {
	var out, block []string
	for i, l := range lines {
		block = append(block, l.Text)
		if i+1 == len(lines) || lines[i+1].Gap {
			out = append(out, strings.Join(block, "\n"))
			block = block[:0]
		}
	}
	return out
}

func IsProse(text string) bool {
	return letters.WordCount(text, ProseLength) >= ProseLength && letters.EndsSentence(text)
}

const ProseLength = 25 // words that make a paragraph prose rather than a heading
