package answer

import (
	"context"
	"slices"

	"github.com/pullquote/pullquote/answer/quotation"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// CiteRequest asks for the citation of words that somebody chose by their place.
type CiteRequest struct {
	TranscriptID string
	Span         sentence.Span // code points of the canonical text
	WholeWords   bool          // widens the span to the words in which it begins and ends
}

// ChosenCitation is a citation with what its reader has to know of the sentence that it is cut out of:
// empty where that sentence turns nothing.
type ChosenCitation struct {
	Citation
	Note string `json:"note,omitempty"`
}

// Cite makes the citation of a span, once its words stand in the canonical text as in the turn.
// A span that is none of one turn, or cuts a word in two, is "invalid", with what would do.
func (v *Verifier) Cite(ctx context.Context, library Transcripts, req CiteRequest) (ChosenCitation, error) {
	stored, err := library.Get(ctx, req.TranscriptID)
	if err != nil {
		return ChosenCitation{}, err
	}
	turns, err := library.Turns(ctx, req.TranscriptID)
	if err != nil {
		return ChosenCitation{}, err
	}
	text, err := library.Text(ctx, req.TranscriptID)
	if err != nil {
		return ChosenCitation{}, err
	}
	turn, err := turnOfSpan(turns, req.Span)
	if err != nil {
		return ChosenCitation{}, err
	}
	hit := retrieval.NewHit(stored, turns, turn)
	prepared := quotation.NewTurns([]retrieval.Hit{hit}, v.limits.Compare)
	m := quotation.Match{Span: req.Span, Status: StatusExact}
	if req.WholeWords {
		m.Span = prepared.WholeWords(m)
	}
	note, refusal := prepared.Excerpt(m)
	if refusal != "" {
		return ChosenCitation{}, fault.New(fault.Invalid, "the span from %d to %d is no quotation: %s", m.Span.Start, m.Span.End, refusal)
	}
	if canonical := []rune(text); m.Span.End > len(canonical) || string(canonical[m.Span.Start:m.Span.End]) != prepared.Text(m) {
		return ChosenCitation{}, fault.New(fault.Internal, "turn %d of transcript %s is not what the canonical text has there", turn, stored.ID)
	}
	return ChosenCitation{v.place(prepared, m, 1), note}, nil
}

// turnOfSpan is the index of the turn that a span is of.
func turnOfSpan(turns []model.Turn, span sentence.Span) (int, error) {
	if span.Start < 0 || span.End <= span.Start {
		return 0, fault.New(fault.Invalid, "there is no span from %d to %d; give a start before its end, in code points of the canonical text", span.Start, span.End)
	}
	touches := func(t model.Turn) bool { return t.Start < span.End && span.Start < t.End }
	first := slices.IndexFunc(turns, touches)
	if first < 0 {
		return 0, fault.New(fault.Invalid, "the span from %d to %d is in no turn: nobody says it", span.Start, span.End)
	}
	last := first
	for last+1 < len(turns) && touches(turns[last+1]) {
		last++
	}
	switch {
	case last > first:
		return 0, fault.New(fault.Invalid, "the span from %d to %d goes over the turns %d to %d: a quotation is of one turn, so quote each by itself",
			span.Start, span.End, first, last)
	case span.Start < turns[first].Start || span.End > turns[first].End:
		return 0, fault.New(fault.Invalid, "the span from %d to %d goes beyond turn %d, which is from %d to %d",
			span.Start, span.End, first, turns[first].Start, turns[first].End)
	}
	return first, nil
}
