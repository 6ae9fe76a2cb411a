package answer

import (
	"regexp"

	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript"
)

// refusing recognises a sentence that declines to answer.
var refusing = regexp.MustCompile(`(?i)\b(` +
	`(declin\w+|refus\w+) to (comment|answer|say|discuss|speak|confirm|speculate|go into|get into)|no comment|` +
	`((not|never) (going|able|prepared|willing|here|in a position|at liberty)|won['’]t|will not|wouldn['’]t|would not|can['’]t|cannot|can not|couldn['’]t|don['’]t|do not|rather not|prefer not|not) ` +
	`(to )?(be able to |want to |be )?(comment\w*|discuss\w*|speculat\w+|get into|getting into|go into|going into|confirm|disclos\w+|characteri[sz]e|elaborate|single out|answer that|talk about|speak to|share (that|those|any)|address that|give you (a|any|that)|name (names|any)|say (more|anything|any more|whether|which|who|how))|` +
	`not my place)\b`)

// refusal is the sentence with which a turn declines to answer, in the canonical
// text. It is one of the first: a refusal that comes later is about something else.
func (shape ExcerptShape) refusal(h retrieval.Hit) (span transcript.Span, refuses bool) {
	runes := []rune(h.Text)
	sentences := transcript.Sentences(h.Text)
	for _, s := range sentences[:min(shape.RefusalSentences, len(sentences))] {
		if refusing.MatchString(string(runes[s.Start:s.End])) {
			return transcript.Span{Start: h.Start + s.Start, End: h.Start + s.End}, true
		}
	}
	return transcript.Span{}, false
}
