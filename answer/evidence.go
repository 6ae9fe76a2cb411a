package answer

import (
	"cmp"
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
	inSentence   = 1.0
	inNeighbour  = 0.5
	inTurn       = 0.2
	inAskedLead  = 0.8 // the question, for the sentences with which its answer begins
	inAsked      = 0.4 // the question, for later sentences
	leadLength   = 2   // sentences
	quoteWords   = 90  // a quotation does not grow beyond
	numberBonus  = 0.12
	strongShare  = 0.75 // of the best sentence's support: a neighbour that belongs to the quotation
	shortWords   = 6    // a sentence that says nothing without the one before it
	distinctJump = 0.6  // share of words in common from which two quotations say the same
)

// sentence is a sentence of a hit with what speaks for it.
type sentence struct {
	transcript.Span // in the canonical text
	text            string
	words           map[string]bool
	support         float64 // share of the question's weight that is met, 0 to 1, and bonuses
	direct          float64 // the part that stands in the sentence itself
}

// evidence is a run of whole sentences of one hit, worth quoting.
type evidence struct {
	hit     retrieval.Hit
	span    transcript.Span
	text    string
	support float64
	direct  float64
	refusal bool
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
			words: wordSet(text),
		}
	}
	asked := map[string]bool{}
	if hit.Question != nil {
		asked = wordSet(hit.Question.Text)
	}
	named := wordSet(string(hit.Speaker) + " " + string(hit.Affiliation))
	turn := wordSet(hit.Text)
	total := totalWeight(terms)
	for i := range sentences {
		s := &sentences[i]
		for _, t := range terms {
			place := 0.0
			switch {
			case meets(t, s.words):
				place = inSentence
				s.direct += t.Weight / total
			case meets(t, named):
				place = inSentence
			case i > 0 && meets(t, sentences[i-1].words), i+1 < len(sentences) && meets(t, sentences[i+1].words):
				place = inNeighbour
			case meets(t, turn):
				place = inTurn
			}
			if meets(t, asked) {
				if i < leadLength {
					place = max(place, inAskedLead)
				} else {
					place = max(place, inAsked)
				}
			}
			s.support += place * t.Weight / total
		}
		if q.number && hasNumber.MatchString(s.text) && s.direct > 0 {
			s.support += numberBonus
		}
	}
	return sentences
}

var hasNumber = regexp.MustCompile(`(?i)\d|\b(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion|half|third|quarter|percent|january|february|march|april|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|yesterday|tomorrow|ago|next (week|month|year|spring|summer|autumn|winter)|last (week|month|year|spring|summer|autumn|winter))\b`)

// meets reports whether words have what stands for a term.
func meets(t retrieval.Term, words map[string]bool) bool {
	has := func(w string) bool { return words[w] }
	if t.All {
		return !slices.ContainsFunc(t.Any, func(w string) bool { return !words[w] })
	}
	return slices.ContainsFunc(t.Any, has)
}

func wordSet(text string) map[string]bool {
	set := map[string]bool{}
	for _, w := range retrieval.Words(text) {
		set[w] = true
	}
	return set
}

func totalWeight(terms []retrieval.Term) float64 {
	total := 0.0
	for _, t := range terms {
		total += t.Weight
	}
	return max(total, 1e-9)
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
		first, last := grow(sentences, best, used)
		found = append(found, newEvidence(hit, sentences, first, last, terms))
		for i := max(0, first-1); i <= min(len(sentences)-1, last+1); i++ {
			used[i] = true
		}
	}
	return found
}

// grow extends a quotation from its best sentence: by neighbours that answer
// nearly as well, also across one sentence between; by the sentence before one
// that cannot stand alone; by a short one after it (“It is not.”); and until
// the quotation marks of the record pair up.
func grow(sentences []sentence, best int, used []bool) (first, last int) {
	first, last = best, best
	words := len(strings.Fields(sentences[best].text))
	take := func(i int) bool {
		if i < 0 || i >= len(sentences) || used[i] {
			return false
		}
		n := 0
		for j := min(i, first); j < max(i+1, last+1); j++ {
			if j < first || j > last {
				n += len(strings.Fields(sentences[j].text))
			}
		}
		if words+n > quoteWords {
			return false
		}
		words, first, last = words+n, min(first, i), max(last, i)
		return true
	}
	strong := func(i int) bool {
		return i >= 0 && i < len(sentences) && sentences[i].direct > 0 &&
			sentences[i].support >= strongShare*sentences[best].support
	}
	for changed := true; changed; {
		changed = false
		for _, i := range []int{last + 1, first - 1, last + 2, first - 2} {
			if strong(i) && take(i) {
				changed = true
				break
			}
		}
	}
	if leans(sentences[first].text) {
		take(first - 1)
	}
	if last+1 < len(sentences) && len(strings.Fields(sentences[last+1].text)) <= shortWords {
		take(last + 1)
	}
	for last+1 < len(sentences) && openQuotes(sentences, first, last) > 0 && take(last+1) {
	}
	for first > 0 && openQuotes(sentences, first, last) < 0 && take(first-1) {
	}
	return first, last
}

// leaning words at the start of a sentence point at the one before it.
var leaning = regexp.MustCompile(`(?i)^(and|but|so|that|this|these|those|it|it['’]s|that['’]s|they|he|she|because|which|or|then|also)\b`)

func leans(text string) bool { return leaning.MatchString(text) }

// openQuotes counts the record's own curly quotation marks that open and do not
// close; negative when more close.
func openQuotes(sentences []sentence, first, last int) int {
	n := 0
	for _, s := range sentences[first : last+1] {
		n += strings.Count(s.text, "“") - strings.Count(s.text, "”")
	}
	return n
}

// newEvidence measures a run of sentences as a whole.
func newEvidence(hit retrieval.Hit, sentences []sentence, first, last int, terms []retrieval.Term) evidence {
	e := evidence{hit: hit, span: transcript.Span{Start: sentences[first].Start, End: sentences[last].End}}
	e.text = string([]rune(hit.Text)[e.span.Start-hit.Start : e.span.End-hit.Start])
	words := map[string]bool{}
	for _, s := range sentences[first : last+1] {
		e.support = max(e.support, s.support)
		for w := range s.words {
			words[w] = true
		}
	}
	total := totalWeight(terms)
	for _, t := range terms {
		if meets(t, words) {
			e.direct += t.Weight / total
		}
	}
	e.support = max(e.support, e.direct)
	if span, ok := declines(hit.Text); ok && hit.Role == transcript.RoleAnswer {
		e.refusal = hit.Start+span.Start < e.span.End && e.span.Start < hit.Start+span.End
	}
	return e
}

// collect gathers the evidence of all hits, best first, without repetitions.
func collect(hits []retrieval.Hit, q question, terms []retrieval.Term) []evidence {
	var all []evidence
	seen := map[retrieval.TurnKey]bool{}
	for _, hit := range hits {
		key := retrieval.TurnKey{TranscriptID: hit.TranscriptID, Turn: hit.Turn}
		if !seen[key] {
			seen[key] = true
			all = append(all, quotable(hit, q, terms)...)
		}
	}
	slices.SortStableFunc(all, func(a, b evidence) int { return cmp.Compare(b.support, a.support) })
	var distinct []evidence
	for _, e := range all {
		if !slices.ContainsFunc(distinct, func(d evidence) bool { return sameWords(d.text, e.text) }) {
			distinct = append(distinct, e)
		}
	}
	return distinct
}

// sameWords reports whether two quotations say the same: most words of the
// shorter are in the other.
func sameWords(a, b string) bool {
	x, y := wordSet(a), wordSet(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	common := 0
	for w := range x {
		if y[w] {
			common++
		}
	}
	return len(x) > 3 && float64(common) > distinctJump*float64(len(x)) && float64(common) > distinctJump*float64(len(y))
}
