package answer

import (
	"context"
	"fmt"
	"time"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// ModeClippings is of what Clippings makes: no answer, but quotations that a reader chose.
const ModeClippings Mode = "clippings"

// Clipping is the place of a quotation that a reader chose, in code points of the canonical text.
type Clipping struct {
	TranscriptID string `json:"transcript_id"`
	Turn         int    `json:"turn"`
	Start        int    `json:"start"`
	End          int    `json:"end"`
}

// Clippings writes down the quotations at places, in their order, so that they can leave as
// answers do. The words are read from the record: whoever kept the places cannot change them. A
// place that is none of a quotation is refused with its number, "invalid" or "not_found".
func (v *Verifier) Clippings(ctx context.Context, library Transcripts, title string, places []Clipping) (Answer, error) {
	a := Answer{
		Question: title, StandaloneQuestion: title, Mode: ModeClippings, Answerable: true, CreatedAt: time.Now().UTC(),
		Statements: []Statement{}, Citations: []Citation{}, Withheld: []Withheld{}, Nearest: []retrieval.Hit{},
	}
	w := newWriter(&a, v.citer, ignore)
	w.found = true
	texts := texts{library, map[string]*text{}}
	for i, p := range places {
		chosen, err := v.clipping(ctx, texts, p)
		if err != nil {
			return Answer{}, fault.Wrap(err, fault.CodeOf(err), "citation %d: %v", i+1, err)
		}
		e := excerpt{hit: readTurn(chosen.hit), span: chosen.match.Span, text: chosen.turns.Text(chosen.match)}
		if err := w.point(point{e, kindOf(e)}, lead{}); err != nil {
			return Answer{}, err
		}
		if chosen.note != "" {
			a.Notice = join(" ", a.Notice, fmt.Sprintf("On quotation %d: %s", i+1, chosen.note))
		}
	}
	return a, nil
}

// CitedClipping is what the record has at the place of a clipping.
type CitedClipping struct {
	ChosenCitation
	Err error // "invalid" or "not_found" where it has no quotation there, or none any more
}

// CiteClippings makes the citations of places, in their order. That some are none of a quotation
// is told of each; any other error ends it.
func (v *Verifier) CiteClippings(ctx context.Context, library Transcripts, places []Clipping) ([]CitedClipping, error) {
	texts := texts{library, map[string]*text{}}
	cited := make([]CitedClipping, len(places))
	for i, p := range places {
		chosen, err := v.clipping(ctx, texts, p)
		switch code := fault.CodeOf(err); {
		case err == nil:
			cited[i].ChosenCitation = v.chosenCitation(chosen)
		case code == fault.NotFound || code == fault.Invalid:
			cited[i].Err = err
		default:
			return nil, err
		}
	}
	return cited, nil
}

// clipping is the quotation at a place, which is in the turn that is named.
func (v *Verifier) clipping(ctx context.Context, texts texts, p Clipping) (chosen, error) {
	c, err := v.choose(ctx, texts, CiteRequest{TranscriptID: p.TranscriptID, Span: sentence.Span{Start: p.Start, End: p.End}})
	if err == nil && c.hit.Turn != p.Turn {
		err = fault.New(fault.Invalid, "the span from %d to %d is in turn %d, not in turn %d", p.Start, p.End, c.hit.Turn, p.Turn)
	}
	return c, err
}
