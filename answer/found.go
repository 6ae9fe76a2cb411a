package answer

import (
	"time"

	"github.com/pullquote/pullquote/retrieval"
)

// ModeSearch is of what Found makes: no answer, but the turns that were found.
const ModeSearch Mode = "search"

// Found writes down what a search found, so that it can leave as answers do: each
// turn is a quotation, whole, in the order of the hits. It is not stored and has
// no id.
func (s *Service) Found(query string, result retrieval.Result) Answer {
	a := Answer{
		Question: query, StandaloneQuestion: query, Mode: ModeSearch, Answerable: len(result.Hits) > 0, DidYouMean: result.Reading.DidYouMean, Notice: result.Notice(), CreatedAt: time.Now().UTC(),
		Statements: []Statement{}, Citations: []Citation{}, Withheld: []Withheld{}, Nearest: []retrieval.Hit{},
	}
	w := newWriter(&a, s.citer, func(Event) error { return nil })
	w.found = true
	for _, h := range result.Hits {
		whole := excerpt{hit: readTurn(h), span: h.Span(), text: h.Text}
		_ = w.point(point{whole, kindOf(whole)}, lead{}) // fails only where telling fails
	}
	if !a.Answerable {
		a.Text = "Nothing was found."
	}
	return a
}
