package draft

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/internal/marks"
	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// maxShort is how many words are counted and not checked when nobody is credited with them
// and they are no sentence: terms, names and scare quotes seldom have more.
const maxShort = 3

// isShort reports whether a quotation may be a term, a name or scare quotes.
func (q *quote) isShort() bool { return wordsOf(q.Continues+" "+q.Text) <= maxShort }

// isTerm reports whether a short quotation may be a term of the text's own although the sentence
// credits somebody: it stands behind an article, and before a noun, as in: said the “deep channel” plan
// was late, or not right behind the verb: was tired of the “experts”. No noun are small words: the
// “whole town” was.
func (q *quote) isTerm(direct bool) bool {
	behind := strings.ToLower(strings.TrimSpace(wordBehind.FindString(q.after)))
	return q.isShort() && articleBefore.MatchString(q.before) && !smallWord[behind] && (behind != "" || !direct)
}

// isOfProse reports whether a short quotation belongs to the text's own words, behind a preposition: said so
// of the “ferry” too.
func (q *quote) isOfProse(direct bool) bool {
	return !direct && q.isShort() && phraseBefore.MatchString(q.before)
}

var (
	phraseBefore  = regexp.MustCompile(`(?i)(?:^|[^\pL])` + lexicon.Any("words before nouns") + `\s+` + lexicon.Any("determiners") + `\s+$`)
	articleBefore = regexp.MustCompile(`(?i)(?:^|[^\pL])` + lexicon.Any("determiners") + `\s+$`)
	wordBehind    = regexp.MustCompile(`^\s+\pL[\pL\pM’'-]*`)
	smallWord     = lexicon.Union(lexicon.Words("auxiliaries"), lexicon.Words("words before nouns"), lexicon.Words("coordinating conjunctions"), lexicon.Words("links of clauses"))
)

// isSpeech reports whether a short quotation that nobody is credited with is a sentence between
// others of a text that names somebody: Renwick shrugged. “Nobody knows.”
func (q *quote) isSpeech() bool {
	text, before := strings.TrimSpace(q.Text), strings.TrimSpace(q.before)
	last, leads := lastRune(text), lastRune(before)
	return q.spoken && q.NamedAround != nil && unicode.IsUpper([]rune(text + " ")[0]) && wordsOf(text) > 1 &&
		(unicode.Is(unicode.Sentence_Terminal, last) || last == '…' || last == ',') &&
		(before == "" && !q.follows || unicode.Is(unicode.Sentence_Terminal, leads) || strings.ContainsRune(":：—–", leads))
}

// wordsOf is how many words a quotation has.
func wordsOf(text string) int { return words.Count(strings.Map(withoutMark, text)) }

// withoutMark makes a space of what is no part of a word.
func withoutMark(r rune) rune {
	if isWordRune(r) || unicode.IsMark(r) || strings.ContainsRune("'’-.,", r) {
		return r
	}
	return ' '
}

const betweenParagraphs = "\n\n"

// sift makes the draft of what was found: it leaves out the titles of works, counts what is
// short, and says what is too long to be checked.
func sift(blocks []block, found []quote) Draft {
	d := Draft{Quotes: []answer.DraftQuote{}}
	starts := make([]int, len(blocks)) // in the text
	var paragraphs []string
	for i, b := range blocks {
		if i > 0 {
			starts[i] = starts[i-1] + len(blocks[i-1].text) + len(betweenParagraphs)
		}
		paragraphs = append(paragraphs, string(b.text))
	}
	d.Text = strings.Join(paragraphs, betweenParagraphs)
	for _, q := range found {
		switch {
		case q.Speaker == "" && q.isShort() && !q.isSpeech():
			d.Short++
		case q.Speaker == "" && q.isTitle(blocks):
		default:
			q.Loose = q.Loose || q.Speaker == "" && q.isShort()
			if limit := answer.DefaultVerification().MaxRunes; utf8.RuneCountInString(q.Text) > limit {
				q.Unchecked = fmt.Sprintf("it is longer than %d characters", limit)
			}
			d.Quotes = append(d.Quotes, q.DraftQuote)
			d.Spans = append(d.Spans, sentence.Span{Start: starts[q.block] + q.start, End: starts[q.last] + q.end})
		}
	}
	return d
}

// ShortNote tells readers how many short quotations are not checked; it is empty without any.
func ShortNote(n int) string {
	switch n {
	case 0:
		return ""
	case 1:
		return "1 short one not checked: three words or fewer that nobody is credited with"
	}
	return fmt.Sprintf("%d short ones not checked: three words or fewer that nobody is credited with", n)
}

// isTitle reports whether a quotation is certainly the title of a work: between the marks that
// East Asian titles have, or behind a word for the work with a capital on its words. What
// is punctuated as a sentence is none.
func (q quote) isTitle(blocks []block) bool {
	if !q.spoken || q.block != q.last || q.Unchecked != "" || strings.ContainsFunc(q.Text, func(r rune) bool { return unicode.Is(unicode.Terminal_Punctuation, r) }) {
		return false
	}
	if marks.IsOfTitles(blocks[q.block].text[q.start]) {
		return strings.ContainsFunc(q.Text, words.ByCharacter) && !leadsToSpeech.MatchString(q.before) && !closesSpeech.MatchString(q.after)
	}
	return workBefore.MatchString(q.before) && isTitleCase(q.Text)
}

var (
	leadsToSpeech = regexp.MustCompile(`(?:[:：,，、]|` + lexicon.Any("verbs beside quotations") + `)\s*$`)
	closesSpeech  = regexp.MustCompile(`^` + lexicon.Any("particles behind quotations"))
	workBefore    = regexp.MustCompile(`(?i)\b` + lexicon.Any("words for works") + `,?\s*$`)
	smallWords    = lexicon.Words("small words of titles")
)

// isTitleCase reports whether each word begins with a capital, but for small ones within.
func isTitleCase(text string) bool {
	for i, word := range strings.Fields(text) {
		if first, _ := utf8.DecodeRuneInString(word); !unicode.IsUpper(first) && !unicode.IsDigit(first) && (i == 0 || !smallWords[lexicon.Bare(word)]) {
			return false
		}
	}
	return true
}
