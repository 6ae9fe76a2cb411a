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

// fuse joins the two lists of passages by reciprocal rank into one of turns,
// best first. A turn counts with its best passage in each list; a semantic rank
// counts weight.
func fuse(lexical, semantic []Candidate, weight float64) []fused {
	byTurn := map[TurnKey]*fused{}
	turn := func(key TurnKey) *fused {
		if byTurn[key] == nil {
			byTurn[key] = &fused{TurnKey: key}
		}
		return byTurn[key]
	}
	for rank, key := range turnRanks(lexical) {
		f := turn(key)
		f.lexical = rank + 1
		f.score += 1 / float64(reciprocalRankConstant+f.lexical)
	}
	for rank, key := range turnRanks(semantic) {
		f := turn(key)
		f.semantic = rank + 1
		f.score += weight / float64(reciprocalRankConstant+f.semantic)
	}
	turns := make([]fused, 0, len(byTurn))
	for _, f := range byTurn {
		turns = append(turns, *f)
	}
	slices.SortFunc(turns, func(a, b fused) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.TranscriptID, b.TranscriptID), cmp.Compare(a.Turn, b.Turn))
	})
	return turns
}

// turnRanks are the turns of the candidates in order of their best passage.
func turnRanks(candidates []Candidate) []TurnKey {
	seen := map[TurnKey]bool{}
	var keys []TurnKey
	for _, c := range candidates {
		if !seen[c.TurnKey] {
			seen[c.TurnKey] = true
			keys = append(keys, c.TurnKey)
		}
	}
	return keys
}
