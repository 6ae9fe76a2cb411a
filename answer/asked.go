package answer

import (
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

// askingSentence is the sentence of a questioner's turn that asks, in code points of its text.
type askingSentence struct{ sentence.Span }

func (a askingSentence) of(text string) string { return string([]rune(text)[a.Start:a.End]) }

// questionOf is the question that a turn answers, and where it asks. It is nil unless the
// turn follows directly (who speaks behind the answer may have been asked nothing), the
// question asks or requests something, and it asks nobody else by name.
func questionOf(h retrieval.Hit) (*retrieval.QuestionTurn, askingSentence) {
	q := h.Question
	if q == nil || h.Turn != q.Turn+1 {
		return nil, askingSentence{}
	}
	runes := []rune(q.Text)
	spans := sentence.Split(q.Text)
	for i, s := range slices.Backward(spans) {
		text := string(runes[s.Start:s.End])
		if !isAsking(text) {
			continue
		}
		if asksAnother(h, q, runes, spans[:i+1]) {
			return nil, askingSentence{}
		}
		return q, askingSentence{s}
	}
	return nil, askingSentence{}
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
	return unicode.In(r, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// shortAnswer is a number of words that say little without what they answer: "I regret that.",
// "Not all of them." A clause that stands alone, with a subject, a verb and what it says, mostly has more.
const shortAnswer = 4

// leans reports whether a quotation says little without the question before it: it is short,
// or begins with a yes or a no.
func (p point) leans() bool {
	if words.Count(p.text) <= shortAnswer {
		return true
	}
	said := tokensOf(p.text)
	return p.span.Start == p.hit.Start && len(said) > 0 && assenting[said[0].folded]
}

var assenting = lexicon.Words("words of assent and denial")

// question is the question that a quotation answers, where it has to be quoted with it: the
// quotation says little without it, a model told of it, or another question stands before,
// to which it would seem to be the answer.
func (w *writer) question(p point, l lead, q *retrieval.QuestionTurn, asks askingSentence) *excerpt {
	behind := w.behindQuestion(p.hit)
	if q == nil || w.found || p.hit.Doubt != "" || !behind && !l.tells && !p.leans() {
		return nil
	}
	if w.before != nil && w.before.TranscriptID == p.hit.TranscriptID && w.before.Turn == q.Turn {
		return nil
	}
	asked, ok := excerpt{hit: questionHit(p.hit, *q)}.respan(asks.Start, asks.End).standing()
	if !ok || !behind && w.quotes(asked) {
		return nil
	}
	return &asked
}

// behindQuestion reports whether the quotation before is a question of another turn.
func (w *writer) behindQuestion(h retrieval.Hit) bool {
	return w.before != nil && !w.goesOn(h) && strings.ContainsAny(w.before.Quote, questionMarks)
}

// questionHit is the turn of a question, as far as it is quoted with its answer.
func questionHit(answer retrieval.Hit, q retrieval.QuestionTurn) retrieval.Hit {
	return retrieval.Hit{
		TranscriptID: answer.TranscriptID, Title: answer.Title, Collection: answer.Collection, Date: answer.Date, Place: answer.Place,
		Version: answer.Version, SHA256: answer.SHA256,
		Turn: q.Turn, Label: q.Label, Speaker: q.Speaker, Affiliation: q.Affiliation, Doubt: q.Doubt, Role: model.RoleQuestion,
		Text: q.Text, Start: q.Start, End: q.End, ReadAloud: quotes.ReadAloud(q.Text, quotes.NoteOfReading(string(q.Label))),
	}
}
