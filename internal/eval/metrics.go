package eval

import (
	"math"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/logistic"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
)

// Metric is the name of a figure from 0 to 1, of which more is better.
type Metric string

// The metrics of retrieval look at the turns that a search returns, and those
// of answers at what the answer cites. A metric is absent from the scores of a
// case that does not say what it needs.
const (
	NDCG10            Metric = "ndcg@10"
	Recall10          Metric = "recall@10"
	Success1          Metric = "success@1"
	Success5          Metric = "success@5"
	MRR               Metric = "mrr"
	SpeakerAccuracy   Metric = "speaker_accuracy"
	CitationPrecision Metric = "citation_precision"
	CitationRecall    Metric = "citation_recall"
	Abstention        Metric = "abstention"
	Restraint         Metric = "restraint"
	PromptTurn1800    Metric = "prompt_turn@1800"
	PromptTurn3400    Metric = "prompt_turn@3400"
	PromptWords1800   Metric = "prompt_words@1800"
	PromptWords3400   Metric = "prompt_words@3400"
)

// Metrics are all metrics, in the order of reports.
var Metrics = [...]Metric{NDCG10, Recall10, Success1, Success5, MRR,
	SpeakerAccuracy, CitationPrecision, CitationRecall, Abstention, Restraint, PromptTurn1800, PromptTurn3400, PromptWords1800, PromptWords3400}

// promptTokens are the sizes of the prompts that are looked at: what a small model reads in
// a few seconds, and what is shown where nobody says how much a model takes.
var promptTokens = [...]int{1800, 3400}

// depth is how many turns of a search are looked at.
const depth = 10

// Scores are the figures of one case.
type Scores map[Metric]float64

// scoreHits measures a ranking of turns where the case has gold.
func (s Scores) scoreHits(g gold, hits []retrieval.Hit) {
	if len(g.turns) == 0 {
		return
	}
	relevant := make([]bool, min(len(hits), depth))
	for i := range relevant {
		relevant[i] = g.turns[retrieval.TurnKey{TranscriptID: hits[i].TranscriptID, Turn: hits[i].Turn}]
	}
	s[NDCG10] = ndcg(relevant, len(g.turns))
	s[Recall10] = recall(relevant, len(g.turns))
	s[Success1] = success(relevant, 1)
	s[Success5] = success(relevant, 5)
	s[MRR] = reciprocalRank(relevant)
}

// ndcg is the discounted cumulative gain of a ranking over that of a perfect
// one: Σ rel(i)/log2(i+1), ranks i from 1 to 10, rel 0 or 1 (Järvelin and
// Kekäläinen, “Cumulated gain-based evaluation of IR techniques”, ACM TOIS 2002).
func ndcg(relevant []bool, total int) float64 {
	gain, ideal := 0.0, 0.0
	for i, r := range relevant {
		if r {
			gain += discount(i)
		}
	}
	for i := range min(total, depth) {
		ideal += discount(i)
	}
	return gain / ideal
}

func discount(i int) float64 { return 1 / math.Log2(float64(i)+2) }

// recall is the share of the turns that answer which are among the first ten.
func recall(relevant []bool, total int) float64 {
	found := 0
	for _, r := range relevant {
		if r {
			found++
		}
	}
	return float64(found) / float64(total)
}

// success is 1 when one of the first k turns answers, else 0.
func success(relevant []bool, k int) float64 {
	return logistic.Truth(slices.Contains(relevant[:min(k, len(relevant))], true))
}

// reciprocalRank is 1 over the rank of the first turn that answers, and 0 when
// none of the first ten does (Voorhees, “The TREC-8 question answering track
// report”, 1999).
func reciprocalRank(relevant []bool) float64 {
	i := slices.Index(relevant, true)
	if i < 0 {
		return 0
	}
	return 1 / float64(i+1)
}

// scoreAnswer measures an answer by what the case says of it.
func (s Scores) scoreAnswer(c Case, g gold, a *answer.Answer) {
	if c.Declines() || len(g.spans) > 0 {
		s[Abstention] = logistic.Truth(a.Answerable != c.Declines())
	}
	if len(g.spans) > 0 {
		s[CitationRecall] = citationRecall(g, a.Citations)
		if len(a.Citations) > 0 {
			s[CitationPrecision] = citationPrecision(g, a.Citations)
		}
	}
	if c.Speaker != "" && len(a.Citations) > 0 {
		s[SpeakerAccuracy] = logistic.Truth(credits(a.Citations[0], c.Speaker, c.Role))
	}
	if len(c.MustNot) > 0 {
		s[Restraint] = logistic.Truth(!slices.ContainsFunc(c.MustNot, func(wrong [2]string) bool { return shown(a.Citations, wrong[0], wrong[1]) }))
	}
}

// scorePrompts measures what a model would be shown where the case has gold: whether a
// turn that answers is among it, and whether all words of a place that answers are.
func (s Scores) scorePrompts(g gold, prompts [][]answer.Place) {
	if len(g.spans) == 0 {
		return
	}
	for i, metrics := range [...][2]Metric{{PromptTurn1800, PromptWords1800}, {PromptTurn3400, PromptWords3400}} {
		s[metrics[0]] = logistic.Truth(slices.ContainsFunc(prompts[i], func(p answer.Place) bool { return g.turns[p.TurnKey] }))
		s[metrics[1]] = logistic.Truth(slices.ContainsFunc(g.spans, func(gold span) bool { return gold.within(prompts[i]) }))
	}
}

// credits reports whether a citation is of the person, in the role if one is
// given. Speaker accuracy is the share of answers whose first citation does:
// what a reader takes to be the answer.
func credits(c answer.Citation, speaker model.Optional, role model.Role) bool {
	return c.Speaker == speaker && (role == "" || c.Role == role)
}

// citationPrecision is the share of the citations that show words which the case
// expects, and citationRecall the share of those words, place by place, that a
// citation shows (after Gao et al., “Enabling large language models to generate
// text with citations”, EMNLP 2023, with the expected places in place of a model
// that judges). A case rarely lists everything that answers, so precision is a
// lower bound.
func citationPrecision(g gold, citations []answer.Citation) float64 {
	right := 0
	for _, c := range citations {
		if slices.ContainsFunc(g.spans, func(s span) bool { return s.overlaps(c) }) {
			right++
		}
	}
	return float64(right) / float64(len(citations))
}

func citationRecall(g gold, citations []answer.Citation) float64 {
	shown := 0
	for _, s := range g.spans {
		if slices.ContainsFunc(citations, s.overlaps) {
			shown++
		}
	}
	return float64(shown) / float64(len(g.spans))
}

// shown reports whether words are shown as a speaker's. Restraint is the share of
// the cases with words that must not be shown in which none are.
func shown(citations []answer.Citation, speaker, words string) bool {
	return slices.ContainsFunc(citations, func(c answer.Citation) bool {
		return string(c.Speaker) == speaker && strings.Contains(c.Quote, words)
	})
}

// percentile is the nearest-rank percentile: the smallest value that at least the
// share p of the values does not exceed. It is 0 of no values.
func percentile(values []float64, p float64) float64 {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(values))
	return sorted[max(0, int(math.Ceil(p*float64(len(sorted))))-1)]
}
