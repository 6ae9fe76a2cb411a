package retrieval

import "slices"

// Diversification keeps some of the first ranks for turns of other places. A ranking by
// context brings the turns of one place together, and when that place is the wrong one,
// all that a reader looks at first is wrong.
type Diversification struct {
	// Ranks are counted from 1, in ascending order. They go to a turn of another place than
	// the turns ahead of it, where one is nearly as good: 3,5. A 0 stands for no rank.
	Ranks [2]int
	// Turns is how many turns may lie between two of one place: 15.
	Turns int
	// Share is how good nearly as good is: 0.87 of the score of the turn that makes room.
	Share float64
}

// diversify moves candidates up to Ranks, in place. They are one to a turn, best first.
func (d Diversification) diversify(ranked []Candidate) []Candidate {
	for _, rank := range d.Ranks {
		if rank == 0 {
			continue
		}
		at := rank - 1
		if i := d.ofOtherPlace(ranked, at); i > at {
			moveUp(ranked, i, at)
		}
	}
	return ranked
}

// moveUp moves what is at one place of a ranking up to another.
func moveUp[T any](ranked []T, from, to int) {
	moved := ranked[from]
	copy(ranked[to+1:from+1], ranked[to:from])
	ranked[to] = moved
}

// ofOtherPlace is the first candidate from at on that is of none of the places ahead of
// at, and nearly as good; at itself if there is none.
func (d Diversification) ofOtherPlace(ranked []Candidate, at int) int {
	for i := at; i < len(ranked) && ranked[i].Score >= d.Share*ranked[at].Score; i++ {
		if !slices.ContainsFunc(ranked[:at], func(o Candidate) bool { return d.samePlace(o, ranked[i]) }) {
			return i
		}
	}
	return at
}

func (d Diversification) samePlace(a, b Candidate) bool {
	return a.TranscriptID == b.TranscriptID && max(a.Turn-b.Turn, b.Turn-a.Turn) <= d.Turns
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
