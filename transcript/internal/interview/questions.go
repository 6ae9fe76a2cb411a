package interview

import (
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/internal/names"
	"github.com/pullquote/pullquote/transcript/internal/people"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// markQuestions finds the paragraphs in which the interviewer asks. Where
// questions are printed in bold or as headings, that decides; else their words do. Of two in
// a row the likelier is the interviewer's, and the other the answer's own, asked
// for effect; the first, if they are as likely.
func (s *Interview) markQuestions() {
	bold := s.boldQuestions()
	previous := false
	likely := func(i int) int {
		if i+1 >= len(s.body) || s.body[i].part != partAnswer {
			return 0
		}
		return s.askingScore(i)
	}
	for i := range s.body {
		p := &s.body[i]
		if p.part != partAnswer || i+1 == len(s.body) {
			continue
		}
		score := likely(i)
		asks := !previous && score > 0 && likely(i+1) <= score
		if bold {
			asks = p.bold || p.heading
		}
		if asks {
			p.part = partQuestion
		}
		previous = asks
	}
}

// boldQuestions reports whether bold type marks the questions.
func (s *Interview) boldQuestions() bool {
	bold, asking := 0, 0
	for _, p := range s.body {
		if p.bold || p.heading && p.part == partAnswer {
			bold++
			if sentence.EndsAsking(p.text) {
				asking++
			}
		}
	}
	return bold > 1 && asking*2 > bold
}

// askingScore judges how likely paragraph i is the interviewer's; not at all when
// it is zero or less. Those who are interviewed ask for effect, too, but of
// themselves and their like ("So what do we do?"); interviewers address somebody.
func (s *Interview) askingScore(i int) int {
	p := s.body[i].text
	if len(p) > 12*questionWords || letters.WordCount(p, questionWords) > questionWords {
		return 0
	}
	words := letters.LowerWords(p)
	if len(words) == 0 {
		return 0
	}
	you, self, replied := letters.HasWord(words, addressWords), letters.HasWord(words, selfWords), s.replied(i)
	if !sentence.EndsAsking(p) {
		if isRequest(words) || you && replied && !self && asksWithoutMark(p, words) {
			return directAsking
		}
		return 0
	}
	score := plainAsking
	switch {
	case you && self && len(words) > longAsking: // "So when they tell me that, what else have you got?"
		score = 0
	case you:
		score = directAsking
	case self:
		score -= 3
	case letters.HasWord(words, groupWords):
		score--
		replied = false // "We ..." replies to oneself
	}
	if !you && people.OpensAside(words[0]) {
		score--
	}
	if strings.HasPrefix(p, "“") || strings.HasPrefix(p, "\"") {
		score -= 3
	}
	if replied {
		score++
	}
	return score
}

var (
	addressWords = lexicon.Words("second person")
	selfWords    = lexicon.Words("first person singular")
	firstPerson  = lexicon.Words("first person subjects")
	groupWords   = lexicon.Words("first person plural")
	requestWords = lexicon.Words("verbs of requests")
	replyWords   = lexicon.Words("beginnings of replies")
)

// The scores of paragraphs that ask.
const (
	plainAsking  = 2  // ends with a question mark
	directAsking = 5  // and addresses somebody, or asks them to tell
	longAsking   = 30 // words from which one that speaks of the speaker is rather an answer
)

const questionWords = 75 // that a question has at most

// isRequest recognises "Tell us about the storm."
func isRequest(words []string) bool {
	for len(words) > 0 && people.OpensAside(words[0]) {
		words = words[1:]
	}
	return len(words) > 2 && len(words) < 30 && requestWords[words[0]] && !letters.HasWord(words[1:], firstPerson)
}

// asksWithoutMark recognises questions that end otherwise: "Why did you leave?
// It seemed sudden.", "So you stayed."
func asksWithoutMark(p string, words []string) bool {
	if len(words) > 40 {
		return false
	}
	first := words[0]
	if people.OpensAside(first) && len(words) > 1 {
		first = words[1]
	}
	return first == "you" || first == "you've" || first == "your" || strings.Contains(p, "?")
}

// replied reports whether the paragraph after i begins as replies do: "Yes",
// "Well", or a sentence of a few words.
func (s *Interview) replied(i int) bool {
	if i+1 >= len(s.body) {
		return false
	}
	words := names.Scan(letters.Head(s.body[i+1].text+" ", 60))
	for _, w := range words[:min(len(words), 3)] {
		if w.EndsSentence() {
			return true
		}
	}
	return len(words) > 0 && replyWords[words[0].Folded]
}
