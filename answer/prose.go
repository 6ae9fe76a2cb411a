package answer

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

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
	told   string    // the transcript whose title and date were given last
	before *Citation // the quotation before, but not the question quoted with it
	found  bool      // it writes down what somebody chose, which stands alone
	length int       // of the text, in code points
}

func newWriter(a *Answer, c citer, emit func(Event) error) *writer {
	return &writer{citer: c, answer: a, emit: emit}
}

// point writes a quotation, a paragraph of its own, behind its introduction: what a lead says
// it is about, whose words it has, and once for each transcript its title and date. The
// question that it answers follows where it has to be quoted as well.
func (w *writer) point(p point, l lead) error { return w.pointWith(p, l, nil) }

// pointWith writes a quotation with a question that is quoted after it, where the turn answers
// that and it is not nil.
func (w *writer) pointWith(p point, l lead, asked *excerpt) error {
	c := w.citation(p.excerpt)
	q, _ := p.hit.question()
	introduction := join(", ", w.introduction(p, l, q), c.Quoting())
	if source := w.source(p.hit.Hit); source != "" {
		introduction += " (" + source + ")"
	}
	parts := []written{{prose: capital(introduction) + ": "}, {quotes: &c}}
	if asked == nil {
		asked = w.question(p, l, q)
	}
	if asked != nil {
		q := w.citation(*asked)
		parts = append(parts, written{prose: " " + join(", ", "The question was", q.Quoting()) + ": "}, written{quotes: &q})
	}
	w.before = &c
	return w.statement(parts)
}

// points writes quotations, each answer with its question where that follows it.
func (w *writer) points(points []point) error {
	for i := 0; i < len(points); i++ {
		var asked *excerpt
		if i+1 < len(points) && points[i+1].kind == pointAsked && points[i+1].answeredBy(points[i]) {
			if q, _ := points[i].hit.question(); q != nil {
				if whole, ok := wholeQuestion(points[i].hit.Hit, *q, points[i+1].span.Start); ok {
					asked = &whole
				}
			}
		}
		if err := w.pointWith(points[i], lead{}, asked); err != nil {
			return err
		}
		if asked != nil {
			i++
		}
	}
	return nil
}

// answeredBy reports whether a point is of the turn that another answers.
func (p point) answeredBy(answer point) bool {
	key, ok := answer.hit.QuestionKey()
	return ok && key == turnOf(p.hit.Hit)
}

// citation is that of an excerpt before it is written, and has its place and its number.
func (w *writer) citation(e excerpt) Citation {
	c := w.cite(e.hit, e.span)
	c.Status = cmp.Or(e.status, c.Status)
	return c
}

// written is a part of a statement of an answer: the program's prose, or what is quoted there.
type written struct {
	prose  string
	quotes *Citation
}

// statement writes the parts of a statement, a paragraph of its own, each quotation between
// quotation marks and with its number.
func (w *writer) statement(parts []written) error {
	var text strings.Builder
	if w.length > 0 {
		text.WriteString("\n\n")
	}
	numbers := []int{}
	for _, p := range parts {
		if p.quotes == nil {
			text.WriteString(p.prose)
			continue
		}
		text.WriteString("“")
		c, err := w.quote(*p.quotes, w.length+utf8.RuneCountInString(text.String()))
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

// quote adds a citation whose words begin at a place of the answer's text, in code points.
func (w *writer) quote(c Citation, at int) (Citation, error) {
	c.Number = len(w.answer.Citations) + 1
	c.AnswerStart, c.AnswerEnd = at, at+utf8.RuneCountInString(c.Quote)
	w.answer.Citations = append(w.answer.Citations, c)
	return c, w.emit(Cited{c})
}

// quotes reports whether an excerpt's words are quoted already.
func (w *writer) quotes(e excerpt) bool {
	return slices.ContainsFunc(w.answer.Citations, func(c Citation) bool { return c.covers(e) })
}

// withhold keeps and tells what is not shown.
func (w *writer) withhold(withheld Withheld) error {
	w.answer.Withheld = append(w.answer.Withheld, withheld)
	return w.emit(WithheldEvent{withheld})
}

// introduction says whose words follow, in which role, about what and asked by whom: in the
// question that the turn answers, nil where it answers none.
func (w *writer) introduction(p point, l lead, q *retrieval.QuestionTurn) string {
	about := ""
	if l.topic != "" && !l.asked {
		about = "about " + l.topic + ", "
	}
	switch {
	case w.apart(p.hit.Hit):
		return "elsewhere, " + about + w.byline(p, l, q)
	case w.goesOn(p.hit.Hit) && l.topic == "" && p.kind == pointSaid && p.hit.Role != model.RoleNarration:
		return w.where(p) + "in the same " + turnName(p.hit.Role) + ", " + w.byline(p, l, nil)
	}
	return about + w.byline(p, l, q)
}

// byline credits the words that follow to their speaker.
func (w *writer) byline(p point, l lead, q *retrieval.QuestionTurn) string {
	h, name := p.hit, speakerName(p.hit.Credit())
	switch {
	case p.kind == pointPremise:
		return "this is in a question: " + name + p.verb()
	case h.Doubt != "":
		return credited(h.Credit())
	case p.kind == pointIdentity:
		return "the questioner's name is given in the same turn"
	case p.kind == pointAsked:
		return name + p.verb()
	case p.kind == pointAnswered && p.verb() != " said":
		return name + " declined to answer that"
	case p.kind == pointAnswered:
		return name + " answered"
	case h.Role == model.RoleNarration:
		return "the text accompanying the transcript says"
	case q != nil && l.asked:
		return "asked by " + questioner(q) + " about " + l.topic + ", " + name + p.verb()
	case q != nil:
		return "asked by " + questioner(q) + ", " + name + p.verb()
	}
	return name + p.verb()
}

// where tells where in the same turn a quotation stands, seen from the one before: it is empty
// where nothing is left out between them.
func (w *writer) where(p point) string {
	start, end := p.span.Start-p.hit.Start, w.before.End-p.hit.Start
	switch {
	case start < end:
		return "earlier "
	case end < 0 || strings.TrimSpace(string(p.hit.runes[end:start])) != "":
		return "later "
	}
	return ""
}

// goesOn reports whether the citation before is of the same turn.
func (w *writer) goesOn(h retrieval.Hit) bool {
	return w.before != nil && w.before.TranscriptID == h.TranscriptID && w.before.Turn == h.Turn
}

// verb says how something was said. Words without a question are not told as one, and only a
// refusal that is all of its turn is told as a refusal: beside anything else the reader sees
// what was said.
func (p point) verb() string {
	switch {
	case p.hit.Role == model.RoleQuestion && strings.ContainsAny(p.text, questionMarks):
		return " asked"
	case p.refuses() && strings.TrimSpace(p.hit.Text) == strings.TrimSpace(p.text) && declines(p.text):
		return " declined to comment"
	}
	return " said"
}
