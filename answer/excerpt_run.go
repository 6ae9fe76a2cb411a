package answer

import (
	"regexp"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/internal/words"
)

// run is a run of sentences that grows into an excerpt.
type run struct {
	reading     *reading
	sentences   []scoredSentence
	used        []bool // sentences that belong to another excerpt
	first, last int
}

// grow extends a quotation from its best sentence, in this order:
//
//  1. by near sentences that answer as well, or add what it lacks;
//  2. by the sentence before it, if its first sentence cannot stand alone;
//  3. back to a refusal at the start of the turn, under which the rest has to be read;
//  4. by the sentences after it, until it says something whole;
//  5. on either side, until the record's own quotation marks pair up.
func (r *reading) grow(sentences []scoredSentence, best int, used []bool) run {
	grown := run{r, sentences, used, best, best}
	if r.fitted != nil {
		grown.takeAround(best)
	}
	for r.fitted == nil && grown.takeAny(func(i int) bool { return grown.belongs(i, best) }) {
	}
	if leans(sentences[grown.first].text) && !sentences[grown.first].opens {
		grown.take(grown.first - 1)
	}
	if i := slices.IndexFunc(sentences, func(s scoredSentence) bool { return s.refuses }); i >= 0 && i < grown.first {
		grown.take(i)
	}
	for !sentences[best].refuses && grown.unfinished() && grown.take(grown.last+1) {
	}
	for grown.openQuotes() > 0 && grown.take(grown.last+1) {
	}
	for grown.openQuotes() < 0 && grown.take(grown.first-1) {
	}
	return grown
}

// takeAround takes in the sentences on both sides of the best one, the nearest first, as
// far as ExcerptShape.Around.
func (r *run) takeAround(best int) {
	for n := 1; n <= r.reading.Excerpt.Around; n++ {
		r.take(best + n)
		r.take(best - n)
	}
}

// mostWords bounds a quotation that grows.
func (r *reading) mostWords() int {
	if r.fitted != nil {
		return r.Excerpt.AroundWords
	}
	return r.Excerpt.MaxWords
}

// unfinished reports whether the run says something whole only with the sentence
// after it, which is of the same paragraph.
func (r *run) unfinished() bool {
	if r.last+1 >= len(r.sentences) || r.sentences[r.last+1].opens {
		return false
	}
	shape := r.reading.Excerpt
	return r.words() < shape.MinWords || words.Count(r.sentences[r.last+1].text) <= shape.ShortSentence
}

// take extends the run to sentence i, if that is free and not too far.
func (r *run) take(i int) bool {
	if i < 0 || i >= len(r.sentences) {
		return false
	}
	longer := run{sentences: r.sentences, first: min(i, r.first), last: max(i, r.last)}
	if slices.Contains(r.used[longer.first:longer.last+1], true) || longer.words() > r.reading.mostWords() {
		return false
	}
	r.first, r.last = longer.first, longer.last
	return true
}

// takeAny extends the run to one of the sentences within reach: the next one on
// either side, or the one after it with what is between.
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
func (r *run) belongs(i, best int) bool {
	s, shape, weight := r.sentences[i], r.reading.Excerpt, r.reading.weight
	if s.direct > 0 && s.support >= shape.StrongShare*r.sentences[best].support {
		return true
	}
	gain, has := 0.0, r.wordSet()
	for _, t := range r.reading.topic {
		if t.Met(s.words) == 1 && t.Weight >= shape.FocusShare*weight {
			return true
		}
		gain += max(0, t.Met(s.words)-t.Met(has)) * t.Weight / weight
	}
	return gain >= shape.GainShare
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

// leaning recognises a sentence that points at the one before it.
var leaning = regexp.MustCompile(`(?i)^` + lexicon.Any("openings that lean on the sentence before") + `\b`)

func leans(text string) bool { return leaning.MatchString(text) }
