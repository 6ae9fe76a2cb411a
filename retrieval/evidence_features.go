package retrieval

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/internal/logistic"
	"github.com/pullquote/pullquote/transcript/model"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// weighedQuery is a question as evidence is weighed for it.
type weighedQuery struct {
	text    string
	vector  Vector
	terms   []Term // of the question, with their weights
	number  bool   // it wants a number
	names   map[string]bool
	weights *FittedWeights // nil: evidence is not weighed
}

func newWeighedQuery(text string, vector Vector, terms []Term, weights *FittedWeights) weighedQuery {
	return weighedQuery{text: text, vector: vector, terms: terms, number: AsksNumber(text), names: lexicon.Set(NameWords(text)), weights: weights}
}

// weight is that of all terms together.
func (q weighedQuery) weight() float64 {
	total := 0.0
	for _, t := range q.terms {
		total += t.Weight
	}
	return max(total, 1e-9)
}

// covered is the share of the terms' weight that words have.
func (q weighedQuery) covered(words map[string]bool) float64 {
	sum := 0.0
	for _, t := range q.terms {
		sum += t.Weight * t.Met(words)
	}
	return sum / q.weight()
}

// weighedTurn is a hit with what its evidence is weighed by.
type weighedTurn struct {
	hit     Hit
	cosines []float64 // of its sentences with the question; nil without vectors
	windows []float64 // of each sentence with its neighbours, likewise
	spans   []sentence.Span
	asked   float64 // the cosine of the question that it answers, 0 if it answers none
	isAsked bool
	pool    pool
}

// pool is how the cosines of all candidates are spread: what a cosine says depends on the
// model and on the question.
type pool struct{ mean, deviation float64 }

func newPool(values []float64) pool {
	if len(values) == 0 {
		return pool{deviation: 1}
	}
	p := pool{}
	for _, v := range values {
		p.mean += v / float64(len(values))
	}
	for _, v := range values {
		p.deviation += (v - p.mean) * (v - p.mean) / float64(len(values))
	}
	p.deviation = math.Sqrt(p.deviation)
	if p.deviation < 1e-6 {
		p.deviation = 1
	}
	return p
}

// standard is a cosine in deviations from the mean.
func (p pool) standard(cosine float64) float64 { return (cosine - p.mean) / p.deviation }

// askedSentences are those at the end of a question that ask, at most.
const askedSentences = 4

func newWeighedTurns(q weighedQuery, hits []Hit, vectors map[TurnKey][]SentenceVector) []weighedTurn {
	turns := make([]weighedTurn, len(hits))
	var all []float64
	for i, h := range hits {
		t := weighedTurn{hit: h}
		own := vectors[TurnKey{h.TranscriptID, h.Turn}]
		t.cosines, t.windows = make([]float64, len(own)), make([]float64, len(own))
		for k, v := range own {
			t.spans = append(t.spans, v.Span)
			t.cosines[k] = float64(v.Dot(q.vector.Values))
			t.windows[k] = cosineOf(q.vector.Values, own[max(0, k-1):min(len(own), k+2)])
			all = append(all, t.cosines[k])
		}
		if key, ok := h.questionKey(); ok {
			if asked := vectors[key]; len(asked) > 0 {
				t.isAsked = true
				t.asked = cosineOf(q.vector.Values, asked[max(0, len(asked)-askedSentences):])
			}
		}
		turns[i] = t
	}
	p := newPool(all)
	for i := range turns {
		turns[i].pool = p
	}
	return turns
}

// cosineOf is the cosine of a query with the mean of sentences.
func cosineOf(query []float32, sentences []SentenceVector) float64 {
	sum := make([]float64, len(query))
	for _, s := range sentences {
		for i, v := range s.Values {
			sum[i] += float64(s.Scale) * float64(v)
		}
	}
	dot, square := 0.0, 0.0
	for i, v := range sum {
		dot += v * float64(query[i])
		square += v * v
	}
	if square == 0 {
		return 0
	}
	return dot / math.Sqrt(square)
}

// TurnFeatureNames are what a turn is weighed by, in the order of Evidence.Features.
var TurnFeatureNames = []string{
	"rank by words", "rank by passage vector", "best sentence", "rank by best sentence", "best window", "rank by best window",
	"question answered", "rank by question answered", "is an answer", "is a question", "speaker named", "length",
}

const (
	rankHalfway = 10   // the rank that counts half as much as the first would at rank 0
	longTurn    = 3000 // code points from which on a turn is not longer
)

// turnFeatures are the features of each turn, as TurnFeatureNames has them. Cosines are in
// deviations from the mean of all candidates' sentences.
func turnFeatures(q weighedQuery, turns []weighedTurn) [][]float64 {
	bests, windows, asked := make([]float64, len(turns)), make([]float64, len(turns)), make([]float64, len(turns))
	for i, t := range turns {
		bests[i], windows[i], asked[i] = best(t.cosines, t.pool.mean), best(t.windows, t.pool.mean), t.pool.mean
		if t.isAsked {
			asked[i] = t.asked
		}
	}
	bestRanks, windowRanks, askedRanks := ranksOf(bests), ranksOf(windows), ranksOf(asked)
	features := make([][]float64, len(turns))
	for i, t := range turns {
		features[i] = []float64{
			reciprocal(t.hit.LexicalRank), reciprocal(t.hit.SemanticRank),
			t.pool.standard(bests[i]), bestRanks[i], t.pool.standard(windows[i]), windowRanks[i],
			t.pool.standard(asked[i]), askedRanks[i],
			logistic.Truth(t.hit.Role == model.RoleAnswer), logistic.Truth(t.hit.Role == model.RoleQuestion), logistic.Truth(q.namesAny(t.hit)),
			math.Min(float64(t.hit.End-t.hit.Start), longTurn) / longTurn,
		}
	}
	return features
}

// namesAny reports whether the question has a word of the name or the label of a hit's
// speaker.
func (q weighedQuery) namesAny(h Hit) bool {
	name := string(h.Speaker)
	if name == "" {
		name = string(h.Label)
	}
	return slices.ContainsFunc(NameWords(name), func(w string) bool { return len(w) > 1 && q.names[w] && normalize(w) != "" })
}

func best(values []float64, none float64) float64 {
	if len(values) == 0 {
		return none
	}
	return slices.Max(values)
}

// ranksOf are reciprocal ranks among values, the greatest first.
func ranksOf(values []float64) []float64 {
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(values[b], values[a]) })
	ranks := make([]float64, len(values))
	for rank, i := range order {
		ranks[i] = rankHalfway / float64(rankHalfway+rank)
	}
	return ranks
}

// reciprocal is what a rank counts, 1-based; 0 where there is none.
func reciprocal(rank *int) float64 {
	if rank == nil {
		return 0
	}
	return rankHalfway / float64(rankHalfway+*rank-1)
}

// SentenceFeatureNames are what a sentence is weighed by, in the order of
// SentenceEvidence.Features.
var SentenceFeatureNames = []string{
	"turn", "rank of the turn", "meaning", "meaning with neighbours", "behind the turn's best", "words", "words with neighbours", "words of the question answered",
	"near the start", "length", "turn is short", "turn is long", "number wanted and there", "asks", "is an answer", "is a question", "speaker named",
}

const (
	shortTurn     = 4  // sentences, below which a turn is short
	manySentences = 30 // from which on a turn is not longer
	longSentence  = 40 // words from which on a sentence is not longer
)

// weighSentences weighs the sentences of the turn that is at rank, from 0.
func (t *weighedTurn) weighSentences(q weighedQuery, rank int, m logistic.Model) {
	spans := t.spans
	if len(spans) == 0 {
		for _, s := range sentence.Split(t.hit.Text) {
			spans = append(spans, sentence.Span{Start: t.hit.Start + s.Start, End: t.hit.Start + s.End})
		}
	}
	runes := []rune(t.hit.Text)
	texts, words := make([]string, len(spans)), make([]map[string]bool, len(spans))
	for k, s := range spans {
		texts[k] = string(runes[s.Start-t.hit.Start : s.End-t.hit.Start])
		words[k] = lexicon.Set(Words(texts[k]))
	}
	asked := 0.0
	if t.hit.Question != nil {
		asked = q.covered(lexicon.Set(Words(t.hit.Question.Text)))
	}
	strongest, named := best(t.cosines, t.pool.mean), logistic.Truth(q.namesAny(t.hit))
	t.hit.Evidence.Sentences = make([]SentenceEvidence, len(spans))
	for k, s := range spans {
		cosine, window := t.pool.mean, t.pool.mean
		if len(t.cosines) > 0 {
			cosine, window = t.cosines[k], t.windows[k]
		}
		meaning := t.pool.standard(window)
		features := []float64{
			t.hit.Evidence.LogOdds, 1 / float64(1+rank),
			t.pool.standard(cosine), meaning, (strongest - cosine) / t.pool.deviation,
			q.covered(words[k]), q.covered(union(words[max(0, k-1):min(len(words), k+2)])), asked,
			1 / float64(1+k), math.Min(float64(len(strings.Fields(texts[k]))), longSentence) / longSentence, logistic.Truth(len(spans) < shortTurn), math.Min(float64(len(spans)), manySentences) / manySentences,
			logistic.Truth(q.number && HasNumber(texts[k])), logistic.Truth(sentence.EndsAsking(texts[k])),
			logistic.Truth(t.hit.Role == model.RoleAnswer), logistic.Truth(t.hit.Role == model.RoleQuestion), named,
		}
		e := SentenceEvidence{Span: s, Features: features, LogOdds: m.LogOdds(features), Meaning: meaning}
		if len(t.windows) > 0 {
			e.Cosine = window
		}
		t.hit.Evidence.Sentences[k] = e
	}
}

func union(sets []map[string]bool) map[string]bool {
	all := map[string]bool{}
	for _, set := range sets {
		for w := range set {
			all[w] = true
		}
	}
	return all
}
