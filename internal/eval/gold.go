package eval

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// gold is where the record answers a case.
type gold struct {
	spans   []span
	turns   map[retrieval.TurnKey]bool // those of the spans
	without []retrieval.TurnKey        // that the case is asked without
}

// span is a whole turn or words of it, in code points of the canonical text.
type span struct {
	retrieval.TurnKey
	sentence.Span
}

// overlaps reports whether a citation shows words of the span.
func (s span) overlaps(c answer.Citation) bool {
	return s.TurnKey == retrieval.TurnKey{TranscriptID: c.TranscriptID, Turn: c.Turn} && c.Start < s.End && s.Start < c.End
}

// within reports whether all words of the span are among some places.
func (s span) within(places []answer.Place) bool {
	return slices.ContainsFunc(places, func(p answer.Place) bool {
		return p.TurnKey == s.TurnKey && p.Start <= s.Start && s.End <= p.End
	})
}

// resolver finds in the record what cases name. It is used by one goroutine.
type resolver struct {
	Config
	stored map[string][]retrieval.StoredTranscript // by collection
	turns  map[string]map[int]model.Turn           // by transcript, then by index
}

func newResolver(config Config) *resolver {
	return &resolver{Config: config, stored: map[string][]retrieval.StoredTranscript{}, turns: map[string]map[int]model.Turn{}}
}

// resolve makes of a case the filter that it is asked with and its gold. An
// error with a code of "not_found" says what the record does not have.
func (r *resolver) resolve(ctx context.Context, c *Case) (gold, error) {
	g := gold{turns: map[retrieval.TurnKey]bool{}}
	filter, err := r.filter(ctx, c.Filter)
	if err != nil {
		return g, err
	}
	c.Filter = filter
	for _, place := range c.Expected {
		s, err := r.turn(ctx, place, filter.Collection)
		if err != nil {
			return g, err
		}
		g.spans = append(g.spans, s)
	}
	for _, place := range c.Without {
		s, err := r.turn(ctx, place, filter.Collection)
		if err != nil {
			return g, err
		}
		g.without = append(g.without, s.TurnKey)
	}
	quoted, err := r.quotes(ctx, c)
	if err != nil {
		return g, err
	}
	g.spans = append(g.spans, quoted...)
	for _, s := range g.spans {
		g.turns[s.TurnKey] = true
	}
	return g, nil
}

func (r *resolver) filter(ctx context.Context, f retrieval.Filter) (_ retrieval.Filter, err error) {
	if f.Collection == "" {
		f.Collection = r.Collection
	}
	if f.Transcript != "" {
		if f.Transcript, err = r.transcript(ctx, f.Transcript, f.Collection); err != nil {
			return f, err
		}
	}
	return f.Validate(ctx)
}

// turn is a whole turn of the record.
func (r *resolver) turn(ctx context.Context, p Place, collection string) (span, error) {
	id, err := r.transcript(ctx, p.Transcript, collection)
	if err != nil {
		return span{}, err
	}
	turns, err := r.turnsOf(ctx, id)
	if err != nil {
		return span{}, err
	}
	t, found := turns[p.Turn]
	if !found {
		return span{}, fault.New(fault.NotFound, "%s has no turn %d", p.Transcript, p.Turn)
	}
	return span{retrieval.TurnKey{TranscriptID: id, Turn: p.Turn}, sentence.Span{Start: t.Start, End: t.End}}, nil
}

// turnsOf are a transcript's turns, which are read once.
func (r *resolver) turnsOf(ctx context.Context, id string) (map[int]model.Turn, error) {
	if turns, known := r.turns[id]; known {
		return turns, nil
	}
	all, err := r.Library.Turns(ctx, id)
	if err != nil {
		return nil, err
	}
	turns := make(map[int]model.Turn, len(all))
	for _, t := range all {
		turns[t.Index] = t
	}
	r.turns[id] = turns
	return turns, nil
}

// exchanges are the turns of a case's gold with the questions that they answer and all that
// answers these: without them the record does not answer, although it has all around them.
func (r *resolver) exchanges(ctx context.Context, g gold) ([]retrieval.TurnKey, error) {
	left := maps.Clone(g.turns)
	for key := range g.turns {
		turns, err := r.turnsOf(ctx, key.TranscriptID)
		if err != nil {
			return nil, err
		}
		asked := turns[key.Turn].Answers
		if asked == nil {
			continue
		}
		left[retrieval.TurnKey{TranscriptID: key.TranscriptID, Turn: *asked}] = true
		for _, t := range turns {
			if t.Answers != nil && *t.Answers == *asked {
				left[retrieval.TurnKey{TranscriptID: key.TranscriptID, Turn: t.Index}] = true
			}
		}
	}
	return slices.Collect(maps.Keys(left)), nil
}

// quotes finds the places of a case's words: the one that there is, those of the
// case's transcript if there are several, else all of them.
func (r *resolver) quotes(ctx context.Context, c *Case) ([]span, error) {
	if len(c.Quotes) == 0 {
		return nil, nil
	}
	drafts := make([]answer.DraftQuote, len(c.Quotes))
	for i, quote := range c.Quotes {
		drafts[i].Text = quote
	}
	verdicts, err := r.Verifier.VerifyAll(ctx, drafts, retrieval.Filter{Collection: c.Filter.Collection})
	if err != nil {
		return nil, err
	}
	var spans []span
	for _, v := range verdicts {
		places := placesOf(v)
		if len(places) == 0 {
			return nil, fault.New(fault.NotFound, "the record does not have the words “%s”", v.Quote)
		}
		if len(places) > 1 && c.Transcript != "" {
			preferred, err := r.transcript(ctx, string(c.Transcript), c.Filter.Collection)
			if err != nil {
				return nil, err
			}
			places = slices.DeleteFunc(places, func(p answer.Citation) bool { return p.TranscriptID != preferred })
		}
		for _, p := range places {
			spans = append(spans, span{retrieval.TurnKey{TranscriptID: p.TranscriptID, Turn: p.Turn}, sentence.Span{Start: p.Start, End: p.End}})
		}
	}
	return spans, nil
}

// placesOf are the places that have all of a quotation's words.
func placesOf(v answer.Verdict) []answer.Citation {
	switch {
	case v.Holds() && v.Citation != nil:
		return []answer.Citation{*v.Citation}
	case v.Status == answer.StatusAmbiguous:
		return v.Places
	}
	return nil
}

// transcript finds the id of a transcript by its id, file name or title.
func (r *resolver) transcript(ctx context.Context, name, collection string) (string, error) {
	if retrieval.ValidID(name) {
		return name, nil
	}
	stored, err := r.collection(ctx, collection)
	if err != nil {
		return "", err
	}
	var found []string
	for _, stored := range stored {
		if strings.EqualFold(string(stored.Filename), name) || strings.EqualFold(string(stored.Title), name) {
			found = append(found, stored.ID)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return "", fault.New(fault.NotFound, "the collection %s has no transcript %q", collection, name)
	}
	return "", fault.New(fault.NotFound, "the collection %s has %d transcripts %q; give an id", collection, len(found), name)
}

// collection lists the transcripts of a collection, once.
func (r *resolver) collection(ctx context.Context, name string) ([]retrieval.StoredTranscript, error) {
	if stored, known := r.stored[name]; known {
		return stored, nil
	}
	var stored []retrieval.StoredTranscript
	for cursor := ""; ; {
		page, err := r.Library.List(ctx, retrieval.ListQuery{Collection: name, Cursor: cursor, Limit: retrieval.MaxPage})
		if err != nil {
			return nil, fmt.Errorf("list the transcripts of %s: %w", name, err)
		}
		stored = append(stored, page.Transcripts...)
		if cursor = page.NextCursor; cursor == "" {
			r.stored[name] = stored
			return stored, nil
		}
	}
}
