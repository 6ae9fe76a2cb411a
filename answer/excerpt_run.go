package answer

import (
	"regexp"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/retrieval"
)

// grow extends a quotation from its best sentence: by near sentences that
// answer as well or add what it lacks; by the sentence before one that cannot
// stand alone; by a refusal that what follows has to be read under; by those
// after it until it says something whole; and until the quotation marks of the
// record pair up.
func grow(sentences []sentence, best int, used []bool, terms []retrieval.Term) (first, last int) {
	r := run{sentences: sentences, used: used, first: best, last: best}
	for r.takeAny(func(i int) bool { return r.belongs(i, best, terms) }) {
	}
	if leans(sentences[r.first].text) && !sentences[r.first].opens {
		r.take(r.first - 1)
	}
	if i := slices.IndexFunc(sentences, func(s sentence) bool { return s.refuses }); i >= 0 && i < r.first {
		r.take(i)
	}
	for r.last+1 < len(sentences) && !sentences[r.last+1].opens &&
		(r.words() < fewWords || words.Count(sentences[r.last+1].text) <= shortWords) && !sentences[best].refuses && r.take(r.last+1) {
	}
	for r.openQuotes() > 0 && r.take(r.last+1) {
	}
	for r.openQuotes() < 0 && r.take(r.first-1) {
	}
	return r.first, r.last
}

// run is a run of sentences that grows.
type run struct {
	sentences   []sentence
	used        []bool // sentences that belong to another quotation
	first, last int
}

// take extends the run to sentence i, if that is free and not too far.
func (r *run) take(i int) bool {
	if i < 0 || i >= len(r.sentences) {
		return false
	}
	longer := run{sentences: r.sentences, first: min(i, r.first), last: max(i, r.last)}
	if slices.Contains(r.used[longer.first:longer.last+1], true) || longer.words() > quoteWords {
		return false
	}
	r.first, r.last = longer.first, longer.last
	return true
}

// takeAny extends the run to one of the sentences within reach.
func (r *run) takeAny(wanted func(int) bool) bool {
	for _, i := range []int{r.last + 1, r.first - 1, r.last + 2, r.first - 2} {
		if i >= 0 && i < len(r.sentences) && wanted(i) && r.take(i) {
			return true
		}
	}
	return false
}

// belongs reports whether a sentence answers nearly as well as the best one, has
// what the question is most about, or has what the run lacks.
func (r *run) belongs(i, best int, terms []retrieval.Term) bool {
	s := r.sentences[i]
	if s.direct > 0 && s.support >= strongShare*r.sentences[best].support {
		return true
	}
	gain, total := 0.0, totalWeight(terms)
	has := r.wordSet()
	for _, t := range terms {
		if t.Met(s.words) == 1 && t.Weight >= focusShare*total {
			return true
		}
		gain += max(0, t.Met(s.words)-t.Met(has)) * t.Weight / total
	}
	return gain >= worthGain
}

func (r *run) words() int {
	n := 0
	for _, s := range r.sentences[r.first : r.last+1] {
		n += words.Count(s.text)
	}
	return n
}

func (r *run) wordSet() wordSet { return wordsOfAll(r.sentences[r.first : r.last+1]) }

// openQuotes counts the record's own curly quotation marks that open and do not
// close; negative when more close.
func (r *run) openQuotes() int {
	n := 0
	for _, s := range r.sentences[r.first : r.last+1] {
		n += strings.Count(s.text, "“") - strings.Count(s.text, "”")
	}
	return n
}

// leaning words at the start of a sentence point at the one before it.
var leaning = regexp.MustCompile(`(?i)^(and|but|so|that|this|these|those|it|it['’]s|that['’]s|they|he|she|because|which|or|then|also)\b`)

func leans(text string) bool { return leaning.MatchString(text) }
