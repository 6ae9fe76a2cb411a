package answer

import (
	"cmp"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/pullquote/pullquote/transcript"
)

// NotAnswered is the text of an answer where the record has none.
const NotAnswered = "The record does not answer this."

// writer writes an answer's prose and its citations, and tells each as it is
// written. It is the only place where quotation marks are set.
type writer struct {
	citer
	answer *Answer
	emit   func(Event) error
	dated  map[string]bool // transcripts whose title and date have been given
	length int             // of the text, in code points
}

func newWriter(a *Answer, c citer, emit func(Event) error) *writer {
	return &writer{citer: c, answer: a, emit: emit, dated: map[string]bool{}}
}

// point writes one statement of an extractive answer, a paragraph of its own.
func (w *writer) point(p point) error {
	if p.kind == pointAbsent {
		return w.statement([]part{{prose: fmt.Sprintf("The record has nothing by %s on this.", p.hit.Speaker)}}, true)
	}
	introduction := w.introduction(p)
	if source := w.source(p.hit); source != "" {
		introduction += " (" + source + ")"
	}
	return w.statement([]part{{prose: introduction + ": "}, {quote: &p.excerpt}}, true)
}

// statement writes the parts of a statement, each quotation between quotation
// marks and with its number.
func (w *writer) statement(parts []part, paragraph bool) error {
	var text strings.Builder
	switch {
	case w.length > 0 && paragraph:
		text.WriteString("\n\n")
	case w.length > 0:
		text.WriteString(" ")
	}
	numbers := []int{}
	for _, p := range parts {
		if p.quote == nil {
			text.WriteString(p.prose)
			continue
		}
		c := w.cite(p.quote.hit, p.quote.span)
		c.Number, c.Status = len(w.answer.Citations)+1, cmp.Or(p.quote.status, c.Status)
		text.WriteString("“")
		c.AnswerStart = w.length + utf8.RuneCountInString(text.String())
		c.AnswerEnd = c.AnswerStart + utf8.RuneCountInString(c.Quote)
		fmt.Fprintf(&text, "%s” [%d]", c.Quote, c.Number)
		numbers = append(numbers, c.Number)
		w.answer.Citations = append(w.answer.Citations, c)
		if err := w.emit(Cited{c}); err != nil {
			return err
		}
	}
	w.length += utf8.RuneCountInString(text.String())
	w.answer.Text += text.String()
	w.answer.Statements = append(w.answer.Statements, Statement{Text: strings.TrimSpace(text.String()), Citations: numbers})
	return w.emit(Delta{text.String()})
}

// introduction says whose words follow, in which role.
func (w *writer) introduction(p point) string {
	h := p.hit
	name := credit(h.Speaker, h.Affiliation, h.Role)
	switch {
	case p.kind == pointPremise:
		return "The record does not show that. It is in a question: " + name + " asked"
	case p.kind == pointIdentity:
		return "The questioner's name is given in the same turn"
	case p.kind == pointAsked:
		return capital(name) + " asked"
	case p.kind == pointAnswered && p.refusal:
		return capital(name) + " declined to answer that"
	case p.kind == pointAnswered:
		return capital(name) + " answered"
	case h.Role == transcript.RoleNarration:
		return "The text accompanying the transcript says"
	}
	if n := len(w.answer.Citations); n > 0 && w.answer.Citations[n-1].TranscriptID == h.TranscriptID && w.answer.Citations[n-1].Turn == h.Turn {
		return "In the same " + turnName(h.Role)
	}
	verb := " said"
	if p.refusal {
		verb = " did not answer directly"
		if declined, ok := declines(h.Text); ok && p.span.End == h.Start+declined.End {
			verb = " declined to comment"
		}
	}
	if h.Question != nil {
		return "Asked by " + questioner(h.Question) + ", " + name + verb
	}
	return capital(name) + verb
}
