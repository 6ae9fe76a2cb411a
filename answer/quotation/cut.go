package quotation

import (
	"strings"
	"unicode"

	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/transcript/quotes"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// longestSentence bounds the sentence that a note shows, in code points: 300, some three lines.
const longestSentence = 300

// cutNote says what a quotation's sentence says where the clause that it is cut out of begins
// with a negation, or with who else says so, or the sentence has a condition beside it: "I took
// the money" out of "I never said that I took the money". So it does where the sentence asks, where
// a colon leads to it from a negation, and where a denial is but the subject of the sentence's verb:
// "No comment" out of "No comment was ever made". It is empty for every other. The words are the
// record's all the same, and whoever checks a draft has to read the sentence.
func (t *Turns) cutNote(m Match) string {
	turn := t.turns[m.Hit]
	start, end := m.Span.Start-turn.hit.Start, m.Span.End-turn.hit.Start
	whole, sentences := sentence.Span{Start: start, End: end}, turn.sentences()
	if first, last := sentence.Touching(sentences, whole); first >= 0 {
		whole.Start, whole.End = min(start, sentences[first].Start), max(end, sentences[last].End)
	}
	before, after := string(turn.runes[whole.Start:start]), string(turn.runes[end:whole.End])
	asked := strings.HasPrefix(strings.TrimLeft(after, "”’\"'» "), "?")
	if !asked && strings.TrimSpace(before) == "" && strings.TrimFunc(after, isPunctuation) == "" {
		return ""
	}
	tongue, behind := tongueOf(turn.hit.Text), firstClause(after)
	opening := strings.TrimSpace(before) == "" && tongue.has(string(turn.runes[start:end]), negation) && tongue.startsWith(after, auxiliary)
	turned := asked || opening || strings.HasSuffix(strings.TrimSpace(before), ":") && tongue.has(before, negation) || tongue.has(before, condition) || tongue.has(lastClause(before), negation) || says(lastClause(before)) || tongue.has(after, condition) ||
		strings.ContainsFunc(behind, words.ByCharacter) && tongue.has(behind, negation) // Japanese and Korean deny at the end
	if !turned {
		return ""
	}
	shown := turn.runes[whole.Start:whole.End]
	if len(shown) > longestSentence {
		return "it is cut out of a sentence that may turn its meaning: read it there"
	}
	return "it is cut out of a sentence that may turn its meaning: “" + words.OneLine(string(shown)) + "”"
}

// announcedNote says of a quotation that the speaker announces it as another's words, without any
// mark; empty for every other.
func (t *Turns) announcedNote(m Match) string {
	turn := t.turns[m.Hit]
	sentences := turn.sentences()
	first, _ := sentence.Touching(sentences, sentence.Span{Start: m.Span.Start - turn.hit.Start, End: m.Span.End - turn.hit.Start})
	if first < 0 {
		return ""
	}
	announcement := quotes.Announcement(turn.runes, sentences, first)
	if announcement < 0 {
		return ""
	}
	return "the speaker seems to read or to repeat another's words here, behind “" + words.OneLine(turn.slice(sentence.Span{
		Start: turn.hit.Start + sentences[announcement].Start, End: turn.hit.Start + sentences[announcement].End})) + "”"
}

func isPunctuation(r rune) bool { return unicode.IsPunct(r) || unicode.IsSpace(r) }
