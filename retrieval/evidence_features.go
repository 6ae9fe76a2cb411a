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
	form    QuestionForm
	vector  Vector
	terms   []Term          // of the question, with their weights
	names   map[string]bool // its words as they may be of names
	weights *FittedWeights  // nil: evidence is not weighed
	beside  *spread         // of the candidates of a wider search, against which these are weighed; nil: of their own
}

func newWeighedQuery(text string, vector Vector, terms []Term, weights *FittedWeights) weighedQuery {
	names := map[string]bool{}
	for _, token := range nameTokens(text) {
		names[strings.TrimSuffix(fold(token), "'s")] = true
	}
	return weighedQuery{form: ReadForm(text), vector: vector, terms: terms, names: names, weights: weights}
}

// named are the words of the question that are of a speaker's name, titles apart.
func (q weighedQuery) named(speaker string) []string {
	return slices.DeleteFunc(NameWords(speaker), func(w string) bool {
		return len(w) < 2 || !q.names[w] || lexicon.IsTitle(w) || normalize(w) == ""
	})
}

// about is the question without the words of some names, which who speaks meets; all of it
// if nothing else is left.
func (q weighedQuery) about(names map[string]bool) weighedQuery {
	stems := map[string]bool{}
	for w := range names {
		stems[normalize(w)] = true
	}
	topic := slices.DeleteFunc(slices.Clone(q.terms), func(t Term) bool { return stems[t.Word] })
	if len(topic) > 0 {
		q.terms = topic
	}
	return q
}

// wider is how the candidates are spread against which those of a search are weighed, which
// are spread so themselves.
func (q weighedQuery) wider(own *spread) *spread {
	return cmp.Or(q.beside, own)
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
	names   []string // words of the question that are of its speaker's name
	ranks
	askedRank float64 // what the rank of the question that it answers counts
	pool      pool
	place     place
	order     float64 // among the best, see OrderFeatureNames
}

func (t weighedTurn) key() TurnKey { return TurnKey{t.hit.TranscriptID, t.hit.Turn} }

// pool is how the cosines of all candidates are spread: what a cosine says depends on the
// model and on the question.
type pool struct{ mean, deviation float64 }

// spread is how all candidates of a search are spread.
type spread struct {
	pool
	bests, windows, asked []float64 // of each turn: its best sentence, its best window, the question that it answers
	ranks                 map[TurnKey]ranks
	places                []place
	bestPlace             float64 // the most that a turn means with those around it
}

// ranks are what the ranks of a turn by words and by its passages' vectors count, and its
// share of the best score by words.
type ranks struct{ words, vector, share float64 }

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
		t := weighedTurn{hit: h, names: q.named(h.printedName())}
		own := vectors[TurnKey{h.TranscriptID, h.Turn}]
		t.cosines, t.windows = make([]float64, len(own)), make([]float64, len(own))
		for k, v := range own {
			t.spans = append(t.spans, v.Span)
			t.cosines[k] = float64(v.Dot(q.vector.Values))
			t.windows[k] = cosineOf(q.vector.Values, own[max(0, k-1):min(len(own), k+2)])
			all = append(all, t.cosines[k])
		}
		if key, ok := h.QuestionKey(); ok {
			if asked := vectors[key]; len(asked) > 0 {
				t.isAsked = true
				t.asked = cosineOf(q.vector.Values, asked[max(0, len(asked)-askedSentences):])
			}
		}
		turns[i] = t
	}
	p := newPool(all)
	if q.beside != nil {
		p = q.beside.pool
	}
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

// Of the features of a turn, these are by vectors of its own.
const byVectorsFrom, byVectorsTo = 1, 6

// spreadOf is how turns are spread.
func spreadOf(turns []weighedTurn, e EvidenceRanking) *spread {
	s := &spread{bests: make([]float64, len(turns)), windows: make([]float64, len(turns)), asked: make([]float64, len(turns)), ranks: map[TurnKey]ranks{}}
	for i, t := range turns {
		s.pool = t.pool
		s.ranks[t.key()] = ranks{reciprocal(t.hit.LexicalRank), reciprocal(t.hit.SemanticRank), t.hit.Evidence.WordShare}
		s.bests[i], s.windows[i], s.asked[i] = best(t.cosines, math.Inf(-1)), best(t.windows, math.Inf(-1)), t.pool.mean // that has no vectors takes no rank
		if t.isAsked {
			s.asked[i] = t.asked
		}
	}
	s.places = placesOf(turns)
	for _, p := range s.places {
		s.bestPlace = max(s.bestPlace, e.around(p, s.places))
	}
	return s
}

// turnFeatures are the features of each turn, as TurnFeatureNames has them, among all that
// are spread so. Cosines are in deviations from the mean of all candidates' sentences. Beside
// a wider search ranks are those among its turns. A turn that is not embedded yet has the
// features of the average turn that is, so that its words decide: what is not known of it is
// neither for nor against it.
func turnFeatures(q weighedQuery, turns []weighedTurn, own *spread) [][]float64 {
	wider := q.wider(own)
	bestRanks, windowRanks, askedRanks := ranksOf(own.bests, wider.bests), ranksOf(own.windows, wider.windows), ranksOf(own.asked, wider.asked)
	features := make([][]float64, len(turns))
	for i, t := range turns {
		r := wider.ranks[t.key()]
		features[i] = []float64{
			r.words, r.vector,
			t.pool.standard(own.bests[i]), bestRanks[i], t.pool.standard(own.windows[i]), windowRanks[i],
			t.pool.standard(own.asked[i]), askedRanks[i],
			logistic.Truth(t.hit.Role == model.RoleAnswer), logistic.Truth(t.hit.Role == model.RoleQuestion), logistic.Truth(len(t.names) > 0),
			math.Min(float64(t.hit.End-t.hit.Start), longTurn) / longTurn,
		}
		turns[i].ranks, turns[i].askedRank = r, askedRanks[i]
	}
	averageUnembedded(turns, features)
	return features
}

// printedName is the speaker's name, or the label where there is none.
func (h Hit) printedName() string { return cmp.Or(string(h.Speaker), string(h.Label)) }

// embedded reports whether a turn has vectors.
func (t weighedTurn) embedded() bool { return len(t.cosines) > 0 }

// averageUnembedded gives the turns that have no vectors the features of those that do.
func averageUnembedded(turns []weighedTurn, features [][]float64) {
	var mean [byVectorsTo]float64
	n := 0.0
	for i, t := range turns {
		if t.embedded() {
			n++
			for k := byVectorsFrom; k < byVectorsTo; k++ {
				mean[k] += (features[i][k] - mean[k]) / n
			}
		}
	}
	for i, t := range turns {
		if !t.embedded() {
			copy(features[i][byVectorsFrom:byVectorsTo], mean[byVectorsFrom:])
		}
	}
}

func best(values []float64, none float64) float64 {
	if len(values) == 0 {
		return none
	}
	return slices.Max(values)
}

// ranksOf are what the ranks of values among those of a wider search, or among themselves,
// count; the greatest is first.
func ranksOf(values, wider []float64) []float64 {
	ranks := make([]float64, len(values))
	for i, v := range values {
		ahead := 0
		for _, other := range wider {
			if other > v {
				ahead++
			}
		}
		ranks[i] = rankHalfway / float64(rankHalfway+ahead)
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
// SentenceEvidence.Features: first what is so of all of its turn.
var SentenceFeatureNames = []string{
	"rank by words", "rank by passage vector", "rank by question answered", "is an answer", "turn's length", "turn is short", "turn is long",
	"speaker named", "speaker asked about", "another asked about", "words of the turn", "words of the question answered",
	"meaning", "meaning with neighbours", "behind the turn's best", "rank in the turn", "words", "words with neighbours",
	"leads", "leads, with the question's meaning", "leads, with the question's words", "near the start", "hardly a sentence", "asks",
	"number wanted and there", "amount wanted and there", "money wanted and there", "duration wanted and there", "date wanted and there", "place wanted and there", "reason wanted and there", "person wanted and there",
	"asker wanted, and is a question", "answer wanted, and is a question", "yes or no wanted, and leads",
	"speaker's own name", "another speaker's name", "name of the one asked about",
}

const (
	shortTurn     = 4  // sentences, below which a turn is short
	manySentences = 30 // from which on a turn is not longer
	leadSentences = 2  // with which an answer begins
	fewWords      = 4  // below which a sentence says hardly anything
)

// weighSentences weighs the sentences of a turn for what a question is about. The names are
// its words that are of a speaker's name.
func (t *weighedTurn) weighSentences(topic weighedQuery, names map[string]bool, m logistic.Model) {
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
	form := topic.form
	own, others := map[string]bool{}, map[string]bool{} // stems of names
	for w := range names {
		others[normalize(w)] = true
	}
	for _, w := range t.names {
		own[normalize(w)] = true
		delete(others, normalize(w))
	}
	isQuestion, isAnswer := t.hit.Role == model.RoleQuestion, t.hit.Role == model.RoleAnswer
	named := len(t.names) > 0
	asked, askedMeaning := 0.0, 0.0
	if t.hit.Question != nil {
		asked = topic.covered(lexicon.Set(Words(t.hit.Question.Text)))
	}
	if t.isAsked {
		askedMeaning = t.pool.standard(t.asked)
	}
	strongest := best(t.cosines, t.pool.mean)
	ofTurn := []float64{
		t.ranks.words, t.ranks.vector, t.askedRank, logistic.Truth(isAnswer),
		math.Min(float64(t.hit.End-t.hit.Start), longTurn) / longTurn, logistic.Truth(len(spans) < shortTurn), math.Min(float64(len(spans)), manySentences) / manySentences,
		logistic.Truth(named), logistic.Truth(named && form.Attributed), logistic.Truth(!named && len(names) > 0 && form.Attributed),
		topic.covered(union(words)), asked,
	}
	t.hit.Evidence.Sentences = make([]SentenceEvidence, len(spans))
	for k, s := range spans {
		cosine, window, ahead := t.pool.mean, t.pool.mean, 0
		if len(t.cosines) > 0 {
			cosine, window = t.cosines[k], t.windows[k]
			for _, other := range t.cosines {
				if other > cosine {
					ahead++
				}
			}
		}
		meaning, kinds := t.pool.standard(window), form.Kinds.In(texts[k])
		leads := logistic.Truth(k < leadSentences)
		isThere := func(k AnswerKinds) float64 { return logistic.Truth(kinds&k != 0) }
		features := append(slices.Clone(ofTurn),
			t.pool.standard(cosine), meaning, (strongest-cosine)/t.pool.deviation, 1/float64(1+ahead),
			topic.covered(words[k]), topic.covered(union(words[max(0, k-1):min(len(words), k+2)])),
			leads, leads*math.Max(askedMeaning, 0), leads*asked, 1/float64(1+k), logistic.Truth(len(strings.Fields(texts[k])) < fewWords), logistic.Truth(sentence.EndsAsking(texts[k])),
			logistic.Truth(form.Kinds&Numbers != 0 && HasNumber(texts[k])), isThere(Amount), isThere(Money), isThere(Duration), isThere(Date), isThere(Place), isThere(Reason), isThere(Person),
			logistic.Truth(form.Asking && isQuestion), logistic.Truth(!form.Asking && isQuestion), leads*logistic.Truth(form.YesNo && isAnswer),
			logistic.Truth(anyIn(own, words[k])), logistic.Truth(anyIn(others, words[k])), logistic.Truth(form.Attributed && anyIn(others, words[k])),
		)
		t.hit.Evidence.Sentences[k] = SentenceEvidence{Span: s, Features: features, LogOdds: m.LogOdds(features), Meaning: meaning, Cosine: cosine}
	}
}

func anyIn(some, all map[string]bool) bool {
	for w := range some {
		if all[w] {
			return true
		}
	}
	return false
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
