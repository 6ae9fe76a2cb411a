package retrieval

import (
	"github.com/pullquote/pullquote/internal/fault"
)

// Ranking is every number that decides which turns a search finds and in which order,
// a field for each stage of the search. It is a plain value: a Searcher is given another
// by WithRanking, and a record is searched by several as well as by one.
//
// What is computed when a file is stored is not here, but constant: how long a passage
// is (passages.go) and what each lexeme weighs in it (bm25.go) stand in the rows of the
// record, which would have to be stored anew.
//
// No number is negative. The defaults were chosen on QMSum's training meetings, see
// doc/EVALUATION.md; `pullquote eval --set` tries others.
type Ranking struct {
	Terms           TermWeights
	Names           NameWeights
	Spelling        Spelling
	Related         RelatedTerms
	Expansion       QueryExpansion
	Candidates      CandidateGeneration
	Context         ContextScore
	Place           PlaceScore
	Diversification Diversification
	Fusion          Fusion
	Evidence        EvidenceRanking
	Reranking       Reranking
}

// DefaultRanking is the ranking of a Searcher that is given no other.
func DefaultRanking() Ranking {
	return Ranking{
		Terms:     TermWeights{Generic: 0.4, Synonym: 0.6, History: 0.4, HistoryDecay: 0.5, RarityBoost: 0.15, ShortestPart: 4},
		Names:     NameWeights{Capital: 1.5, Plain: 0.75, AsWord: 0.2, Joined: 0.5},
		Spelling:  Spelling{Words: 4, Shortest: 4, Longest: 24, Frequency: 0.2, Lead: 0.3},
		Related:   RelatedTerms{Terms: 32, Weight: 0.45, Power: 3},
		Expansion: QueryExpansion{Terms: 24, Weight: 0.2},
		Candidates: CandidateGeneration{
			Lexical: 1000, SemanticPerHit: 5, Postings: 20_000, RelatedPostings: 5_000,
			LikelyPostings: 4_000, LikelyRelated: 1_000, LikelyBoth: 100_000,
		},
		Context:         ContextScore{OwnShare: 0.15, OwnHalfway: 700, Reach: 3200, SpeakerReach: 250, Following: 0.6, Saturation: 2, TurnsBetween: 30},
		Place:           PlaceScore{Weight: 0.4, Reach: 1300},
		Diversification: Diversification{Ranks: [2]int{3, 5}, Turns: 15, Share: 0.87},
		Fusion:          Fusion{K: 60, Semantic: 0.5, Builtin: 0.01},
		Evidence:        EvidenceRanking{Lexical: 50, Semantic: 50, Turns: 40, Spans: 3, PlaceReach: 1300, Following: 0.6, Likeliest: 2, First: 5},
		Reranking:       Reranking{Depth: 32, QuestionRunes: 300, WindowRunes: 500},
	}
}

// Validate says which number there is no ranking with: the others may be 0.
func (r Ranking) Validate() error {
	for _, divisor := range []struct {
		what  string
		value float64
	}{
		{"the weight of generic words", r.Terms.Generic},
		{"the saturation of a context", r.Context.Saturation},
		{"the length at which half of a score is a passage's own", r.Context.OwnHalfway},
	} {
		if divisor.value <= 0 {
			return fault.New(fault.Invalid, "%s is %g; use a number above 0", divisor.what, divisor.value)
		}
	}
	return nil
}

// WithRanking lets a Searcher rank by other numbers than the default ones.
func WithRanking(r Ranking) Option {
	return func(s *Searcher) { s.ranking = r }
}
