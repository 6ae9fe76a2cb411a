package answer

import (
	"context"
	"strings"

	"github.com/pullquote/pullquote/retrieval"
)

// Shown is a quotation without a model, and what speaks for it.
type Shown struct {
	retrieval.Hit
	Quote         string
	Support, Mass float64
}

// Quotations are what an answer without a model quotes; where it declines, what speaks
// most for an answer.
func (s *Service) Quotations(ctx context.Context, req Request, history []string) (shown []Shown, answered bool, err error) {
	q := readQuestion(req.Question)
	result, err := s.retrieve(ctx, &q, req, history)
	if err != nil {
		return nil, false, err
	}
	r := newReading(s.evidence, q, result)
	var points []point
	if sides := r.sides(); len(sides) > 0 {
		for _, s := range sides {
			said, _ := r.by(s, r.Selection.Quotations)
			points = append(points, said...)
		}
	} else {
		points = r.points()
	}
	answered = len(points) > 0
	if !answered {
		points = pointsOf(r.best(r.excerpts(), r.Selection.Quotations))
	}
	for _, p := range points {
		shown = append(shown, Shown{p.hit.Hit, p.text, p.support, p.mass})
	}
	return shown, answered, nil
}

// Bound says whom a question binds to in the record.
func (s *Service) Bound(ctx context.Context, text string) (string, error) {
	q := readQuestion(text)
	if _, err := s.retrieve(ctx, &q, Request{}, nil); err != nil {
		return "", err
	}
	var bound []string
	for _, p := range q.persons {
		bound = append(bound, strings.Join(p.names, " = "))
	}
	if len(q.absent) > 0 {
		bound = append(bound, q.absence())
	}
	for _, c := range q.told {
		bound = append(bound, "who tells of "+c.text)
	}
	if q.notice != "" {
		bound = append(bound, q.notice)
	}
	return strings.Join(bound, "; "), nil
}

// PlaceOf is where a question asks to look.
func PlaceOf(text string, req Request) string {
	p, ok := readPlace(text, req)
	if !ok {
		return ""
	}
	return join(" ", p.from, p.to, p.collection) + ": " + p.text
}

// StandAlone makes a follow-up stand alone.
func (s *Service) StandAlone(ctx context.Context, history []string, text string) (string, error) {
	f, err := s.readFollowUp(ctx, retrieval.Filter{}, history, text)
	return f.shown(), err
}

// Refuses reports whether a sentence declines to answer.
func Refuses(sentence string) bool { return refusing.MatchString(sentence) }
