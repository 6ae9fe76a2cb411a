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
	c, err := v.choose(ctx, texts{library, map[string]*text{}}, req)
	if err != nil {
		return ChosenCitation{}, err
	}
	return v.chosenCitation(c), nil
}

func (v *Verifier) chosenCitation(c chosen) ChosenCitation {
	return ChosenCitation{v.place(c.turns, c.match, 1), c.note}
}

// chosen is a span of a turn that stands in the record.
type chosen struct {
	hit   retrieval.Hit
	turns *quotation.Turns
	match quotation.Match
	note  string // what a reader has to know of the sentence that it is cut out of
}

func (v *Verifier) choose(ctx context.Context, texts texts, req CiteRequest) (chosen, error) {
	in, err := texts.read(ctx, req.TranscriptID)
	if err != nil {
		return chosen{}, err
	}
	turn, err := turnOfSpan(in.turns, req.Span)
	if err != nil {
		return chosen{}, err
	}
	c := chosen{hit: retrieval.NewHit(in.stored, in.turns, turn), match: quotation.Match{Span: req.Span, Status: StatusExact}}
	c.turns = quotation.NewTurns([]retrieval.Hit{c.hit}, v.limits.Compare)
	if req.WholeWords {
		c.match.Span = c.turns.WholeWords(c.match)
	}
	var refusal string
	span := c.match.Span
	if c.note, refusal = c.turns.Excerpt(c.match); refusal != "" {
		return chosen{}, fault.New(fault.Invalid, "the span from %d to %d is no quotation: %s", span.Start, span.End, refusal)
	}
	if span.End > len(in.canonical) || string(in.canonical[span.Start:span.End]) != c.turns.Text(c.match) {
		return chosen{}, fault.New(fault.Internal, "turn %d of transcript %s is not what the canonical text has there", turn, in.stored.ID)
	}
	return c, nil
}

// texts reads transcripts, each once.
type texts struct {
	library Transcripts
	known   map[string]*text
}

// text is the whole of a transcript.
type text struct {
	stored    retrieval.StoredTranscript
	turns     []model.Turn
	canonical []rune
}

func (ts texts) read(ctx context.Context, id string) (*text, error) {
	if t := ts.known[id]; t != nil {
		return t, nil
	}
	t, err := readText(ctx, ts.library, id)
	if err != nil {
		return nil, err
	}
	ts.known[id] = t
	return t, nil
}

// readText reads all of a transcript.
func readText(ctx context.Context, library Transcripts, id string) (*text, error) {
	stored, err := library.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	turns, err := library.Turns(ctx, id)
	if err != nil {
		return nil, err
	}
	canonical, err := library.Text(ctx, id)
	if err != nil {
		return nil, err
	}
	return &text{stored, turns, []rune(canonical)}, nil
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
			span.Start, span.End, turns[first].Index, turns[last].Index)
	case span.Start < turns[first].Start || span.End > turns[first].End:
		return 0, fault.New(fault.Invalid, "the span from %d to %d goes beyond turn %d, which is from %d to %d",
			span.Start, span.End, turns[first].Index, turns[first].Start, turns[first].End)
	}
	return first, nil
}
