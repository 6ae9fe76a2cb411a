package draft

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/lexicon"
)

// longestInterruption bounds what interrupts a quotation, in bytes: a name, an office, a verb.
const longestInterruption = 160

// joinInterrupted says of quotations that go on with a sentence which the text interrupts what
// they go on with: “We will,” she said, “wait.” Its parts stand in the record one by one also
// where words between them are left out.
func joinInterrupted(found []quote) {
	for i := 1; i < len(found); i++ {
		before, q := &found[i-1], &found[i]
		if !q.follows || before.last != q.block || !before.spoken || !q.spoken || !goesOn(before.Text, q.Text) || !interrupts(q.before) {
			continue
		}
		q.Continues = before.Text
		if before.Continues != "" {
			q.Continues = before.Continues + " " + before.Text
		}
	}
}

// goesOn reports whether a quotation may go on with the sentence of the one before it.
func goesOn(before, text string) bool {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(before, "”\"’'»"))
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(text, "…. "))
	return !strings.ContainsRune(".?!。？！:", last) && (unicode.IsLower(first) || unicode.Is(unicode.Han, first) || strings.HasPrefix(text, "…"))
}

// interrupts reports whether the text between two quotations says who speaks, or stands between
// dashes, and ends no sentence.
func interrupts(between string) bool {
	text := strings.TrimSpace(between)
	if text == "" || len(text) > longestInterruption || endsSentence(text) {
		return false
	}
	dashes := text != strings.TrimLeft(text, "–—") && text != strings.TrimRight(text, "–—")
	commas := strings.HasSuffix(text, ",") && !beginsAnother.MatchString(text)
	return dashes || commas || sayingVerb.MatchString(text) && !beginsAnother.MatchString(text) && !strings.HasSuffix(text, ":")
}

// beginsAnother are words between quotations behind which the next is another: “so” and “so”, “so”,
// she said, and added that it was “so”.
var beginsAnother = regexp.MustCompile(`(?i)^,?\s*` + lexicon.Any("coordinating conjunctions") + `(?:[^\pL]|$)|[^\pL](?:` + lexicon.Any("coordinating conjunctions") + `)\s+\p{Ll}+\s+that[^\pL]|[^\pL](?:` + lexicon.Any("coordinating conjunctions") + `|that)$`)

// sayingVerb is a verb that credits, in any language that credits are read in.
var sayingVerb = regexp.MustCompile(`(?i)(?:^|[^\pL])(?:` + lexicon.Pattern(lexicon.SayingVerbs(lexicon.Infinitive, lexicon.Third, lexicon.Past)) + `|` + lexicon.Any("verbs beside quotations") + `)(?:[^\pL]|$)`)

// endsSentence reports whether a sentence ends within a text: a full stop behind a title or an
// initial ends none.
func endsSentence(text string) bool {
	for _, field := range strings.Fields(text) {
		word := strings.TrimRight(field, ".?!")
		if word == field || field == word+"." && (lexicon.IsTitle(lexicon.Fold(word)) || lexicon.IsInitial(word)) {
			continue
		}
		return true
	}
	return false
}
