package retrieval

import (
	"cmp"
	"math"
	"slices"
)

// OrderFeatureNames are what puts the best turns in order, in the order of Evidence.Order.
// That a turn answers by itself is what a plain question asks; one after a topic is answered
// by a run of turns, which the question's words and meaning are spread over.
var OrderFeatureNames = []string{"log-odds", "words", "place"}

// place is where a turn stands in the record, and what it means by itself.
type place struct {
	TurnKey
	start   int     // in the canonical text
	meaning float64 // of its best window, in deviations above the mean; 0 at the least
}

// placesOf tells of turns where they stand. One that is not embedded yet means as much as the
// average turn that is.
func placesOf(turns []weighedTurn) []place {
	mean, n := 0.0, 0.0
	for i := range turns {
		t := &turns[i]
		t.place = place{TurnKey: t.key(), start: t.hit.Start}
		if t.embedded() {
			t.place.meaning = max(0, t.pool.standard(slices.Max(t.windows)))
			n++
			mean += (t.place.meaning - mean) / n
		}
	}
	places := make([]place, len(turns))
	for i := range turns {
		t := &turns[i]
		if !t.embedded() {
			t.place.meaning = mean
		}
		places[i] = t.place
	}
	return places
}

// around is what a turn means with those around it, whose meaning fades with the distance: as
// ContextScore has it of words.
func (e EvidenceRanking) around(p place, all []place) float64 {
	sum := p.meaning
	for _, other := range all {
		if other.TranscriptID != p.TranscriptID || other.TurnKey == p.TurnKey || other.meaning == 0 {
			continue
		}
		distance, share := float64(p.start-other.start), 1.0
		if distance < 0 {
			distance, share = -distance, e.Following
		}
		sum += share * other.meaning * math.Exp(-distance/e.PlaceReach)
	}
	return sum
}

// order puts the turns that are likeliest to answer, which come as such, in the order in which
// they are shown. Scores stay where they are, so that they still fall from rank to rank.
// Beside a wider search shares are of its best.
func (e EvidenceRanking) order(turns []weighedTurn, q weighedQuery, own *spread) {
	wider, model := q.wider(own), q.weights.Order.Model(OrderFeatureNames)
	likeliest, scores := slices.Clone(turns), make([]float64, len(turns))
	for i := range turns {
		t := &turns[i]
		place := e.around(t.place, wider.places) / max(wider.bestPlace, leastPlace)
		t.hit.Evidence.Order = []float64{t.hit.Evidence.LogOdds, t.ranks.share, place}
		t.order, scores[i] = model.LogOdds(t.hit.Evidence.Order), t.hit.Score
	}
	slices.SortStableFunc(turns, func(a, b weighedTurn) int { return cmp.Compare(b.order, a.order) })
	e.promote(turns, likeliest)
	for i, score := range scores {
		turns[i].hit.Score = score
	}
}

// leastPlace keeps shares of no meaning from dividing by zero.
const leastPlace = 1e-9

// promote moves the likeliest turns up to the last of the first ranks, in place, where they are
// not among the first already.
func (e EvidenceRanking) promote(turns, likeliest []weighedTurn) {
	most := min(e.Likeliest, e.First, len(likeliest))
	for n, t := range likeliest[:most] {
		at := e.First - most + n
		if i := slices.IndexFunc(turns, func(o weighedTurn) bool { return o.key() == t.key() }); i > at {
			moveUp(turns, i, at)
		}
	}
}
