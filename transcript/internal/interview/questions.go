package interview

import (
	"github.com/pullquote/pullquote/transcript/internal/asking"
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
		return asking.Score(v.body[i].text, v.body[i+1].text)
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
