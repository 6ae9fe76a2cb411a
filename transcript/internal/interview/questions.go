package interview

import (
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/internal/names"
	"github.com/pullquote/pullquote/transcript/internal/people"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// markQuestions marks the paragraphs in which the interviewer asks. Where questions are
// printed in bold type or as headings, that decides; else their words do. Of two in a row the
// likelier one is the interviewer's, and the other is of the answer, asked for effect; if
// they are as likely, the first is.
func (v *Interview) markQuestions() {
	bold := v.boldQuestions()
	previous := false
	likely := func(i int) int {
		if i+1 >= len(v.body) || v.body[i].kind != kindAnswer {
			return 0
		}
		return v.askingScore(i)
	}
	for i := range v.body {
		p := &v.body[i]
		if p.kind != kindAnswer || i+1 == len(v.body) {
			continue
		}
		score := likely(i)
		asks := !previous && score > 0 && likely(i+1) <= score
		if bold {
			asks = p.bold || p.heading
		}
		if asks {
			p.kind = kindQuestion
		}
		previous = asks
	}
}

// boldQuestions reports whether bold type, or being headings, marks the questions: more than
// half of the paragraphs so printed end with a question.
func (v *Interview) boldQuestions() bool {
	bold, asking := 0, 0
	for _, p := range v.body {
		if p.bold || p.heading && p.kind == kindAnswer {
			bold++
			if sentence.EndsAsking(p.text) {
				asking++
			}
		}
	}
	return bold > 1 && 2*asking > bold
}

// How much speaks for a paragraph being the interviewer's. Those who are interviewed ask for
// effect, too, but of themselves and their like: "So what do we do?" Interviewers address
// somebody.
const (
	scoreAsking    = 2  // it ends with a question
	scoreAddress   = 5  // it addresses somebody, and ends with a question or is a request
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

// askingScore judges how likely paragraph i is the interviewer's; not at all if it is zero or
// less.
func (v *Interview) askingScore(i int) int {
	p := v.body[i].text
	if len(p) > questionBytes || letters.WordCount(p, questionWords) > questionWords {
		return 0
	}
	words := letters.LowerWords(p)
	switch {
	case len(words) == 0:
		return 0
	case sentence.EndsAsking(p):
		return v.questionScore(i, words)
	case isRequest(words):
		return scoreAddress
	}
	you, self := letters.HasWord(words, addressWords), letters.HasWord(words, selfWords)
	if you && !self && v.replied(i) && asksWithoutMark(p, words) {
		return scoreAddress
	}
	return 0
}

// questionScore is the score of paragraph i, which has these words, in small letters, and ends
// with a question.
func (v *Interview) questionScore(i int, words []string) int {
	you, self, replied := letters.HasWord(words, addressWords), letters.HasWord(words, selfWords), v.replied(i)
	score := scoreAsking
	switch {
	case you && self && len(words) > longAsking: // "So when they tell me that, what else have you got?"
		score = 0
	case you:
		score = scoreAddress
	case self:
		score += scoreSelf
	case letters.HasWord(words, groupWords):
		score += scoreGroup
		replied = false // "We ..." replies to oneself
	}
	if !you && people.OpensAside(words[0]) {
		score += scoreAside
	}
	if p := v.body[i].text; strings.HasPrefix(p, "“") || strings.HasPrefix(p, "\"") {
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
	for len(words) > 0 && people.OpensAside(words[0]) {
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
	if people.OpensAside(first) && len(words) > 1 {
		first = words[1]
	}
	return first == "you" || first == "you've" || first == "your" || strings.Contains(p, "?")
}

// replied reports whether the paragraph behind i begins as replies do: with "Yes" or "Well",
// or with a sentence of a few words.
func (v *Interview) replied(i int) bool {
	if i+1 >= len(v.body) {
		return false
	}
	words := names.Scan(letters.Head(v.body[i+1].text+" ", replyStart))
	for _, w := range words[:min(len(words), shortReply)] {
		if w.EndsSentence() {
			return true
		}
	}
	return len(words) > 0 && replyWords[words[0].Folded]
}
