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
	// orderPenalty is on the weights of the order, of which there are few: too small to matter,
	// unless the log-odds alone order the lists without a mistake.
	orderPenalty = 1.0
	// topicShare is what all questions after topics count in the fit of the order, against all
	// others: 8. Of 1, 3 and 8, held out, plain questions have a turn that answers ahead as often
	// (.61, .61 and .61) and topics more of theirs among the first ten (nDCG@10 .443, .446, .448).
	topicShare = 8.0
	// answerPenalty is on the weights of answers: of 100, 30 and 10 the one with the best AUC
	// on the folds that were left out: .764, .776, .782.
	answerPenalty = 10.0
	// recordPenalty is on the weights of whether the record answers. Of 300, 100, 30, 10 and 3 the
	// AUC on transcripts that were left out is .701, .718, .731, .735 and .737: the largest of
	// those that are nearly as good.
	recordPenalty = 30.0
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
	Within     map[int]float64 `json:"within"`     // share of the answerable ones with a turn that answers among so many
	Right      float64         `json:"right"`      // share of them that an answer, always given, answers
	First      float64         `json:"first"`      // and with its first quotation
	AUC        float64         `json:"auc"`        // of the confidence of answers by meaning, for right or not
	RecordAUC  float64         `json:"record_auc"` // of the probability that the record answers, for whether it does
	Thresholds []Threshold     `json:"thresholds"`
	Topics     Topics          `json:"topics"`
}

// Topics are figures of the questions that whole turns answer, of the first turns shown.
type Topics struct {
	Questions int     `json:"questions"`
	NDCG10    float64 `json:"ndcg_10"`
	Success5  float64 `json:"success_5"`
}

// Threshold is what comes of answering from a probability on that the record answers.
type Threshold struct {
	Record               float64 `json:"record"`
	Right                float64 `json:"right"`                 // share of the answerable
	Risk                 float64 `json:"risk"`                  // wrong answers among those given
	WronglyDeclined      float64 `json:"wrongly_declined"`      // share of the answerable
	UnanswerableDeclined float64 `json:"unanswerable_declined"` // share of the others
}

// judged is a case with its gold and the fold of its transcript.
type judged struct {
	Case
	gold  gold
	fold  int
	turns []logistic.Example // of a question that is not after a topic
	// exchanges are the turns without which the record does not answer it; nil where it does not
	// in any case, and of a topic.
	exchanges []retrieval.TurnKey
}

// isTopic reports whether whole turns answer a question and not some words: then it is after
// a topic, on which many turns may have something.
func (c Case) isTopic() bool { return len(c.Quotes) == 0 && len(c.Expected) > 0 && !c.isOwn() }

// isOwn reports whether the record itself asks the question, see OwnQuestions. People who talk
// to each other ask otherwise than who reads what they said: these questions have a say in
// nothing but whether the record answers.
func (c Case) isOwn() bool { return len(c.Without) > 0 }

// Fit fits the weights by which turns, sentences and answers are weighed, on questions that
// some words answer, and how the best turns are put in order, on these and on questions
// after topics. The order, and what tells whether an answer answers, are fitted on what comes
// of questions about transcripts that the other weights were not fitted on: what comes of
// those that they were is too good. What tells whether the record answers is fitted on the same
// with their near misses, which are these questions asked without the turns that answer them,
// and on the record's own questions and theirs.
func Fit(ctx context.Context, f Fitting, cases []Case) (*Fitted, error) {
	questions, err := f.judge(ctx, cases)
	if err != nil {
		return nil, err
	}
	weights, lists := make([]retrieval.FittedWeights, folds), make([]list, 0, len(questions))
	for fold := range folds {
		f.tell(fmt.Sprintf("fold %d of %d", fold+1, folds))
		if weights[fold], err = f.fit(ctx, without(questions, fold)); err != nil {
			return nil, err
		}
		more, err := f.lists(ctx, weights[fold], of(questions, fold))
		if err != nil {
			return nil, err
		}
		lists = append(lists, more...)
	}
	var outcomes []outcomeOf
	for fold, w := range weights {
		f.tell(fmt.Sprintf("answers of fold %d of %d", fold+1, folds))
		if w.Order, err = fitOrder(slices.DeleteFunc(slices.Clone(lists), func(l list) bool { return l.fold == fold })); err != nil {
			return nil, err
		}
		more, err := f.outcomes(ctx, w, of(questions, fold))
		if err != nil {
			return nil, err
		}
		outcomes = append(outcomes, more...)
	}
	for fold := range folds {
		answers, record, err := fitAnswers(slices.DeleteFunc(slices.Clone(outcomes), func(o outcomeOf) bool { return o.fold == fold }))
		if err != nil {
			return nil, err
		}
		for i := range outcomes {
			if o := &outcomes[i]; o.fold == fold && len(o.features) > 0 {
				o.confidence, o.record = logistic.Probability(answers.LogOdds(o.features)), logistic.Probability(record.LogOdds(o.features))
			}
		}
	}
	f.tell("all")
	out := &Fitted{HeldOut: heldOut(outcomes)}
	if out.Weights, err = f.fit(ctx, questions); err != nil {
		return nil, err
	}
	if out.Weights.Order, err = fitOrder(lists); err != nil {
		return nil, err
	}
	if out.Weights.AnswerWeights, err = answerWeights(outcomes); err != nil {
		return nil, err
	}
	own := slices.Index(answer.FeatureNames, answer.ModelFeature)
	for _, o := range outcomes {
		if len(o.features) > 0 {
			o.features[own] = 0
		}
	}
	out.Weights.Others, err = answerWeights(outcomes)
	return out, err
}

// of are the questions of a fold, and without are those of the others.
func of(questions []judged, fold int) []judged {
	return slices.DeleteFunc(slices.Clone(questions), func(q judged) bool { return q.fold != fold })
}

func without(questions []judged, fold int) []judged {
	return slices.DeleteFunc(slices.Clone(questions), func(q judged) bool { return q.fold == fold })
}

// list is what a question's best turns are put in order by.
type list struct {
	turns   []logistic.Example
	fold    int
	isTopic bool
}

// lists finds the best turns of questions by these weights.
func (f Fitting) lists(ctx context.Context, w retrieval.FittedWeights, questions []judged) ([]list, error) {
	searcher, _ := f.With([]retrieval.FittedWeights{w})
	lists := make([]list, 0, len(questions))
	for _, q := range questions {
		if q.isOwn() {
			continue
		}
		hits, err := f.search(ctx, searcher, q)
		if err != nil {
			return nil, err
		}
		l := list{fold: q.fold, isTopic: q.isTopic()}
		for _, h := range hits {
			if len(h.Evidence.Order) > 0 {
				l.turns = append(l.turns, logistic.Example{Features: h.Evidence.Order, Holds: q.gold.turns[keyOf(h)]})
			}
		}
		lists = append(lists, l)
	}
	return lists, nil
}

// fitOrder fits how the best turns are put in order. What a kind of questions counts does not
// depend on how many there are.
func fitOrder(lists []list) (retrieval.FeatureWeights, error) {
	of := map[bool]float64{}
	for _, l := range lists {
		of[l.isTopic]++
	}
	share := map[bool]float64{false: 1, true: topicShare}
	examples := make([][]logistic.Example, len(lists))
	for i, l := range lists {
		examples[i] = slices.Clone(l.turns)
		for k := range examples[i] {
			examples[i][k].Weight = share[l.isTopic] / 2 * float64(len(lists)) / of[l.isTopic]
		}
	}
	m, err := logistic.FitRanking(examples, depth, orderPenalty)
	if err != nil {
		return retrieval.FeatureWeights{}, fault.Wrap(err, fault.Invalid, "the turns cannot be put in order: %v; give questions whose answers the search finds", err)
	}
	return retrieval.NewFeatureWeights(m, retrieval.OrderFeatureNames), nil
}

// fitAnswers fits what tells whether an answer answers, and whether the record does.
func fitAnswers(outcomes []outcomeOf) (answers, record logistic.Model, err error) {
	var given, asked []logistic.Example
	for _, o := range outcomes {
		if len(o.features) == 0 {
			continue
		}
		asked = append(asked, logistic.Example{Features: o.features, Holds: o.answerable, Weight: 1})
		if !o.aside {
			given = append(given, logistic.Example{Features: o.features, Holds: o.right, Weight: 1})
		}
	}
	if answers, err = logistic.Fit(given, answerPenalty); err != nil {
		return answers, record, err
	}
	record, err = logistic.Fit(asked, recordPenalty)
	return answers, record, err
}

// answerWeights are what fitAnswers fits, as a table has it.
func answerWeights(outcomes []outcomeOf) (retrieval.AnswerWeights, error) {
	answers, record, err := fitAnswers(outcomes)
	if err != nil {
		return retrieval.AnswerWeights{}, err
	}
	return retrieval.AnswerWeights{
		Answer: retrieval.NewFeatureWeights(answers, answer.FeatureNames), Record: retrieval.NewFeatureWeights(record, answer.FeatureNames),
	}, nil
}

func (f Fitting) tell(round string) {
	if f.Progress != nil {
		f.Progress(round)
	}
}

// judge finds the gold of the cases, and the turns among which it is. Those whose gold is not
// in the record are left out.
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
		q := judged{Case: c, gold: g, fold: foldOf(c, g)}
		if c.Answers() && !c.isTopic() {
			if q.exchanges, err = r.exchanges(ctx, g); err != nil {
				return nil, err
			}
		}
		questions = append(questions, q)
	}
	searcher, _ := f.With([]retrieval.FittedWeights{{Model: f.Model}})
	for i := range questions {
		if q := &questions[i]; !q.isTopic() && !q.isOwn() {
			hits, err := f.search(ctx, searcher, *q)
			if err != nil {
				return nil, err
			}
			q.turns = turnExamples(*q, hits)
		}
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
	var turns []logistic.Example
	var sentences [][]logistic.Example // of a question each
	for _, q := range questions {
		turns = append(turns, q.turns...)
	}
	m, err := logistic.Fit(logistic.Balanced(turns), turnPenalty)
	if err != nil {
		return w, fault.Wrap(err, fault.Invalid, "the turns cannot be weighed: %v; run pullquote reindex, so that all of the record has the vectors of its sentences", err)
	}
	w.Turn = retrieval.NewFeatureWeights(m, retrieval.TurnFeatureNames)
	searcher, _ := f.With([]retrieval.FittedWeights{w})
	for _, q := range questions {
		if len(q.Quotes) == 0 {
			continue
		}
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
	record       float64 // the probability that the record answers
	aside        bool    // a near miss, or a question of the record's own: no figure is of it
	topic        Scores  // of a question after a topic; nil of others
}

// outcomes asks the questions by these weights.
func (f Fitting) outcomes(ctx context.Context, w retrieval.FittedWeights, questions []judged) ([]outcomeOf, error) {
	searcher, answers := f.With([]retrieval.FittedWeights{w})
	r := newResolver(f.Config)
	r.Answers = answers
	outcomes := make([]outcomeOf, 0, len(questions))
	for _, q := range questions {
		if len(q.exchanges) > 0 {
			a, err := r.ask(ctx, q.Case, append(q.exchanges, q.gold.without...))
			if err != nil {
				return nil, err
			}
			outcomes = append(outcomes, outcomeOf{fold: q.fold, aside: true, features: a.Features})
		}
		o, err := f.outcome(ctx, r, searcher, q)
		if err != nil {
			return nil, err
		}
		outcomes = append(outcomes, o)
	}
	return outcomes, nil
}

// outcome asks one question.
func (f Fitting) outcome(ctx context.Context, r *resolver, searcher Searcher, q judged) (outcomeOf, error) {
	o := outcomeOf{fold: q.fold, answerable: !q.Declines() && q.Answers(), aside: q.isOwn()}
	if !o.aside {
		hits, err := f.search(ctx, searcher, q)
		if err != nil {
			return o, err
		}
		if q.isTopic() {
			o.topic = Scores{}
			o.topic.scoreHits(q.gold, hits)
			return o, nil
		}
		o.rank = 1 + slices.IndexFunc(hits, func(h retrieval.Hit) bool { return q.gold.turns[keyOf(h)] })
	}
	if !q.Answers() && !q.Declines() {
		return o, nil
	}
	a, err := r.ask(ctx, q.Case, q.gold.without)
	if err != nil {
		return o, err
	}
	for i, c := range a.Citations {
		if slices.ContainsFunc(q.gold.spans, func(s span) bool { return s.overlaps(c) }) {
			o.right, o.first = true, o.first || i == 0
		}
	}
	o.features, o.byWords = a.Features, a.Answerable && a.Confidence == nil
	return o, nil
}

// heldOut sums outcomes up.
func heldOut(all []outcomeOf) HeldOut {
	topics, outcomes := topicsOf(all), slices.DeleteFunc(slices.Clone(all), func(o outcomeOf) bool { return o.topic != nil || o.aside })
	h := HeldOut{Questions: len(outcomes), Within: map[int]float64{}, Topics: topics}
	var answerable, others float64
	var confidences, records []float64
	var right, answered []bool
	for _, o := range outcomes {
		if len(o.features) > 0 {
			confidences, right = append(confidences, o.confidence), append(right, o.right)
			records, answered = append(records, o.record), append(answered, o.answerable)
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
	h.AUC, h.RecordAUC = known(logistic.AUC(confidences, right)), known(logistic.AUC(records, answered))
	for percent := 5; percent <= 80; percent += 5 {
		t := Threshold{Record: float64(percent) / 100}
		given := 0.0
		for _, o := range outcomes {
			gives := o.byWords || len(o.features) > 0 && o.record >= t.Record
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

// known is a figure, or 0 where there is none.
func known(figure float64) float64 {
	if math.IsNaN(figure) {
		return 0
	}
	return figure
}

func topicsOf(outcomes []outcomeOf) (t Topics) {
	for _, o := range outcomes {
		if o.topic != nil {
			t.Questions++
			t.NDCG10 += o.topic[NDCG10]
			t.Success5 += o.topic[Success5]
		}
	}
	asked := float64(max(t.Questions, 1))
	t.NDCG10, t.Success5 = t.NDCG10/asked, t.Success5/asked
	return t
}
