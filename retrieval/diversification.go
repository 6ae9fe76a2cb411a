package retrieval

import "slices"

// A ranking by context groups the turns of one place, and when that place is the
// wrong one, all that a reader looks at first is wrong. So two of the first five
// turns are of other places, where one is nearly as good.
const (
	placeTurns = 15   // between two turns of one place, at most
	nearlyGood = 0.87 // of the score of the turn that makes room
)

// otherPlaces are the ranks, from 0, that turns of other places may take.
var otherPlaces = [...]int{2, 4}

// spread gives the ranks of otherPlaces, each, to the best candidate that is not of
// the places ahead of it. The candidates are one to a turn, best first.
func spread(ranked []Candidate) []Candidate {
	for _, rank := range otherPlaces {
		if i := elsewhere(ranked, rank); i > rank {
			moved := ranked[i]
			copy(ranked[rank+1:i+1], ranked[rank:i])
			ranked[rank] = moved
		}
	}
	return ranked
}

// elsewhere is the first candidate from rank on that is of none of the places ahead
// of rank, and nearly as good; rank itself if there is none.
func elsewhere(ranked []Candidate, rank int) int {
	for i := rank; i < len(ranked) && ranked[i].Score >= nearlyGood*ranked[rank].Score; i++ {
		if apart(ranked[i], ranked[:rank]) {
			return i
		}
	}
	return rank
}

// apart reports whether a candidate is of another place than all of others.
func apart(c Candidate, others []Candidate) bool {
	for _, o := range others {
		gap := max(c.Turn-o.Turn, o.Turn-c.Turn)
		if c.TranscriptID == o.TranscriptID && gap <= placeTurns {
			return false
		}
	}
	return true
}

// bestOfTurns keeps the first candidate of each turn, in place.
func bestOfTurns(ranked []Candidate) []Candidate {
	seen := make(map[TurnKey]struct{}, len(ranked))
	return slices.DeleteFunc(ranked, func(c Candidate) bool {
		before := len(seen)
		seen[c.TurnKey] = struct{}{}
		return len(seen) == before
	})
}
