package answer

import (
	"math"
	"slices"
	"strings"
	"unicode"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
	"github.com/pullquote/pullquote/transcript/quotes"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// questionOf is the question that a turn answers, and its sentence that asks. It is nil unless the
// turn follows directly (who speaks behind the answer may have been asked nothing), the
// question asks or requests something, and it asks nobody else by name.
func questionOf(h retrieval.Hit) (q *retrieval.QuestionTurn, asks string) {
	if q = h.Question; q == nil || h.Turn != q.Turn+1 {
		return nil, ""
	}
	runes := []rune(q.Text)
	spans := sentence.Split(q.Text)
	for i, s := range slices.Backward(spans) {
		text := string(runes[s.Start:s.End])
		if !isAsking(text) {
			continue
		}
		if asksAnother(h, q, runes, spans[:i+1]) {
			return nil, ""
		}
		return q, text
	}
	return nil, ""
}

// isAsking reports whether a sentence ends as a question, in some languages by its last word
// alone, or begins as a request: "Tell us about the storm." In scripts without question marks
// it may, and the turn is a questioner's.
func isAsking(text string) bool {
	if strings.ContainsAny(text[max(0, len(text)-16):], questionMarks) || strings.ContainsFunc(text, isUnmarked) || slices.ContainsFunc(askingEnds, func(end string) bool {
		return strings.HasSuffix(strings.TrimRight(text, " .。」』"), end)
	}) {
		return true
	}
	first, _, _ := strings.Cut(strings.TrimSpace(text), " ")
	return requests[lexicon.Fold(first)]
}

var (
	requests   = lexicon.Words("verbs of requests")
	askingEnds = lexicon.Phrases("endings of questions")
)

// isUnmarked reports whether a letter is of a script that has no question mark.
func isUnmarked(r rune) bool {
	return r >= firstUnmarked && unicode.In(r, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

const firstUnmarked = '\u0E00' // the first letter of these scripts, which most characters come before

// shortAnswer is a number of words that say little without what they answer: "I regret that.",
// "Not all of them." A clause that stands alone, with a subject, a verb and what it says, mostly has more.
const shortAnswer = 4

// saysLittle reports whether words say little without what stands before them: they are few, or
// begin with a yes or a no.
func saysLittle(text string) bool {
	return words.Count(text) <= shortAnswer || assents(text)
}

// assents reports whether words begin with a yes or a no.
func assents(text string) bool {
	first, _, _ := strings.Cut(strings.TrimLeftFunc(text, func(r rune) bool { return !isOfWord(r) }), " ")
	said := tokensOf(first)
	return len(said) > 0 && assenting[said[0].folded]
}

var assenting = lexicon.Words("words of assent and denial")

// question is the question that a quotation answers, where it has to be quoted with it: the
// quotation says little without it, a model told of it, or another question stands before, to
// which it would seem to be the answer.
func (w *writer) question(p point, l lead, q *retrieval.QuestionTurn) *excerpt {
	behind := w.apart(p.hit.Hit) && w.before.asks()
	if q == nil || w.found || p.hit.Doubt != "" || !behind && !l.tells && !(p.span.Start == p.hit.Start && saysLittle(p.text)) {
		return nil
	}
	asked, ok := wholeQuestion(p.hit.Hit, *q, math.MaxInt)
	if !ok || w.before != nil && w.before.covers(asked) || !behind && w.quotes(asked) {
		return nil
	}
	return &asked
}

// wholeQuestion is all that a turn asks, to its end, which may take back or change what it
// asks first. It begins at a place in the canonical text at the latest.
func wholeQuestion(answer retrieval.Hit, q retrieval.QuestionTurn, latest int) (excerpt, bool) {
	hit := readTurn(questionHit(answer, q))
	for _, s := range hit.sentences() {
		if start := min(s.Start, max(0, latest-q.Start)); start < s.Start || isAsking(hit.words(s)) {
			if len(hit.runes)-start > longestQuotation {
				return excerpt{}, false
			}
			return hit.excerpt(sentence.Span{Start: start, End: len(hit.runes)}).standing()
		}
	}
	return excerpt{}, false
}

// covers reports whether a citation has all words of an excerpt.
func (c Citation) covers(e excerpt) bool {
	return c.TranscriptID == e.hit.TranscriptID && c.Turn == e.hit.Turn && c.Start <= e.span.Start && e.span.End <= c.End
}

// apart reports whether a quotation of another speaker's stands before, who did not say it in
// the same turn nor ask just what this one answers: it is told that this one stands elsewhere,
// lest a dialogue that never took place is read.
func (w *writer) apart(h retrieval.Hit) bool {
	return w.before != nil && !w.goesOn(h) && !w.answersBefore(h) &&
		(w.before.asks() || w.before.Speaker == "" || w.before.Speaker != h.Speaker)
}

// asks reports whether a citation asks, or is of a questioner's words.
func (c Citation) asks() bool { return c.Role == model.RoleQuestion || isAsking(c.Quote) }

// answersBefore reports whether a hit answers the turn that is quoted before.
func (w *writer) answersBefore(h retrieval.Hit) bool {
	return w.before.TranscriptID == h.TranscriptID && h.Question != nil && w.before.Turn == h.Question.Turn && h.Turn == w.before.Turn+1
}

// questionHit is the turn of a question, as far as it is quoted with its answer.
func questionHit(answer retrieval.Hit, q retrieval.QuestionTurn) retrieval.Hit {
	return retrieval.Hit{
		TranscriptID: answer.TranscriptID, Title: answer.Title, Collection: answer.Collection, Date: answer.Date, Place: answer.Place,
		Version: answer.Version, SHA256: answer.SHA256,
		Turn: q.Turn, Label: q.Label, Speaker: q.Speaker, Affiliation: q.Affiliation, Doubt: q.Doubt, Role: model.RoleQuestion,
		Continues: model.Optional(quotes.NoteOfReading(string(q.Label))), Text: q.Text, Start: q.Start, End: q.End,
	}
}
