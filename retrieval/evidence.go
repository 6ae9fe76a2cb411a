package retrieval

import (
	"cmp"
	"context"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/pullquote/pullquote/internal/logistic"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// EvidenceRanking decides which turns answer a question, and which of their sentences,
// once both halves of the search have found candidates. A turn is weighed by its ranks and
// by the meaning of its sentences, and a sentence by its words, its meaning and its place;
// the best turns are put in order by this and by what is around them. How these are weighed
// against each other is fitted (evidence_weights.go).
type EvidenceRanking struct {
	// Lexical and Semantic are how many turns are taken from the search by words and from
	// the search by vectors: 50 each, among which the one that answers nearly always is.
	// With 0 for Semantic turns are ranked by Fusion alone.
	Lexical, Semantic int
	// Turns are the best of them, whose sentences are weighed: 40, among which the one that
	// answers is in .96 of plain questions; more gained nothing.
	Turns int
	// Spans are the sentences of a hit that are shown as its evidence: 3.
	Spans int
	// PlaceReach is the distance, in code points, over which what turns mean fades to 1/e for
	// the turns around them: 1300, some 250 words, as in PlaceScore.
	PlaceReach float64
	// Following is what the meaning of a turn counts for those before it, against those
	// after it: 0.6, as in ContextScore.
	Following float64
	// Likeliest is how many of the turns that are likeliest to answer by themselves are among
	// the First: 2. The order by words and place brings the turns of one place together; these
	// see to it that what a reader looks at first is not all wrong when that place is. On
	// QMSum's training meetings they gain .03 of success@5 and cost .003 of nDCG@10; ranks that
	// go to whatever is not ahead yet cost several times as much.
	Likeliest int
	// First is how many turns a reader looks at first: 5.
	First int
}

// Evidence is what of a hit speaks for its answering the question.
type Evidence struct {
	LogOdds   float64   // that the turn answers, comparable within one result only
	Features  []float64 // that LogOdds were computed from, see turnFeatures; nil without vectors
	Agreement float64   // of words and vectors: the product of what its ranks by both count
	Order     []float64 // features by which it was put in order among the best, see OrderFeatureNames
	// WordShare is the turn's score by words and context, as a share of the best of the
	// search; 0 where the words did not find it.
	WordShare float64
	Sentences []SentenceEvidence
	// RerankScore is the reranker's; nil where none has read the turn. Scores of a
	// cross-encoder that runs in the program are logits, comparable from question to question.
	RerankScore *float64
}

// SentenceEvidence is what speaks for a sentence.
type SentenceEvidence struct {
	sentence.Span           // in the canonical text
	LogOdds       float64   // that it answers, comparable within one result
	Cosine        float64   // of it with the question; the mean of all candidates' without vectors
	Meaning       float64   // that of it and its neighbours, in deviations from this mean
	Features      []float64 // that LogOdds were computed from, see sentenceFeatures
}

// candidates are, of all turns in the order of fusion, the first of both rankings and, where
// more hits are wanted than these, the next.
func (e EvidenceRanking) candidates(all []fused, limit int) []fused {
	var first, next []fused
	for _, t := range all {
		if t.lexical > 0 && t.lexical <= e.Lexical || t.semantic > 0 && t.semantic <= e.Semantic {
			first = append(first, t)
		} else {
			next = append(next, t)
		}
	}
	return append(first, next[:min(len(next), max(0, limit-len(first)))]...)
}

// readVectors reads the vectors of the sentences of hits, and of the questions that they
// answer, by turn.
func (s *Searcher) readVectors(ctx context.Context, scope Scope, keys []TurnKey) (map[TurnKey][]SentenceVector, error) {
	passages, err := s.index.SentenceVectors(ctx, scope, keys)
	if err != nil {
		return nil, err
	}
	vectors := make(map[TurnKey][]SentenceVector, len(keys))
	for _, p := range passages {
		vectors[p.TurnKey] = append(vectors[p.TurnKey], p.Sentences...)
	}
	return vectors, nil
}

// readHits reads turns with the vectors of their sentences and of their questions'.
func (s *Searcher) readHits(ctx context.Context, scope Scope, keys []TurnKey, weigh bool) (hits []Hit, vectors map[TurnKey][]SentenceVector, err error) {
	group, groupCtx := errgroup.WithContext(ctx)
	if weigh {
		group.Go(func() (err error) {
			vectors, err = s.readVectors(groupCtx, scope, keys)
			return err
		})
	}
	group.Go(func() (err error) {
		hits, err = s.index.Hits(groupCtx, scope, keys)
		return err
	})
	if err := group.Wait(); err != nil || len(vectors) == 0 {
		return hits, nil, err
	}
	var asked []TurnKey
	for _, h := range hits {
		if key, ok := h.QuestionKey(); ok && vectors[key] == nil && !slices.Contains(asked, key) {
			asked = append(asked, key)
		}
	}
	more, err := s.readVectors(ctx, scope, asked)
	if err != nil {
		return nil, nil, err
	}
	for key, v := range more {
		vectors[key] = v
	}
	return hits, vectors, nil
}

// QuestionKey names the turn of the question that a hit answers.
func (h Hit) QuestionKey() (TurnKey, bool) {
	if h.Question == nil {
		return TurnKey{}, false
	}
	return TurnKey{h.TranscriptID, h.Question.Turn}, true
}

// weigh orders the hits by how likely they answer, weighs the sentences of the best and puts
// these in order. It tells how all of them are spread.
func (e EvidenceRanking) weigh(q weighedQuery, hits []Hit, vectors map[TurnKey][]SentenceVector) ([]Hit, *spread) {
	turns := newWeighedTurns(q, hits, vectors)
	among := spreadOf(turns, e)
	if turn := q.weights.Turn.Model(TurnFeatureNames); len(vectors) > 0 {
		for i, features := range turnFeatures(q, turns, among) {
			turns[i].hit.Evidence.Features = features
			turns[i].hit.Evidence.LogOdds = turn.LogOdds(features)
			turns[i].hit.Evidence.Agreement = turns[i].ranks.words * turns[i].ranks.vector
			turns[i].hit.Score = logistic.Probability(turns[i].hit.Evidence.LogOdds)
		}
		slices.SortStableFunc(turns, func(a, b weighedTurn) int {
			return cmp.Compare(b.hit.Evidence.LogOdds, a.hit.Evidence.LogOdds)
		})
	}
	names := map[string]bool{}
	for _, t := range turns {
		for _, w := range t.names {
			names[w] = true
		}
	}
	best, sentence, topic := turns[:min(len(turns), e.Turns)], q.weights.Sentence.Model(SentenceFeatureNames), q.about(names)
	for i := range best {
		best[i].weighSentences(topic, names, sentence)
	}
	if len(vectors) > 0 {
		e.order(best, q, among)
	}
	ordered := make([]Hit, len(turns))
	for i, t := range turns {
		ordered[i] = t.hit
		ordered[i].EvidenceSpans = e.spans(t.hit.Evidence.Sentences)
	}
	return ordered, among
}

// spans are the best sentences, in the order of the record.
func (e EvidenceRanking) spans(sentences []SentenceEvidence) []sentence.Span {
	best := slices.SortedStableFunc(slices.Values(sentences), func(a, b SentenceEvidence) int { return cmp.Compare(b.LogOdds, a.LogOdds) })
	var spans []sentence.Span
	for _, s := range best[:min(len(best), e.Spans)] {
		spans = append(spans, s.Span)
	}
	slices.SortFunc(spans, func(a, b sentence.Span) int { return a.Start - b.Start })
	return spans
}
