package retrieval

import (
	"cmp"
	"math"
	"slices"
	"sync"
)

// A passage is ranked with what is said around it: speech does not repeat its
// topic in every turn, and a turn of five words has no room for all the words of
// a question. What came before counts more than what follows, because a topic,
// once named, carries on. Who speaks changes with every turn: a speaker's name says
// something of the turns around it, and nothing of those pages away.
const (
	ownShare        = 0.15         // of a passage's score that is its own, at the least
	ownHalfway      = 700.0        // code points of a transcript's passages at which that is half
	contextReach    = 3200.0       // code points over which context fades to 1/e: some 600 words
	speakerReach    = 250.0        // the same, of who speaks
	contextAhead    = 0.6          // what follows, against what came before
	contextHalfway  = 2.0          // evidence of a term at which its context counts half of the most
	contextPassages = 1000         // the candidates that are context for each other
	contextTurns    = 30           // between two candidates, at most, that are found by their context alone
	bestTurns       = 2 * MaxLimit // that are ranked; no search shows as many
)

// A second view of the same evidence asks where in the record the question's words
// meet, and weighs each by its rarity alone. The two are added as shares of their best
// (Lee, 1997, "Analyses of Multiple Evidence Combination").
const (
	placeWeight = 0.4    // of the second view, where no passage says anything by itself
	placeReach  = 1300.0 // code points over which its evidence fades to 1/e: some 250 words
)

// inContext ranks candidates anew, whose scores change in place: each by its own and by the
// terms that it and its neighbours among the candidates have between them. They are in
// the order of the record, and what is found best first. A term counts
// less with each repetition, so that a place where all terms meet is ahead of one
// where a single term abounds. With between, the turns that stand between two
// candidates are found by their context alone: an answer need not repeat a word
// of the question.
func inContext(byPlace []Candidate, terms []WeightedLexeme, between bool) []Candidate {
	context := around(byPlace, terms, overContext(), func(t WeightedLexeme) float32 { return t.Around })
	own, ownSum := ownShares(byPlace), 0.0
	for i, share := range own {
		ownSum += share
		context[i] *= 1 - share
		byPlace[i].Score = share*byPlace[i].Score + context[i]
	}
	if weight := placeWeight * (1 - 2*ownSum/float64(len(byPlace))); weight > 0 {
		places := around(byPlace, terms, overPlace(), func(t WeightedLexeme) float32 { return t.Rarity })
		if best := slices.Max(places); best > 0 {
			unit := weight * bestScore(byPlace) / best
			for i, place := range places {
				context[i] += unit * place
				byPlace[i].Score += unit * place
			}
		}
	}
	least := leastOfBest(byPlace)
	ranked := make([]Candidate, 0, 2*bestTurns)
	for i, c := range byPlace {
		if c.Score >= least {
			ranked = append(ranked, c)
		}
		if between && i > 0 {
			ranked = appendBetween(ranked, byPlace[i-1], c, context[i-1], context[i], least)
		}
	}
	sortByScore(ranked)
	return ranked
}

func bestScore(candidates []Candidate) (best float64) {
	for _, c := range candidates {
		best = max(best, c.Score)
	}
	return best
}

// The tables are made by the first search, and by no command that does not search.
var (
	overContext  = sync.OnceValue(func() decay { return newDecay(contextReach) })
	overSpeakers = sync.OnceValue(func() decay { return newDecay(speakerReach) })
	overPlace    = sync.OnceValue(func() decay { return newDecay(placeReach) })
)

// around scores each passage by what it and its neighbours have of the terms, as far
// as it is left where they stand.
func around(byPlace []Candidate, terms []WeightedLexeme, left decay, weight func(WeightedLexeme) float32) []float64 {
	topic, speaker := fadingOver(byPlace, left), fading{}
	scores := make([]float64, len(byPlace))
	before := make([]float64, len(byPlace))
	for t, term := range terms {
		w := float64(weight(term))
		if w == 0 {
			continue
		}
		f := topic
		if term.Speaker {
			if speaker.gap == nil {
				speaker = fadingOver(byPlace, overSpeakers())
			}
			f = speaker
		}
		carried := 0.0
		for i := 1; i < len(byPlace); i++ {
			carried = (carried*f.length[i-1] + float64(byPlace[i-1].Weights[t])) * f.gap[i]
			before[i] = carried
		}
		carried = 0
		for i := len(byPlace) - 1; i >= 0; i-- {
			evidence := float64(byPlace[i].Weights[t]) + before[i] + contextAhead*carried
			scores[i] += w * evidence * (contextHalfway + 1) / (evidence + contextHalfway)
			carried = (carried*f.length[i] + float64(byPlace[i].Weights[t])) * f.gap[i]
		}
	}
	return scores
}

// fading is what is left of evidence across each passage, and across the gap ahead of
// it: nothing ahead of the first of a transcript.
type fading struct{ length, gap []float64 }

func fadingOver(byPlace []Candidate, left decay) fading {
	f := fading{make([]float64, len(byPlace)), make([]float64, len(byPlace))}
	for i, here := range byPlace {
		f.length[i] = left.over(here.End - here.Start)
		if i > 0 && byPlace[i-1].TranscriptID == here.TranscriptID {
			f.gap[i] = left.over(max(here.Start-byPlace[i-1].End, 0))
		}
	}
	return f
}

// decay is what is left of evidence over each distance in code points, as far as most
// are. A search asks for thousands, and an exponential takes ten times as long.
type decay []float64

// newDecay fades to 1/e over reach.
func newDecay(reach float64) decay {
	left := make(decay, 4096)
	for distance := range left {
		left[distance] = math.Exp(-float64(distance) / reach)
	}
	return left
}

func (d decay) over(distance int) float64 {
	farthest, left := len(d)-1, 1.0
	for ; distance > farthest; distance -= farthest {
		left *= d[farthest]
	}
	return left * d[distance]
}

// leastOfBest is the score of the last of the best turns: what scores less is not
// among the hits.
func leastOfBest(byPlace []Candidate) float64 {
	scores := make([]float64, 0, len(byPlace))
	for i, c := range byPlace {
		if i > 0 && c.TurnKey == byPlace[i-1].TurnKey {
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

// ownShares are what each passage's own score counts: more in a transcript where
// passages are long, which say by themselves what they are about, and soon so: between
// a remark and a paragraph lies little.
func ownShares(byPlace []Candidate) []float64 {
	shares := make([]float64, 0, len(byPlace))
	for len(shares) < len(byPlace) {
		length, rest := 0.0, byPlace[len(shares):]
		n := 0
		for ; n < len(rest) && rest[n].TranscriptID == rest[0].TranscriptID; n++ {
			length += float64(rest[n].End - rest[n].Start)
		}
		mean := length / float64(n)
		share := max(ownShare, mean*mean/(mean*mean+ownHalfway*ownHalfway))
		shares = append(shares, slices.Repeat([]float64{share}, n)...)
	}
	return shares
}

// appendBetween appends the turns between two neighbours of one transcript, if they
// are few; their scores lie between those of the neighbours' contexts. Those that
// score less than least are left out.
func appendBetween(found []Candidate, before, after Candidate, from, to, least float64) []Candidate {
	gap := after.Turn - before.Turn
	if before.TranscriptID != after.TranscriptID || gap > contextTurns || max(from, to) < least {
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
