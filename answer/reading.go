package answer

import (
	"math"
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/retrieval"
)

// reading reads the hits of a search for what answers a question.
type reading struct {
	Evidence
	question      question
	hits          []retrieval.Hit
	topic         []retrieval.Term         // that evidence must have
	weight        float64                  // of the topic in all
	unknownWeight float64                  // of a word that the record does not have
	fitted        *retrieval.FittedWeights // by which the search has weighed the sentences; nil: it has not
	strongest     float64                  // the log-odds of the best sentence, where they are weighed
}

func newReading(e Evidence, q question, result retrieval.Result) *reading {
	topic := q.topic(result.Terms)
	strongest := math.Inf(-1)
	for _, h := range result.Hits {
		for _, s := range h.Evidence.Sentences {
			strongest = max(strongest, s.LogOdds)
		}
	}
	return &reading{e, q, result.Hits, topic, totalWeight(topic), max(result.UnknownWeight, minWeight), result.Fitted, strongest}
}

// byWords is the reading by the question's words alone: where these are said together, that
// answers more surely than what is near in meaning.
func (r *reading) byWords() *reading {
	words := *r
	words.fitted = nil
	return &words
}

// minWeight keeps shares of nothing from dividing by zero.
const minWeight = 1e-9

func totalWeight(terms []retrieval.Term) float64 {
	total := 0.0
	for _, t := range terms {
		total += t.Weight
	}
	return max(total, minWeight)
}

// weigh weighs every sentence of a hit for the question.
func (r *reading) weigh(hit *turn) []scoredSentence {
	sentences := r.sentences(hit)
	around := r.surroundings(hit.Hit, sentences)
	for i := range sentences {
		s := &sentences[i]
		for _, t := range r.topic {
			met := t.Met(s.words)
			s.direct += met * t.Weight / r.weight
			s.support += max(met, r.metAround(t, sentences, i, around)) * t.Weight / r.weight
		}
		if r.question.number && retrieval.HasNumber(s.text) && s.direct > 0 {
			s.support += r.Weights.Number
		}
	}
	if r.fitted != nil {
		r.weighFitted(hit.Hit, sentences)
	}
	return sentences
}

// weighFitted has the sentences supported as much as the search found, in shares of the
// odds of the best of all. Of a hit that is far behind it has not weighed them.
func (r *reading) weighFitted(hit retrieval.Hit, sentences []scoredSentence) {
	logOdds := map[int]float64{}
	for _, e := range hit.Evidence.Sentences {
		logOdds[e.Start] = e.LogOdds
	}
	for i := range sentences {
		s := &sentences[i]
		s.support = 0
		if odds, ok := logOdds[s.Start]; ok {
			s.support = math.Exp(odds - r.strongest)
		}
	}
}

// direct is the share of the question's weight that words meet by themselves.
func (r *reading) direct(words wordSet) float64 {
	direct := 0.0
	for _, t := range r.topic {
		direct += t.Met(words) * t.Weight / r.weight
	}
	return direct
}

// surroundings are the words with which the sentences of a hit are read.
type surroundings struct {
	speaker, turn, asked wordSet
	askedLead            float64 // what a word of asked counts where the answer begins
}

func (r *reading) surroundings(hit retrieval.Hit, sentences []scoredSentence) surroundings {
	around := surroundings{
		speaker:   lexicon.Union(r.question.metByName(string(hit.Speaker)), wordsOf(string(hit.Affiliation))),
		turn:      wordsOfAll(sentences),
		askedLead: r.Weights.AskedLead,
	}
	if hit.Question != nil {
		around.asked = wordsOf(hit.Question.Text)
		if strings.Count(hit.Question.Text, "?") > 1 {
			around.askedLead = r.Weights.AskedManyLead
		}
	}
	return around
}

// metAround is how far what surrounds sentence i has what stands for a term.
func (r *reading) metAround(t retrieval.Term, sentences []scoredSentence, i int, around surroundings) float64 {
	w := r.Weights
	asked := w.Asked
	if i < w.LeadSentences {
		asked = around.askedLead
	}
	met := max(w.Speaker*t.Met(around.speaker), w.Turn*t.Met(around.turn), asked*t.Met(around.asked))
	if i > 0 {
		met = max(met, w.Neighbour*t.Met(sentences[i-1].words))
	}
	if i+1 < len(sentences) {
		met = max(met, w.Neighbour*t.Met(sentences[i+1].words))
	}
	return met
}
