package retrieval

import (
	"cmp"
	"slices"

	"github.com/pullquote/pullquote/embeddings"
)

// Fusion joins the ranking by words and the ranking by vectors: a turn scores the sum
// over both of weight / (K + rank) (Cormack, Clarke and Büttcher, 2009, "Reciprocal
// Rank Fusion"). The weight of a rank by words is 1.
type Fusion struct {
	// K damps the lead of the first ranks: 60 ranks, as in the paper.
	K float64
	// Semantic is the weight of a rank by the vectors of a model: 0.5.
	Semantic float64
	// Builtin is the same of the built-in embedder: 0.01. That sees words and parts of words,
	// which the search by words ranks better: it only adds, at the end, turns that share
	// no whole word with the question.
	Builtin float64
}

func (f Fusion) semanticWeight(m embeddings.Model) float64 {
	if m.Builtin() {
		return f.Builtin
	}
	return f.Semantic
}

// fused is a turn with its score and its best ranks, 1-based; 0 where that half
// of the search did not find it.
type fused struct {
	TurnKey
	score             float64
	lexical, semantic int
}

// fuse joins the two rankings into the best limit turns, best first. Both have one
// passage to a turn; the vectors are of the model.
func (f Fusion) fuse(lexical, semantic []Candidate, model embeddings.Model, limit int) []fused {
	weight := f.semanticWeight(model)
	byTurn := make(map[TurnKey]*fused, limit+len(semantic))
	for i, c := range semantic {
		byTurn[c.TurnKey] = &fused{TurnKey: c.TurnKey, semantic: i + 1, score: weight / (f.K + float64(i+1))}
	}
	for i, c := range lexical {
		turn := byTurn[c.TurnKey]
		switch {
		case turn == nil && i >= limit:
			continue // limit turns are ahead of it
		case turn == nil:
			turn = &fused{TurnKey: c.TurnKey}
			byTurn[c.TurnKey] = turn
		}
		turn.lexical = i + 1
		turn.score += 1 / (f.K + float64(turn.lexical))
	}
	turns := make([]fused, 0, len(byTurn))
	for _, turn := range byTurn {
		turns = append(turns, *turn)
	}
	slices.SortFunc(turns, func(a, b fused) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.TranscriptID, b.TranscriptID), cmp.Compare(a.Turn, b.Turn))
	})
	return turns[:min(limit, len(turns))]
}
