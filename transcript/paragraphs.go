package transcript

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// wrapped reports whether the lines were broken to fit a width, so that a line
// end within a paragraph means nothing: at least a third of the lines that
// another follows directly end in the middle of a sentence.
func wrapped(lines []line) bool {
	followed, cut := 0, 0
	for i := 1; i < len(lines) && followed < 10_000; i++ {
		if lines[i].gap || lines[i].code {
			continue
		}
		followed++
		if !endsSentence(lines[i-1].text) {
			cut++
		}
	}
	return cut > 1 && cut*3 >= followed
}

// joiner joins lines to paragraphs.
type joiner struct {
	wrapped bool                   // see wrapped
	knows   func(word string) bool // in small letters, of the document
}

// newJoiner is for these lines of a document; knows tells the words that stand in
// the document, in small letters.
func newJoiner(knows func(word string) bool, lines []line) joiner {
	return joiner{wrapped(lines), knows}
}

// block is a paragraph, or a line that is aside.
type block struct {
	text  string
	aside bool
}

// paragraphs joins the lines of a wrapped document, and paragraphs that a page
// break cut in two. Lines that are aside come after the paragraph that they
// interrupt.
func (j joiner) paragraphs(lines []line) []block {
	var out []block
	j.each(lines, func(parts []line) { out = append(out, block{j.join(parts), parts[0].aside}) })
	return out
}

// each calls do with the lines of each paragraph, which are valid until it
// returns, and with each line that is aside.
func (j joiner) each(lines []line, do func(parts []line)) {
	var parts, asides []line
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
		if l.aside {
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
func (j joiner) divides(parts []line, next line, interrupted bool) bool {
	former := parts[len(parts)-1]
	switch {
	case former.code || next.code:
		return next.gap || former.code != next.code
	case !next.gap && j.wrapped && !interrupted:
		return false
	case next.item || next.heading > 0 || former.heading > 0:
		return true
	}
	return !continues(former.text, next.text) || len(parts) == 1 && isHeading(former.text, next.text)
}

// talkOf are the paragraphs of the talk.
func talkOf(blocks []block) []string {
	var texts []string
	for _, b := range blocks {
		if !b.aside {
			texts = append(texts, b.text)
		}
	}
	return texts
}

// join puts a blank between lines, unless a hyphen breaks a word. The hyphen
// goes if the document has the word without it, and stays in a compound. Code
// keeps its lines.
func (j joiner) join(parts []line) string {
	switch {
	case len(parts) == 1:
		return parts[0].text
	case parts[0].code:
		return joinCode(parts)
	}
	var b strings.Builder
	for i, part := range parts {
		if i+1 == len(parts) {
			b.WriteString(part.text)
		} else if stem, broken := j.cutHyphen(part.text, parts[i+1].text); broken {
			b.WriteString(stem)
		} else {
			b.WriteString(part.text + " ")
		}
	}
	return b.String()
}

// joinCode keeps lines, and how far they are indented behind the first.
func joinCode(lines []line) string {
	texts := make([]string, len(lines))
	for i, l := range lines {
		texts[i] = strings.Repeat(" ", max(0, l.indent-lines[0].indent)) + l.text
	}
	return strings.Join(texts, "\n")
}

// cutHyphen reports whether a hyphen at the end of part breaks a word that next
// ends, and takes it off if it is there for the break only.
func (j joiner) cutHyphen(part, next string) (stem string, broken bool) {
	if stem, soft := strings.CutSuffix(part, "\u00ad"); soft {
		return stem, true
	}
	stem, hyphen := strings.CutSuffix(part, "-")
	if last, _ := utf8.DecodeLastRuneInString(stem); !hyphen || !unicode.IsLetter(last) || !startsLower(next) {
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

// continues reports whether next goes on with the sentence in which former
// ends. What shows it is that former has no final punctuation; next may well
// begin with a capital, if that is where the page broke.
func continues(former, next string) bool {
	if isListItem(next) {
		return false
	}
	lower := startsLower(next)
	switch last, closed := lastRune(former); {
	case last == '.':
		word := lastWord(former)
		return titleAbbreviations[strings.ToLower(word)] && !closed || lower && isAbbreviation(word)
	case strings.ContainsRune("?!…。！？", last):
		return false
	case closed || strings.ContainsRune(":;—–-", last):
		return lower
	}
	return true
}

const headingWords = 8 // that a heading has at most

// isHeading reports whether a line, which ends without punctuation, is a
// heading above next rather than the beginning of its sentence.
func isHeading(s, next string) bool {
	words := strings.Fields(head(s, 200))
	if len(s) > 100 || len(words) > headingWords || startsLower(s) || startsLower(next) || strings.HasSuffix(s, ",") {
		return false
	}
	last := strings.ToLower(words[len(words)-1])
	caps := strings.ToUpper(s) == s && strings.ToLower(s) != s
	return caps || !sentenceStarters[last] && !openWords[last] && !isTitle(last)
}

// openWords want another word after them, so no heading ends with one.
var openWords = wordSet(`an and are at be been being by called for from had has have if in into is its me met more named of on onto
	or our over per said saw she since than that the their them they to told toward towards under upon us very was were
	what which who whom whose with your`)

// blocks are the paragraphs of a title block, whose lines stay as they are.
func blocks(lines []line) []string {
	var out, block []string
	for i, l := range lines {
		block = append(block, l.text)
		if i+1 == len(lines) || lines[i+1].gap {
			out = append(out, strings.Join(block, "\n"))
			block = block[:0]
		}
	}
	return out
}

const proseLength = 25 // words that make a paragraph prose rather than a heading

func isProse(text string) bool {
	return wordCount(text, proseLength) >= proseLength && endsSentence(text)
}
