// Package asking tells by its words whether a paragraph is that of somebody who asks another,
// where no label says so.
package asking

import (
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/internal/names"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// How much speaks for a paragraph being the interviewer's. Those who are interviewed ask for
// effect, too, but of themselves and their like: "So what do we do?" Interviewers address
// somebody.
const (
	Asks           = 2  // it ends with a question
	Addresses      = 5  // it addresses somebody, and ends with a question or is a request
	scoreReplied   = 1  // what follows begins as replies do
	scoreSelf      = -3 // it speaks of the speaker, and addresses nobody
	scoreGroup     = -1 // it speaks of a "we" to which the speaker belongs
	scoreAside     = -1 // it begins in the course of speech: "So", "And"
	scoreQuotation = -3 // it begins with a quotation
)

const (
	questionWords = 75                 // of a question, at most
	questionBytes = 12 * questionWords // likewise
	longAsking    = 30                 // words; if it is longer and speaks of the speaker as well as of "you", it is an answer
)

// Words that tell who speaks, and to whom.
var (
	addressWords = lexicon.Words("second person")
	selfWords    = lexicon.Words("first person singular")
	firstPerson  = lexicon.Words("first person subjects")
	groupWords   = lexicon.Words("first person plural")
	requestWords = lexicon.Words("verbs of requests")
	replyWords   = lexicon.Words("beginnings of replies")
)

// Score judges how likely a paragraph is that of somebody who asks another, who speaks in the
// next; not at all if it is zero or less.
func Score(p, next string) int {
	if len(p) > questionBytes || letters.WordCount(p, questionWords) > questionWords {
		return 0
	}
	words := letters.LowerWords(p)
	switch {
	case len(words) == 0:
		return 0
	case sentence.EndsAsking(p):
		return questionScore(p, next, words)
	case isRequest(words):
		return Addresses
	}
	you, self := letters.HasWord(words, addressWords), letters.HasWord(words, selfWords)
	if you && !self && Replies(next) && asksWithoutMark(p, words) {
		return Addresses
	}
	return 0
}

// questionScore is the score of a paragraph that has these words, in small letters, and ends
// with a question.
func questionScore(p, next string, words []string) int {
	you, self, replied := letters.HasWord(words, addressWords), letters.HasWord(words, selfWords), Replies(next)
	score := Asks
	switch {
	case you && self && len(words) > longAsking: // "So when they tell me that, what else have you got?"
		score = 0
	case you:
		score = Addresses
	case self:
		score += scoreSelf
	case letters.HasWord(words, groupWords):
		score += scoreGroup
		replied = false // "We ..." replies to oneself
	}
	if !you && OpensAside(words[0]) {
		score += scoreAside
	}
	if strings.HasPrefix(p, "“") || strings.HasPrefix(p, "\"") {
		score += scoreQuotation
	}
	if replied {
		score += scoreReplied
	}
	return score
}

const (
	shortestRequest = 3  // words
	longestRequest  = 29 // words
	unmarkedWords   = 40 // of a question that does not end with its mark, at most
	replyStart      = 60 // bytes of a paragraph in which it begins as replies do
	shortReply      = 3  // words of a first sentence that is a reply by its shortness, at most
)

// isRequest reports whether words, in small letters, ask somebody to tell something: "Tell us
// about the storm."
func isRequest(words []string) bool {
	for len(words) > 0 && OpensAside(words[0]) {
		words = words[1:]
	}
	return len(words) >= shortestRequest && len(words) <= longestRequest && requestWords[words[0]] && !letters.HasWord(words[1:], firstPerson)
}

// asksWithoutMark reports whether a paragraph of these words, in small letters, may be a
// question though it ends otherwise: "Why did you leave? It seemed sudden.", "So you stayed."
func asksWithoutMark(p string, words []string) bool {
	if len(words) > unmarkedWords {
		return false
	}
	first := words[0]
	if OpensAside(first) && len(words) > 1 {
		first = words[1]
	}
	return first == "you" || first == "you've" || first == "your" || strings.Contains(p, "?")
}

// Replies reports whether a paragraph begins as replies do: with "Yes" or "Well", or with a
// sentence of a few words.
func Replies(p string) bool {
	words := names.Scan(letters.Head(p+" ", replyStart))
	for _, w := range words[:min(len(words), shortReply)] {
		if w.EndsSentence() {
			return true
		}
	}
	return len(words) > 0 && replyWords[words[0].Folded]
}

// OpensAside reports whether a word, in small letters, turns to something or somebody in the
// course of speech: and, so, now.
func OpensAside(word string) bool { return asideOpenings[word] }

var asideOpenings = lexicon.Words("beginnings of asides")
