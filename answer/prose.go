package answer

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
)

// NotAnswered is the text of an answer where the record has none.
const NotAnswered = "The record does not answer this."

// writer writes an answer's prose and its citations, and tells each as it is
// written. It is the only place where quotation marks are set.
type writer struct {
	citer
	answer *Answer
	emit   func(Event) error
	told   string // the transcript whose title and date were given last
	length int    // of the text, in code points
}

func newWriter(a *Answer, c citer, emit func(Event) error) *writer {
	return &writer{citer: c, answer: a, emit: emit}
}

// point writes a quotation, a paragraph of its own, behind its introduction: what a lead says
// it is about, whose words it has, and once for each transcript its title and date.
func (w *writer) point(p point, l lead) error {
	introduction := join(", ", w.introduction(p, l), p.quoting())
	if source := w.source(p.hit); source != "" {
		introduction += " (" + source + ")"
	}
	return w.statement([]part{{prose: capital(introduction) + ": "}, {quote: &p.excerpt}})
}

// statement writes the parts of a statement, a paragraph of its own, each quotation between
// quotation marks and with its number.
func (w *writer) statement(parts []part) error {
	var text strings.Builder
	if w.length > 0 {
		text.WriteString("\n\n")
	}
	numbers := []int{}
	for _, p := range parts {
		if p.quote == nil {
			text.WriteString(p.prose)
			continue
		}
		text.WriteString("“")
		c, err := w.quote(p.quote, w.length+utf8.RuneCountInString(text.String()))
		if err != nil {
			return err
		}
		fmt.Fprintf(&text, "%s” [%d]", c.Quote, c.Number)
		numbers = append(numbers, c.Number)
	}
	w.length += utf8.RuneCountInString(text.String())
	w.answer.Text += text.String()
	w.answer.Statements = append(w.answer.Statements, Statement{Text: strings.TrimSpace(text.String()), Citations: numbers})
	return w.emit(Delta{Text: text.String()})
}

// quote adds the citation of an excerpt whose words begin at a place of the answer's
// text, in code points.
func (w *writer) quote(e *excerpt, at int) (Citation, error) {
	c := w.cite(e.hit, e.span)
	c.Number, c.Status = len(w.answer.Citations)+1, cmp.Or(e.status, c.Status)
	c.AnswerStart, c.AnswerEnd = at, at+utf8.RuneCountInString(c.Quote)
	w.answer.Citations = append(w.answer.Citations, c)
	return c, w.emit(Cited{c})
}

// quotes reports whether an excerpt's words are quoted already.
func (w *writer) quotes(e excerpt) bool {
	return slices.ContainsFunc(w.answer.Citations, func(c Citation) bool {
		return c.TranscriptID == e.hit.TranscriptID && c.Turn == e.hit.Turn && c.Start <= e.span.Start && e.span.End <= c.End
	})
}

// withhold keeps and tells what is not shown.
func (w *writer) withhold(withheld Withheld) error {
	w.answer.Withheld = append(w.answer.Withheld, withheld)
	return w.emit(WithheldEvent{withheld})
}

// introduction says whose words follow, in which role, about what and asked by whom.
func (w *writer) introduction(p point, l lead) string {
	h, name := p.hit, speakerName(p.hit.Credit())
	if l.topic != "" && !l.asked {
		return "about " + l.topic + ", " + w.introduction(p, lead{})
	}
	about := ""
	if l.asked {
		about = " about " + l.topic
	}
	switch {
	case p.kind == pointPremise:
		return "the record does not show that. It is in a question: " + name + " asked"
	case h.Doubt != "":
		return credited(h.Credit())
	case p.kind == pointIdentity:
		return "the questioner's name is given in the same turn"
	case p.kind == pointAsked:
		return name + " asked"
	case p.kind == pointAnswered && p.verb() != " said":
		return name + " declined to answer that"
	case p.kind == pointAnswered:
		return name + " answered"
	case h.Role == model.RoleNarration:
		return "the text accompanying the transcript says"
	case w.goesOn(h) && l.topic == "":
		return "in the same " + turnName(h.Role) + ", " + name + p.verb()
	case questionOf(h) != nil:
		return "asked by " + questioner(questionOf(h)) + about + ", " + name + p.verb()
	}
	return name + p.verb()
}

// goesOn reports whether the citation before is of the same turn.
func (w *writer) goesOn(h retrieval.Hit) bool {
	n := len(w.answer.Citations)
	return n > 0 && w.answer.Citations[n-1].TranscriptID == h.TranscriptID && w.answer.Citations[n-1].Turn == h.Turn
}

// questionOf is the question that a turn answers, if it follows directly: who speaks behind the
// answer may have been asked nothing.
func questionOf(h retrieval.Hit) *retrieval.QuestionTurn {
	if h.Question != nil && h.Turn == h.Question.Turn+1 {
		return h.Question
	}
	return nil
}

// verb says how an answer was given: a refusal alone is told as one. With anything beside it
// the reader sees what was said.
func (p point) verb() string {
	if p.refuses() && p.span == p.refusal && !exempting.MatchString(p.text) {
		return " declined to comment"
	}
	return " said"
}

// exempting are words behind which a refusal may answer after all.
var exempting = regexp.MustCompile(`(?i)[:;]|\b` + lexicon.Any("words that exempt from a refusal") + `\b`)
