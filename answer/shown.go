package answer

import (
	"cmp"
	"context"
	"slices"

	"github.com/pullquote/pullquote/answer/quotation"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// shown are the sentences of a prompt by number: [s1] is sentences[0].
type shown struct {
	hits         []retrieval.Hit
	texts        []*turn  // the hits, read
	headers      []string // the lines above them
	sentences    []shownSentence
	turns        *quotation.Turns // the hits, prepared for looking quotations up
	runSentences int              // PromptSize.RunSentences
	shape        ExcerptShape
}

// shownSentence is a numbered sentence of one of the hits.
type shownSentence struct {
	hit     int
	span    sentence.Span // in the canonical text
	words   string
	aloud   bool // its speaker reads it aloud, or a part of it
	follows bool // the sentence before it in the turn is shown, too
}

// newShown chooses the sentences of the hits that are shown within so many tokens.
func newShown(r *reading, limit int) *shown {
	c := chooser{left: limit, PromptSize: r.Prompt, begun: map[string]bool{}}
	share := 1.0
	for _, hit := range readTurns(r.hits) {
		sentences := r.weigh(hit)
		if r.fitted == nil { // words alone say less of a sentence than the search of its turn
			for i := range sentences {
				sentences[i].support *= share
			}
			share *= r.Prompt.RankShare
		}
		c.turns = append(c.turns, &turnShown{hit: hit, sentences: sentences, taken: make([]bool, len(sentences))})
	}
	s := &shown{runSentences: r.Prompt.RunSentences, shape: r.Excerpt}
	for _, t := range c.choose() {
		s.add(t)
	}
	s.turns = quotation.NewTurns(s.hits, r.Verification.Compare, r.question.namesakes...)
	return s
}

// add numbers the sentences of a turn that were taken.
func (s *shown) add(t *turnShown) {
	s.hits, s.texts = append(s.hits, t.hit.Hit), append(s.texts, t.hit)
	s.headers = append(s.headers, header(t.hit.Hit, s.begins(len(s.hits)-1), t.asked))
	for i, sentence := range t.sentences {
		if t.taken[i] {
			s.sentences = append(s.sentences, shownSentence{
				hit: len(s.hits) - 1, span: sentence.Span, words: sentence.text, aloud: sentence.aloud, follows: i > 0 && t.taken[i-1],
			})
		}
	}
}

// turnShown is a turn of which some sentences are shown.
type turnShown struct {
	hit       *turn
	sentences []scoredSentence
	taken     []bool
	asked     bool // its header has the question that it answers
}

// shows reports whether any of the turn is shown.
func (t *turnShown) shows() bool { return slices.Contains(t.taken, true) }

// chooser chooses sentences until a budget is used up.
type chooser struct {
	PromptSize
	turns []*turnShown
	left  int             // tokens
	begun map[string]bool // transcripts of which something is shown
}

// choose takes the best sentences of all turns, the first of them with those around.
// The turns of which some are taken come in the order of their best one, those of a
// transcript together.
func (c *chooser) choose() (chosen []*turnShown) {
	type candidate struct {
		turn *turnShown
		at   int
	}
	var all []candidate
	for _, t := range c.turns {
		for i := range t.sentences {
			all = append(all, candidate{t, i})
		}
	}
	support := func(c candidate) float64 { return c.turn.sentences[c.at].support }
	slices.SortStableFunc(all, func(a, b candidate) int { return cmp.Compare(support(b), support(a)) })
	for n, next := range all {
		begins := !next.turn.shows()
		if begins {
			next.turn.asked = n < c.AroundFirst
		}
		took := n < c.AroundFirst && c.take(next.turn, next.at-c.Around, next.at+c.Around) || c.take(next.turn, next.at, next.at)
		if took && begins {
			chosen = append(chosen, next.turn)
		}
	}
	return together(chosen)
}

// together puts the turns of a transcript behind the first of them.
func together(turns []*turnShown) []*turnShown {
	at := map[string]int{}
	for i, t := range turns {
		if _, known := at[t.hit.TranscriptID]; !known {
			at[t.hit.TranscriptID] = i
		}
	}
	slices.SortStableFunc(turns, func(a, b *turnShown) int { return at[a.hit.TranscriptID] - at[b.hit.TranscriptID] })
	return turns
}

// take takes a run of a turn's sentences if it fits.
func (c *chooser) take(t *turnShown, first, last int) bool {
	first, last = max(0, first), min(len(t.sentences)-1, last)
	cost := c.cost(t, first, last)
	if cost > c.left {
		return false
	}
	c.left -= cost
	c.begun[t.hit.TranscriptID] = true
	for i := first; i <= last; i++ {
		t.taken[i] = true
	}
	return true
}

// cost is what a run of a turn's sentences adds to the prompt, in tokens.
func (c *chooser) cost(t *turnShown, first, last int) int {
	cost := leftOutTokens
	if !t.shows() {
		cost += estimateTokens(header(t.hit.Hit, !c.begun[t.hit.TranscriptID], t.asked) + "\n")
	}
	for i, s := range t.sentences[first : last+1] {
		if !t.taken[first+i] {
			cost += estimateTokens(shownSentence{words: s.text, aloud: s.aloud}.line(widestNumber))
		}
	}
	return cost
}

var leftOutTokens = estimateTokens(leftOut)

// widestNumber has as many digits as the numbers of a large prompt's sentences.
const widestNumber = 999

// Place is words of a turn, in the canonical text.
type Place struct {
	retrieval.TurnKey
	sentence.Span
}

// ShownIn are the places of the sentences that a model would be shown for a question, in
// prompts of at most so many tokens. Those of a turn that follow each other are one place.
func (s *Service) ShownIn(ctx context.Context, req Request, history []string, limits ...int) ([][]Place, error) {
	q := readQuestion(req.Question)
	result, err := s.retrieve(ctx, &q, req, history)
	if err != nil {
		return nil, err
	}
	result.Hits = q.hitsOf(result.Hits)
	all := make([][]Place, len(limits))
	for i, limit := range limits {
		_, shown := newPrompt(newReading(s.evidence, q, result), limit)
		all[i] = shown.places()
	}
	return all, nil
}

func (s *shown) places() []Place {
	var places []Place
	for _, sentence := range s.sentences {
		if sentence.follows {
			places[len(places)-1].End = sentence.span.End
			continue
		}
		places = append(places, Place{turnOf(s.hits[sentence.hit]), sentence.span})
	}
	return places
}
