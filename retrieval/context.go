package retrieval

import (
	"cmp"
	"math"
	"slices"
)

// A passage is ranked with what is said around it: speech does not repeat its
// topic in every turn, and a turn of five words has no room for all the words of
// a question. What came before counts more than what follows, because a topic,
// once named, carries on. Who speaks changes with every turn: a speaker's name says
// something of the turns around it, and nothing of those pages away.
const (
	ownShare        = 0.25         // of a passage's score that is its own, at the least
	ownHalfway      = 700.0        // code points of a transcript's passages at which that is half
	contextReach    = 1800.0       // code points over which context fades to 1/e: some 300 words
	speakerReach    = 250.0        // the same, of who speaks
	contextAhead    = 0.3          // what follows, against what came before
	contextHalfway  = 2.0          // evidence of a term at which its context counts half of the most
	contextPassages = 500          // the candidates that are context for each other
	contextTurns    = 30           // between two candidates, at most, that are found by their context alone
	betweenHits     = 2 * MaxLimit // candidates ahead of a turn, at most, that is found by its context alone
)

// inContext ranks candidates anew, each by its own score and by the terms that
// it and its neighbours among the candidates have between them. A term counts
// less with each repetition, so that a place where all terms meet is ahead of one
// where a single term abounds. With between, the turns that stand between two
// candidates are found by their context alone: an answer need not repeat a word
// of the question.
func inContext(candidates []Candidate, terms []WeightedLexeme, between bool) []Candidate {
	byPlace := slices.SortedFunc(slices.Values(candidates), func(a, b Candidate) int {
		return cmp.Or(cmp.Compare(a.TranscriptID, b.TranscriptID), cmp.Compare(a.Start, b.Start))
	})
	around := make([][]float64, len(byPlace))
	evidence := make([]float64, len(byPlace)*len(terms))
	for i, c := range byPlace {
		around[i], evidence = evidence[:len(terms)], evidence[len(terms):]
		for t, weight := range c.Weights {
			around[i][t] = float64(weight)
		}
	}
	carry(byPlace, around, 1, terms)
	slices.Reverse(byPlace)
	slices.Reverse(around)
	carry(byPlace, around, contextAhead, terms)
	slices.Reverse(byPlace)
	slices.Reverse(around)
	context := make([]float64, len(byPlace))
	own := ownShares(byPlace)
	for i := range byPlace {
		share := own[byPlace[i].TranscriptID]
		context[i] = (1 - share) * saturated(around[i], terms)
		byPlace[i].Score = share*byPlace[i].Score + context[i]
	}
	ranked := byPlace
	if between {
		least := leastOfBest(byPlace)
		for i := 1; i < len(byPlace); i++ {
			ranked = appendBetween(ranked, byPlace[i-1], byPlace[i], context[i-1], context[i], least)
		}
	}
	sortByScore(ranked)
	return ranked
}

// leastOfBest is the score of the last of the best candidates: what scores less is not
// among the hits.
func leastOfBest(candidates []Candidate) float64 {
	scores := make([]float64, len(candidates))
	for i, c := range candidates {
		scores[i] = c.Score
	}
	slices.Sort(scores)
	if len(scores) <= betweenHits {
		return 0
	}
	return scores[len(scores)-betweenHits]
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

// ownShares are, for each transcript, what a passage's own score counts: more
// where passages are long, which say by themselves what they are about, and soon
// so: between a remark and a paragraph lies little.
func ownShares(passages []Candidate) map[string]float64 {
	length, count := map[string]float64{}, map[string]float64{}
	for _, p := range passages {
		length[p.TranscriptID] += float64(p.End - p.Start)
		count[p.TranscriptID]++
	}
	shares := map[string]float64{}
	for id, n := range count {
		mean := length[id] / n
		shares[id] = max(ownShare, mean*mean/(mean*mean+ownHalfway*ownHalfway))
	}
	return shares
}

// saturated is the score of the evidence of the terms.
func saturated(evidence []float64, terms []WeightedLexeme) float64 {
	sum := 0.0
	for t, e := range evidence {
		sum += float64(terms[t].Weight) * e * (contextHalfway + 1) / (e + contextHalfway)
	}
	return sum
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

// carry adds to the evidence around each passage what those ahead of it in the
// list have, times share, fading with the distance between them.
func carry(passages []Candidate, around [][]float64, share float64, terms []WeightedLexeme) {
	carried := make([]float64, len(terms))
	for i := 1; i < len(passages); i++ {
		last, here := passages[i-1], passages[i]
		if last.TranscriptID != here.TranscriptID {
			clear(carried)
			continue
		}
		length := fade(last.End - last.Start)
		gap := fade(max(here.Start-last.End, last.Start-here.End, 0))
		for t, weight := range last.Weights {
			carried[t] = (carried[t]*length.of(terms[t]) + float64(weight)) * gap.of(terms[t])
			around[i][t] += share * carried[t]
		}
	}
}

// fading is what is left of evidence at some distance, of either kind.
type fading struct{ topic, speaker float64 }

func fade(codePoints int) fading {
	return fading{math.Exp(-float64(codePoints) / contextReach), math.Exp(-float64(codePoints) / speakerReach)}
}

func (f fading) of(term WeightedLexeme) float64 {
	if term.Speaker {
		return f.speaker
	}
	return f.topic
}
