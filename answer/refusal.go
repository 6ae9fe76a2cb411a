package answer

import (
	"regexp"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// refusing recognises a sentence that declines to answer. Some words decline only in the
// first person and where the clause ends with them, as behind them they claim something: "I
// would rather not say", and not "I would not say it is dear".
var refusing = regexp.MustCompile(`(?i)\b(` +
	lexicon.Any("verbs of refusing") + ` to ` + lexicon.Any("refused acts") + `|` + lexicon.Any("refusals") + `|` +
	`((not|never) ` + lexicon.Any("willingness") + `|` + lexicon.Any("negations of intent") + `) (to )?(be able to |want to |be )?` + lexicon.Any("declined acts") + `)\b|` +
	`\b` + lexicon.Any("first persons") + `(['’]\w+)?( \w+)? (` + lexicon.Any("firm negations") + ` (to )?` + lexicon.Any("declined acts that end a clause") + `|` +
	lexicon.Any("refusals that end a clause") + `)([.!?;:–—…]|$|,? ` + lexicon.Any("words that let a clause end") + `\b)`)

// refusal is the sentence with which a turn declines to answer, in the canonical
// text. It is one of the first: a refusal that comes later is about something else.
func (shape ExcerptShape) refusal(h retrieval.Hit) (span sentence.Span, refuses bool) {
	runes := []rune(h.Text)
	sentences := sentence.Split(h.Text)
	for _, s := range sentences[:min(shape.RefusalSentences, len(sentences))] {
		if refusing.MatchString(string(runes[s.Start:s.End])) {
			return sentence.Span{Start: h.Start + s.Start, End: h.Start + s.End}, true
		}
	}
	return sentence.Span{}, false
}
