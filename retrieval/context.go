package retrieval

import (
	"cmp"
	"slices"
	"sync"
)

// ContextScore decides how a passage is ranked with what is said around it. Speech does
// not repeat its topic in every turn, and a turn of five words has no room for all the
// words of a question. So what a passage has of a term is evidence for the passages around
// it, too, and fades with the distance, as in positional language models (Lv and Zhai,
// 2009, "Positional Language Models for Information Retrieval").
type ContextScore struct {
	// OwnShare is the share of a passage's score that is its own BM25, at the least: 0.15.
	// The rest is that of its context. With 1, and TurnsBetween 0, there is no context.
	OwnShare float64
	// OwnHalfway is a length in code points: where the candidates of a transcript are as
	// long in the mean, half of a score is a passage's own: 700. Long passages say by
	// themselves what they are about. Above 0.
	OwnHalfway float64
	// Reach is the distance, in code points, over which evidence fades to 1/e: 3200,
	// some 600 words.
	Reach float64
	// SpeakerReach is the same of evidence by who speaks: 250. That changes with every
	// turn: a speaker's name says something of the turns around it, and nothing of those
	// pages away.
	SpeakerReach float64
	// Following is what evidence after a passage counts, against evidence before it: 0.6,
	// since a topic, once named, carries on.
	Following float64
	// Saturation is the evidence of a term that counts half as much as any amount of it,
	// as BM25's k1: 2. A place where all terms meet is ahead of one where a single term
	// abounds. Above 0.
	Saturation float64
	// TurnsBetween is how many turns two candidates may be apart for the turns between
	// them to be found by their context alone: 30. An answer need not repeat a word of the
	// question. With 0 none is.
	TurnsBetween int
}

// PlaceScore is a second view of the same evidence. It asks where in the record the
// question's words meet, and weighs each by its rarity alone. The two views are added as
// shares of their best (Lee, 1997, "Analyses of Multiple Evidence Combination").
type PlaceScore struct {
	// Weight is that of the second view where no share of the scores is the passages' own:
	// 0.4. It falls as that share grows, to 0 where the share is a half.
	Weight float64
	// Reach is the distance, in code points, over which its evidence fades to 1/e:
	// 1300, some 250 words.
	Reach float64
}

// bestTurns is how many turns are ranked by context: twice as many as a search shows.
const bestTurns = 2 * MaxLimit

// contextRanker ranks the candidates of a search by words with what is said around them.
// Its tables are made by the first search, and by no command that does not search.
type contextRanker struct {
	ContextScore
	place                                PlaceScore
	overContext, overSpeakers, overPlace func() decay
}

func newContextRanker(c ContextScore, p PlaceScore) *contextRanker {
	over := func(reach float64) func() decay {
		return sync.OnceValue(func() decay { return newDecay(reach) })
	}
	return &contextRanker{c, p, over(c.Reach), over(c.SpeakerReach), over(p.Reach)}
}

// rank gives candidates, which are in the order of the record, new scores in place, and
// returns the best, best first. With between, the turns between two candidates are among
// them.
func (r *contextRanker) rank(inRecord []Candidate, terms []WeightedLexeme, between bool) []Candidate {
	context := r.score(inRecord, terms)
	least := leastOfBest(inRecord)
	ranked := make([]Candidate, 0, 2*bestTurns)
	for i, c := range inRecord {
		if c.Score >= least {
			ranked = append(ranked, c)
		}
		if between && i > 0 {
			ranked = r.appendBetween(ranked, inRecord[i-1], c, context[i-1], context[i], least)
		}
	}
	sortByScore(ranked)
	return ranked
}

// score gives candidates their new scores: of each the part that is its own, that of its
// context and that of its place. It returns the scores without the first part, which
// turns between candidates have as well.
func (r *contextRanker) score(inRecord []Candidate, terms []WeightedLexeme) (context []float64) {
	if len(inRecord) == 0 {
		return nil
	}
	context = r.around(inRecord, terms, r.overContext(), func(t WeightedLexeme) float32 { return t.InContext })
	ownSum := 0.0
	for i, share := range r.ownShares(inRecord) {
		ownSum += share
		context[i] *= 1 - share
		inRecord[i].Score = share*inRecord[i].Score + context[i]
	}
	weight := r.place.Weight * (1 - 2*ownSum/float64(len(inRecord)))
	if weight <= 0 {
		return context
	}
	places := r.around(inRecord, terms, r.overPlace(), func(t WeightedLexeme) float32 { return t.InPlace })
	best := slices.Max(places)
	if best <= 0 {
		return context
	}
	unit := weight * bestScore(inRecord) / best
	for i, place := range places {
		context[i] += unit * place
		inRecord[i].Score += unit * place
	}
	return context
}

func bestScore(candidates []Candidate) (best float64) {
	for _, c := range candidates {
		best = max(best, c.Score)
	}
	return best
}

// around scores each candidate by the evidence of the terms in it and in its neighbours,
// which fades with the distance. It goes over the candidates twice for each term, forwards
// and backwards, and carries along what is left of the evidence.
func (r *contextRanker) around(inRecord []Candidate, terms []WeightedLexeme, left decay, weight func(WeightedLexeme) float32) []float64 {
	topic, speaker := newFading(inRecord, left), fading{}
	scores := make([]float64, len(inRecord))
	before := make([]float64, len(inRecord))
	following, saturation := r.Following, r.Saturation // read thousands of times
	for t, term := range terms {
		w := float64(weight(term))
		if w == 0 {
			continue
		}
		f := topic
		if term.Speaker {
			if speaker.gap == nil {
				speaker = newFading(inRecord, r.overSpeakers())
			}
			f = speaker
		}
		carried := 0.0
		for i := 1; i < len(inRecord); i++ {
			carried = (carried*f.length[i-1] + float64(inRecord[i-1].Weights[t])) * f.gap[i]
			before[i] = carried
		}
		carried = 0
		for i := len(inRecord) - 1; i >= 0; i-- {
			evidence := float64(inRecord[i].Weights[t]) + before[i] + following*carried
			scores[i] += w * evidence * (saturation + 1) / (evidence + saturation)
			carried = (carried*f.length[i] + float64(inRecord[i].Weights[t])) * f.gap[i]
		}
	}
	return scores
}

// leastOfBest is the score of the last of the best turns: what scores less is not
// among the hits.
func leastOfBest(inRecord []Candidate) float64 {
	scores := make([]float64, 0, len(inRecord))
	for i, c := range inRecord {
		if i > 0 && c.TurnKey == inRecord[i-1].TurnKey {
			scores[len(scores)-1] = max(scores[len(scores)-1], c.Score)
			continue
		}
		scores = append(scores, c.Score)
	}
	if len(scores) <= bestTurns {
		return 0
	}
	slices.Sort(scores)
	return scores[len(scores)-bestTurns]
}

// sortByScore sorts candidates, best first.
func sortByScore(candidates []Candidate) {
	slices.SortFunc(candidates, func(a, b Candidate) int {
		if a.Score != b.Score {
			return cmp.Compare(b.Score, a.Score)
		}
		return cmp.Or(cmp.Compare(a.TranscriptID, b.TranscriptID), cmp.Compare(a.Passage, b.Passage), cmp.Compare(a.Turn, b.Turn))
	})
}

// ownShares are the shares of the candidates' scores that are their own. They grow with
// the square of the passages' mean length in a transcript: since passages range only from
// remarks to paragraphs, the square separates them.
func (c ContextScore) ownShares(inRecord []Candidate) []float64 {
	shares := make([]float64, 0, len(inRecord))
	for len(shares) < len(inRecord) {
		length, rest := 0.0, inRecord[len(shares):]
		n := 0
		for ; n < len(rest) && rest[n].TranscriptID == rest[0].TranscriptID; n++ {
			length += float64(rest[n].End - rest[n].Start)
		}
		mean := length / float64(n)
		share := max(c.OwnShare, mean*mean/(mean*mean+c.OwnHalfway*c.OwnHalfway))
		shares = append(shares, slices.Repeat([]float64{share}, n)...)
	}
	return shares
}

// appendBetween appends the turns between two neighbours of one transcript, if they
// are few; their scores lie between those of the neighbours' contexts. Those that
// score less than least are left out.
func (c ContextScore) appendBetween(found []Candidate, before, after Candidate, from, to, least float64) []Candidate {
	gap := after.Turn - before.Turn
	if before.TranscriptID != after.TranscriptID || gap > c.TurnsBetween || max(from, to) < least {
		return found
	}
	for i := 1; i < gap; i++ {
		share := float64(i) / float64(gap)
		if score := (1-share)*from + share*to; score >= least {
			key := TurnKey{before.TranscriptID, before.Turn + i}
			found = append(found, Candidate{TurnKey: key, Passage: before.Passage, Score: score})
		}
	}
	return found
}
