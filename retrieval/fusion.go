package retrieval

import (
	"cmp"
	"slices"

	"github.com/pullquote/pullquote/embeddings"
)

// reciprocalRankConstant damps the lead of the first ranks (Cormack, Clarke and
// Büttcher, 2009, "Reciprocal Rank Fusion": 60).
const reciprocalRankConstant = 60

// What a semantic rank counts against a lexical one. The built-in embedder sees
// words and parts of words, which the lexical half ranks better: it only adds, at
// the end, turns that share no whole word with the question.
const (
	semanticWeight = 0.5
	builtinWeight  = 0.01
)

func weightOf(m embeddings.Model) float64 {
	if m.Builtin() {
		return builtinWeight
	}
	return semanticWeight
}

// fused is a turn with its score and its best ranks, 1-based; 0 where that half
// of the search did not find it.
type fused struct {
	TurnKey
	score             float64
	lexical, semantic int
}

// fuse joins the two lists by reciprocal rank into the best limit turns, best
// first. Both have one passage to a turn; a semantic rank counts weight.
func fuse(lexical, semantic []Candidate, weight float64, limit int) []fused {
	byTurn := make(map[TurnKey]*fused, limit+len(semantic))
	for i, c := range semantic {
		byTurn[c.TurnKey] = &fused{TurnKey: c.TurnKey, semantic: i + 1, score: weight / float64(reciprocalRankConstant+i+1)}
	}
	for i, c := range lexical {
		f := byTurn[c.TurnKey]
		switch {
		case f == nil && i >= limit:
			continue // as many are ahead of it
		case f == nil:
			f = &fused{TurnKey: c.TurnKey}
			byTurn[c.TurnKey] = f
		}
		f.lexical = i + 1
		f.score += 1 / float64(reciprocalRankConstant+f.lexical)
	}
	turns := make([]fused, 0, len(byTurn))
	for _, f := range byTurn {
		turns = append(turns, *f)
	}
	slices.SortFunc(turns, func(a, b fused) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.TranscriptID, b.TranscriptID), cmp.Compare(a.Turn, b.Turn))
	})
	return turns[:min(limit, len(turns))]
}
