package answer

import (
	"maps"
	"slices"

	"github.com/pullquote/pullquote/transcript/model"
	"github.com/pullquote/pullquote/transcript/quotes"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// excerpt is a run of whole sentences of one hit that may be quoted.
type excerpt struct {
	hit     *turn
	span    sentence.Span // in the canonical text
	text    string
	words   wordSet
	support float64       // share of the question's weight that is met, and bonuses
	direct  float64       // the part that stands in the excerpt itself
	mass    float64       // support in units of the weight of a word that the record does not have
	aloud   bool          // its speaker reads some of it aloud
	refusal sentence.Span // with which its turn declines to answer; empty where it does not
	status  Status        // StatusExact when empty
}

// refuses reports whether the excerpt declines to answer.
func (e excerpt) refuses() bool { return e.refusal.End > 0 }

// respan is another part of an excerpt's turn, from start to end in its text.
func (e excerpt) respan(start, end int) excerpt {
	e.span = sentence.Span{Start: e.hit.Start + start, End: e.hit.Start + end}
	e.text = string(e.hit.runes[start:end])
	return e
}

// scoredSentence is a sentence of a hit with what speaks for it.
type scoredSentence struct {
	sentence.Span // in the canonical text
	text          string
	opens         bool // it is the first of its paragraph
	aloud         bool // the speaker reads it aloud, or a part of it
	refuses       bool // it declines to answer
	words         wordSet
	support       float64 // share of the question's weight that is met, 0 to 1, and bonuses
	direct        float64 // the part that stands in the sentence itself
}

// sentences divides a hit's text into sentences.
func (r *reading) sentences(hit *turn) []scoredSentence {
	spans := hit.sentences()
	sentences := make([]scoredSentence, len(spans))
	refusal, refuses := r.Excerpt.refusal(hit)
	for i, s := range spans {
		text := hit.words(s)
		sentences[i] = scoredSentence{
			Span:  sentence.Span{Start: hit.Start + s.Start, End: hit.Start + s.End},
			text:  text,
			opens: i == 0 || slices.Contains(hit.runes[spans[i-1].End:s.Start], '\n'),
			aloud: len(quotes.Within(s, 0, hit.aloud())) > 0,
			words: wordsOf(text),
		}
		sentences[i].refuses = refuses && sentences[i].Span == refusal
	}
	return sentences
}

// wordsOfAll are the words of all of some sentences.
func wordsOfAll(sentences []scoredSentence) wordSet {
	all := wordSet{}
	for _, s := range sentences {
		maps.Copy(all, s.words)
	}
	return all
}

// excerpts are those of all hits, best first, with their mass.
func (r *reading) excerpts() []excerpt {
	var all []excerpt
	for _, hit := range distinctTurns(slices.Clone(r.hits)) {
		all = append(all, r.excerptsOf(readTurn(hit))...)
	}
	slices.SortStableFunc(all, r.byMerit)
	for i := range all {
		all[i].mass = all[i].support * r.weight / r.unknownWeight
	}
	return all
}

// excerptsOf finds the runs of sentences of a hit that are worth quoting, best
// first; they do not touch.
func (r *reading) excerptsOf(hit *turn) []excerpt {
	sentences := r.weigh(hit)
	var found []excerpt
	used := make([]bool, len(sentences))
	perTurn := r.Excerpt.PerTurn
	if r.fitted != nil {
		perTurn = 1
	}
	for len(found) < perTurn {
		best := strongest(sentences, used)
		if best < 0 || len(found) > 0 && sentences[best].support < r.Excerpt.StrongShare*found[0].support {
			break
		}
		run := r.grow(sentences, best, used)
		found = append(found, r.excerptOf(hit, run))
		for i := max(0, run.first-1); i <= min(len(sentences)-1, run.last+1); i++ {
			used[i] = true
		}
	}
	return found
}

// strongest is the sentence with most support that is not used; -1 for none.
func strongest(sentences []scoredSentence, used []bool) int {
	best := -1
	for i, s := range sentences {
		if !used[i] && (best < 0 || s.support > sentences[best].support) {
			best = i
		}
	}
	return best
}

// excerptOf measures a run of sentences as a whole.
func (r *reading) excerptOf(hit *turn, run run) excerpt {
	first, last := run.sentences[run.first], run.sentences[run.last]
	e := excerpt{hit: hit, words: run.wordSet()}.respan(first.Start-hit.Start, last.End-hit.Start)
	for _, s := range run.sentences[run.first : run.last+1] {
		e.support, e.aloud = max(e.support, s.support), e.aloud || s.aloud
	}
	e.direct = r.direct(e.words)
	if r.fitted == nil {
		e.support = max(e.support, e.direct)
	}
	return e.refusing(r.Excerpt)
}

// refusing is an excerpt with the refusal that it has, if it has one of an answer.
func (e excerpt) refusing(shape ExcerptShape) excerpt {
	if e.hit.Role != model.RoleAnswer {
		return e
	}
	if refusal, ok := shape.refusal(e.hit); ok && refusal.Start < e.span.End && e.span.Start < refusal.End {
		e.refusal = refusal
	}
	return e
}
