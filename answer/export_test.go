package answer

import (
	"context"

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
	points := r.points()
	answered = len(points) > 0
	if !answered {
		points = pointsOf(r.best(r.excerpts(), r.Selection.Quotations))
	}
	for _, p := range points {
		if p.kind != pointAbsent {
			shown = append(shown, Shown{p.hit, p.text, p.support, p.mass})
		}
	}
	return shown, answered, nil
}
