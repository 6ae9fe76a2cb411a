package answer

import (
	"regexp"
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// refusing recognises a sentence that declines to answer. Some words decline only in the
// first person and where the clause ends with them, as behind them they claim something: "I
// would rather not say", and not "I would not say it is dear".
var refusing = regexp.MustCompile(`(?i)\b(` +
	firstPerson + `( ` + lexicon.Any("words before a verb of refusing") + `){0,3} ` + lexicon.Any("verbs of refusing") + ` to ` + lexicon.Any("refused acts") + `|` +
	`((not|never) ` + lexicon.Any("willingness") + `|` + lexicon.Any("negations of intent") + `) (to )?(be able to |want to |be )?` + lexicon.Any("declined acts") + `)\b|` +
	`\b((?:` + firstPerson + ` (have|make) )?` + lexicon.Any("refusals") + `|` + firstPerson + `( \w+)? (` + lexicon.Any("firm negations") + ` (to )?` + lexicon.Any("declined acts that end a clause") + `|` +
	lexicon.Any("refusals that end a clause") + `))([.!?;:–—…]|$|,? ` + lexicon.Any("words that let a clause end") + `\b)`)

var firstPerson = lexicon.Any("first persons") + `(?:['’]\w+)?`

// declines reports whether a turn does nothing but decline to answer: each of its sentences
// does, in the first person or in no person, and none of them makes an exception.
func declines(text string) bool {
	runes, sentences := []rune(text), sentence.Split(text)
	for _, s := range sentences {
		said := strings.TrimSpace(string(runes[s.Start:s.End]))
		at := refusing.FindStringIndex(said)
		if at == nil || at[0] > 0 && !inFirstPerson.MatchString(said) || exempting.MatchString(said) {
			return false
		}
	}
	return len(sentences) > 0
}

var (
	inFirstPerson = regexp.MustCompile(`(?i)^` + firstPerson + `\b`)
	// exempting are words behind which a refusal may answer after all.
	exempting = regexp.MustCompile(`(?i)[:;]|\b` + lexicon.Any("words that exempt from a refusal") + `\b`)
)

// refusal is the sentence with which a turn declines to answer, in the canonical
// text. It is one of the first: a refusal that comes later is about something else.
func (shape ExcerptShape) refusal(h *turn) (span sentence.Span, refuses bool) {
	sentences := h.sentences()
	for _, s := range sentences[:min(shape.RefusalSentences, len(sentences))] {
		if refusing.MatchString(h.words(s)) {
			return sentence.Span{Start: h.Start + s.Start, End: h.Start + s.End}, true
		}
	}
	return sentence.Span{}, false
}
