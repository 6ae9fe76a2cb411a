package answer

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript"
)

// How much a term of the question counts for a sentence, by where it stands. A
// sentence is read with what surrounds it: speakers do not repeat the topic in
// every sentence, and an answer takes its topic from the question.
const (
	inSentence  = 1.0
	inNeighbour = 0.5
	inTurn      = 0.2
	inAskedLead = 0.8 // the question, for the sentences with which its answer begins
	inAskedMany = 0.6 // the same, where several things were asked at once
	inAsked     = 0.4 // the question, for later sentences
	leadLength  = 2   // sentences
	quoteWords  = 90  // a quotation does not grow beyond
	numberBonus = 0.12
	strongShare = 0.75 // of the best sentence's support: a neighbour that belongs to the quotation
	focusShare  = 0.25 // of the question's weight: a term that it is about
	worthGain   = 0.1  // share of the question's weight that a neighbour must add to belong
	directMerit = 0.25 // of the direct support, on top of it, in ranking evidence
	fewWords    = 25   // a shorter quotation says too little, and takes in what follows
	shortWords  = 6    // a sentence that says nothing without the one before it
	repeatShare = 0.6  // of the words in common: two quotations say the same
)

// sentence is a sentence of a hit with what speaks for it.
type sentence struct {
	transcript.Span // in the canonical text
	text            string
	opens           bool // a paragraph
	refuses         bool // to answer
	words           wordSet
	support         float64 // share of the question's weight that is met, 0 to 1, and bonuses
	direct          float64 // the part that stands in the sentence itself
}

// evidence is a run of whole sentences of one hit, worth quoting.
type evidence struct {
	hit     retrieval.Hit
	span    transcript.Span
	text    string
	words   wordSet
	support float64
	direct  float64
	mass    float64 // support in weights of an unknown word
	refusal bool
	status  Status // StatusExact when empty
}

// weighHit weighs every sentence of a hit for a question.
func weighHit(hit retrieval.Hit, q question, terms []retrieval.Term) []sentence {
	runes := []rune(hit.Text)
	spans := transcript.Sentences(hit.Text)
	sentences := make([]sentence, len(spans))
	for i, s := range spans {
		text := string(runes[s.Start:s.End])
		sentences[i] = sentence{
			Span:  transcript.Span{Start: hit.Start + s.Start, End: hit.Start + s.End},
			text:  text,
			opens: i == 0 || strings.ContainsRune(string(runes[spans[i-1].End:s.Start]), '\n'),
			words: wordsOf(text),
		}
	}
	if refused, ok := declines(hit.Text); ok {
		for i, s := range spans {
			sentences[i].refuses = s == refused
		}
	}
	asked, inLead := wordSet{}, inAskedLead
	if hit.Question != nil {
		asked = wordsOf(hit.Question.Text)
		if strings.Count(hit.Question.Text, "?") > 1 {
			inLead = inAskedMany
		}
	}
	named := wordsOf(string(hit.Speaker) + " " + string(hit.Affiliation))
	turn := wordsOfAll(sentences)
	total := totalWeight(terms)
	for i := range sentences {
		s := &sentences[i]
		for _, t := range terms {
			met := t.Met(s.words)
			s.direct += met * t.Weight / total
			met = max(met, inSentence*t.Met(named), inTurn*t.Met(turn))
			if i > 0 {
				met = max(met, inNeighbour*t.Met(sentences[i-1].words))
			}
			if i+1 < len(sentences) {
				met = max(met, inNeighbour*t.Met(sentences[i+1].words))
			}
			if i < leadLength {
				met = max(met, inLead*t.Met(asked))
			} else {
				met = max(met, inAsked*t.Met(asked))
			}
			s.support += met * t.Weight / total
		}
		if q.number && hasNumber.MatchString(s.text) && s.direct > 0 {
			s.support += numberBonus
		}
	}
	return sentences
}

var hasNumber = regexp.MustCompile(`(?i)\d|\b(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion|half|third|quarter|percent|january|february|march|april|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|yesterday|tomorrow|ago|next (week|month|year|spring|summer|autumn|winter)|last (week|month|year|spring|summer|autumn|winter))\b`)

// wordsOfAll are the words of all of some sentences.
func wordsOfAll(sentences []sentence) wordSet {
	all := wordSet{}
	for _, s := range sentences {
		maps.Copy(all, s.words)
	}
	return all
}

// merit ranks evidence: what stands in its own words counts once more, for a
// sentence may owe its support to the question it follows.
func (e evidence) merit() float64 { return e.support + directMerit*e.direct }

func byMerit(a, b evidence) int { return cmp.Compare(b.merit(), a.merit()) }

// minWeight keeps shares of nothing from dividing by zero.
const minWeight = 1e-9

func totalWeight(terms []retrieval.Term) float64 {
	total := 0.0
	for _, t := range terms {
		total += t.Weight
	}
	return max(total, minWeight)
}

// quotable finds the runs of sentences of a hit that are worth quoting, best
// first: at most two that do not touch.
func quotable(hit retrieval.Hit, q question, terms []retrieval.Term) []evidence {
	sentences := weighHit(hit, q, terms)
	var found []evidence
	used := make([]bool, len(sentences))
	for len(found) < 2 {
		best := -1
		for i, s := range sentences {
			if !used[i] && (best < 0 || s.support > sentences[best].support) {
				best = i
			}
		}
		if best < 0 || len(found) > 0 && sentences[best].support < strongShare*found[0].support {
			break
		}
		first, last := grow(sentences, best, used, terms)
		found = append(found, newEvidence(hit, sentences, first, last, terms))
		for i := max(0, first-1); i <= min(len(sentences)-1, last+1); i++ {
			used[i] = true
		}
	}
	return found
}

// newEvidence measures a run of sentences as a whole.
func newEvidence(hit retrieval.Hit, sentences []sentence, first, last int, terms []retrieval.Term) evidence {
	e := evidence{hit: hit, span: transcript.Span{Start: sentences[first].Start, End: sentences[last].End}}
	e.text = string([]rune(hit.Text)[e.span.Start-hit.Start : e.span.End-hit.Start])
	r := run{sentences: sentences, first: first, last: last}
	for _, s := range sentences[first : last+1] {
		e.support = max(e.support, s.support)
	}
	e.words = r.wordSet()
	total := totalWeight(terms)
	for _, t := range terms {
		e.direct += t.Met(e.words) * t.Weight / total
	}
	e.support = max(e.support, e.direct)
	if span, ok := declines(hit.Text); ok && hit.Role == transcript.RoleAnswer {
		e.refusal = hit.Start+span.Start < e.span.End && e.span.Start < hit.Start+span.End
	}
	return e
}

// collect gathers the evidence of all hits, best first.
func collect(hits []retrieval.Hit, q question, terms []retrieval.Term) []evidence {
	var all []evidence
	for _, hit := range distinctTurns(slices.Clone(hits)) {
		all = append(all, quotable(hit, q, terms)...)
	}
	slices.SortStableFunc(all, byMerit)
	return all
}

// sameWords reports whether two quotations say the same: most words of either
// are in the other.
func sameWords(a, b wordSet) bool {
	enough := repeatShare * float64(max(len(a), len(b)))
	return min(len(a), len(b)) > 3 && float64(a.shared(b)) > enough
}
