package eval

import (
	"context"
	"fmt"
	"hash/fnv"
	"math"
	"slices"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/logistic"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// Fitting is what weights are fitted with.
type Fitting struct {
	Config
	// Model is what the names of the models begin with that the weights are for.
	Model string
	// With gives the services that rank by other weights and answer whatever their
	// confidence.
	With func(tables []retrieval.FittedWeights) (Searcher, Answerer)
	// Progress is called before each round; may be nil.
	Progress func(round string)
}

const (
	folds       = 5   // of the transcripts: each is judged by weights fitted on the others
	turnPenalty = 3.0 // on the weights of turns, see logistic.Fit; there are thousands of examples
	// sentencePenalty is on the weights of sentences. Of 10, 30, 60 and 120 it had, over three
	// divisions into folds, the most questions answered right: .685, .689, .689, .676.
	sentencePenalty = 30.0
	// answerPenalty is on the weights of answers: of 100, 30 and 10 the one with the best AUC
	// on the folds that were left out: .764, .776, .782.
	answerPenalty = 10.0
	leastCommon   = 15  // code points that a sentence shares with the words that answer, to be one of them
	fitDepth      = 100 // hits from which the examples are
)

// Fitted are weights with what they reach on questions about transcripts that they were
// not fitted on.
type Fitted struct {
	Weights retrieval.FittedWeights `json:"weights"`
	HeldOut HeldOut                 `json:"held_out"`
}

// HeldOut are figures of questions by weights fitted on the other folds' alone.
type HeldOut struct {
	Questions  int             `json:"questions"`
	Within     map[int]float64 `json:"within"` // share of the answerable ones with a turn that answers among so many
	Right      float64         `json:"right"`  // share of them that an answer, always given, answers
	First      float64         `json:"first"`  // and with its first quotation
	AUC        float64         `json:"auc"`    // of the confidence of answers by meaning, for right or not
	Thresholds []Threshold     `json:"thresholds"`
}

// Threshold is what comes of answering from a confidence on.
type Threshold struct {
	Confidence           float64 `json:"confidence"`
	Right                float64 `json:"right"`                 // share of the answerable
	Risk                 float64 `json:"risk"`                  // wrong answers among those given
	WronglyDeclined      float64 `json:"wrongly_declined"`      // share of the answerable
	UnanswerableDeclined float64 `json:"unanswerable_declined"` // share of the others
}

// judged is a case with its gold and the fold of its transcript.
type judged struct {
	Case
	gold gold
	fold int
}

// Fit fits the weights by which turns, sentences and answers are weighed. What tells whether
// an answer answers is fitted on answers to questions about transcripts that their own
// weights were not fitted on: those to questions that they were are too good.
func Fit(ctx context.Context, f Fitting, cases []Case) (*Fitted, error) {
	questions, err := f.judge(ctx, cases)
	if err != nil {
		return nil, err
	}
	var outcomes []outcomeOf
	for fold := range folds {
		f.tell(fmt.Sprintf("fold %d of %d", fold+1, folds))
		w, err := f.fit(ctx, slices.DeleteFunc(slices.Clone(questions), func(q judged) bool { return q.fold == fold }))
		if err != nil {
			return nil, err
		}
		held := slices.DeleteFunc(slices.Clone(questions), func(q judged) bool { return q.fold != fold })
		more, err := f.outcomes(ctx, w, held)
		if err != nil {
			return nil, err
		}
		outcomes = append(outcomes, more...)
	}
	for fold := range folds {
		m, err := fitAnswers(slices.DeleteFunc(slices.Clone(outcomes), func(o outcomeOf) bool { return o.fold == fold }))
		if err != nil {
			return nil, err
		}
		for i := range outcomes {
			if o := &outcomes[i]; o.fold == fold && len(o.features) > 0 {
				o.confidence = logistic.Probability(m.LogOdds(o.features))
			}
		}
	}
	f.tell("all")
	out := &Fitted{HeldOut: heldOut(outcomes)}
	if out.Weights, err = f.fit(ctx, questions); err != nil {
		return nil, err
	}
	m, err := fitAnswers(outcomes)
	out.Weights.Answer = retrieval.NewFeatureWeights(m, answer.ConfidenceFeatureNames)
	return out, err
}

// fitAnswers fits what tells whether an answer answers.
func fitAnswers(outcomes []outcomeOf) (logistic.Model, error) {
	var answers []logistic.Example
	for _, o := range outcomes {
		if len(o.features) > 0 {
			answers = append(answers, logistic.Example{Features: o.features, Holds: o.right, Weight: 1})
		}
	}
	return logistic.Fit(answers, answerPenalty)
}

func (f Fitting) tell(round string) {
	if f.Progress != nil {
		f.Progress(round)
	}
}

// judge finds the gold of the cases. Those whose gold is not in the record are left out.
func (f Fitting) judge(ctx context.Context, cases []Case) ([]judged, error) {
	r := newResolver(f.Config)
	var questions []judged
	for _, c := range cases {
		g, err := r.resolve(ctx, &c)
		switch {
		case fault.CodeOf(err) == fault.NotFound:
			continue
		case err != nil:
			return nil, err
		}
		questions = append(questions, judged{c, g, foldOf(c, g)})
	}
	if len(questions) < folds {
		return nil, fault.New(fault.Invalid, "only %d of %d questions have their answers in the record; ingest the transcripts that they are about", len(questions), len(cases))
	}
	return questions, nil
}

// foldOf puts all questions about a transcript in one fold.
func foldOf(c Case, g gold) int {
	name := string(c.Transcript)
	if name == "" && len(g.spans) > 0 {
		name = g.spans[0].TranscriptID
	}
	if name == "" {
		name = c.ID
	}
	h := fnv.New32a()
	_, _ = h.Write([]byte(name)) // a hash never fails to write
	return int(h.Sum32() % folds)
}

// fit fits how turns are weighed, and how the sentences of the best of them are.
func (f Fitting) fit(ctx context.Context, questions []judged) (w retrieval.FittedWeights, err error) {
	w.Model = f.Model
	searcher, _ := f.With([]retrieval.FittedWeights{w})
	var turns []logistic.Example
	var sentences [][]logistic.Example // of a question each
	for _, q := range questions {
		hits, err := f.search(ctx, searcher, q)
		if err != nil {
			return w, err
		}
		turns = append(turns, turnExamples(q, hits)...)
	}
	m, err := logistic.Fit(logistic.Balanced(turns), turnPenalty)
	if err != nil {
		return w, fault.Wrap(err, fault.Invalid, "the turns cannot be weighed: %v; run pullquote reindex, so that all of the record has the vectors of its sentences", err)
	}
	w.Turn = retrieval.NewFeatureWeights(m, retrieval.TurnFeatureNames)
	searcher, _ = f.With([]retrieval.FittedWeights{w})
	for _, q := range questions {
		hits, err := f.search(ctx, searcher, q)
		if err != nil {
			return w, err
		}
		sentences = append(sentences, sentenceExamples(q, hits))
	}
	if m, err = logistic.FitChoice(sentences, sentencePenalty); err != nil {
		return w, fault.Wrap(err, fault.Invalid, "the sentences cannot be weighed: %v; give questions with the words that answer them", err)
	}
	w.Sentence = retrieval.NewFeatureWeights(m, retrieval.SentenceFeatureNames)
	return w, nil
}

func (f Fitting) search(ctx context.Context, s Searcher, q judged) ([]retrieval.Hit, error) {
	ctx, cancel := context.WithTimeout(ctx, f.Timeout)
	defer cancel()
	result, err := s.Search(ctx, retrieval.Query{Text: q.Question, History: q.History, Filter: q.Filter, Limit: fitDepth})
	return result.Hits, err
}

// turnExamples are the hits of a question that the record answers, if their meaning was
// weighed.
func turnExamples(q judged, hits []retrieval.Hit) (examples []logistic.Example) {
	if len(q.gold.turns) == 0 {
		return nil
	}
	for _, h := range hits {
		if len(h.Evidence.Features) > 0 {
			examples = append(examples, logistic.Example{Features: h.Evidence.Features, Holds: q.gold.turns[keyOf(h)]})
		}
	}
	return examples
}

// sentenceExamples are the weighed sentences of a question whose answer is known by its words.
func sentenceExamples(q judged, hits []retrieval.Hit) (examples []logistic.Example) {
	if len(q.Quotes) == 0 {
		return nil
	}
	for _, h := range hits {
		for _, s := range h.Evidence.Sentences {
			examples = append(examples, logistic.Example{Features: s.Features, Holds: q.gold.has(keyOf(h), s.Span), Weight: 1})
		}
	}
	return examples
}

// has reports whether words of a turn are among those that answer.
func (g gold) has(key retrieval.TurnKey, s sentence.Span) bool {
	return slices.ContainsFunc(g.spans, func(gold span) bool {
		common := min(gold.End, s.End) - max(gold.Start, s.Start)
		return gold.TurnKey == key && common > 0 && (common >= leastCommon || common == s.End-s.Start || common == gold.End-gold.Start)
	})
}

func keyOf(h retrieval.Hit) retrieval.TurnKey {
	return retrieval.TurnKey{TranscriptID: h.TranscriptID, Turn: h.Turn}
}

// outcomeOf is what came of a question whose answer was given whatever its confidence.
type outcomeOf struct {
	fold         int
	answerable   bool
	rank         int // of the first turn that answers, 1-based; 0: none
	right, first bool
	byWords      bool      // it was answered without a confidence
	features     []float64 // of an answer that has one
	confidence   float64
}

// outcomes asks the questions by these weights.
func (f Fitting) outcomes(ctx context.Context, w retrieval.FittedWeights, questions []judged) ([]outcomeOf, error) {
	searcher, answers := f.With([]retrieval.FittedWeights{w})
	r := newResolver(f.Config)
	r.Answers = answers
	outcomes := make([]outcomeOf, 0, len(questions))
	for _, q := range questions {
		o := outcomeOf{fold: q.fold, answerable: !q.Declines() && q.Answers()}
		hits, err := f.search(ctx, searcher, q)
		if err != nil {
			return nil, err
		}
		o.rank = 1 + slices.IndexFunc(hits, func(h retrieval.Hit) bool { return q.gold.turns[keyOf(h)] })
		if len(q.Quotes) > 0 || q.Declines() {
			a, err := r.ask(ctx, q.Case)
			if err != nil {
				return nil, err
			}
			for i, c := range a.Citations {
				if slices.ContainsFunc(q.gold.spans, func(s span) bool { return s.overlaps(c) }) {
					o.right, o.first = true, o.first || i == 0
				}
			}
			o.features, o.byWords = a.Features, a.Answerable && a.Confidence == nil
		}
		outcomes = append(outcomes, o)
	}
	return outcomes, nil
}

// heldOut sums outcomes up.
func heldOut(outcomes []outcomeOf) HeldOut {
	h := HeldOut{Questions: len(outcomes), Within: map[int]float64{}}
	var answerable, others float64
	var scores []float64
	var right []bool
	for _, o := range outcomes {
		if len(o.features) > 0 {
			scores, right = append(scores, o.confidence), append(right, o.right)
		}
		if !o.answerable {
			others++
			continue
		}
		answerable++
		h.Right += logistic.Truth(o.right)
		h.First += logistic.Truth(o.first)
		for _, n := range []int{1, 3, 5, 10, 30} {
			h.Within[n] += logistic.Truth(o.rank > 0 && o.rank <= n)
		}
	}
	h.Right, h.First = h.Right/answerable, h.First/answerable
	for n := range h.Within {
		h.Within[n] /= answerable
	}
	if h.AUC = logistic.AUC(scores, right); math.IsNaN(h.AUC) {
		h.AUC = 0
	}
	for percent := 5; percent <= 80; percent += 5 {
		t := Threshold{Confidence: float64(percent) / 100}
		given := 0.0
		for _, o := range outcomes {
			gives := o.byWords || len(o.features) > 0 && o.confidence >= t.Confidence
			given += logistic.Truth(gives)
			t.Right += logistic.Truth(gives && o.right) / answerable
			t.Risk += logistic.Truth(gives && !o.right)
			t.WronglyDeclined += logistic.Truth(!gives && o.answerable) / answerable
			t.UnanswerableDeclined += logistic.Truth(!gives && !o.answerable) / max(others, 1)
		}
		t.Risk /= max(given, 1)
		h.Thresholds = append(h.Thresholds, t)
	}
	return h
}
