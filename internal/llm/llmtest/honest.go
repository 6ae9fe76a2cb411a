package llmtest

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"
)

// NoAnswer is the whole reply of a model that finds no answer in the sentences.
const NoAnswer = "NO_ANSWER"

const (
	maxPoints   = 3   // sentences that Honest points at
	enoughShare = 0.6 // of the best sentence's weight, for a further one
	turnShare   = 0.3 // what a word counts that only the header line has
)

// Honest answers as a model should: it points, with [s4] or [s4-s6], at the sentences
// that have most of the question's words and least of everybody's, naming their
// speakers, and says NoAnswer when no sentence has any. A follow-up that it is to
// rewrite it repeats.
func Honest() Script {
	return func(r Request) Reply {
		sentences := r.Sentences()
		if len(sentences) == 0 {
			return Say(r.Question())
		}
		points := choose(sentences, r.Question())
		if len(points) == 0 {
			return Say(NoAnswer)
		}
		var pieces []string
		for _, p := range points {
			pieces = append(pieces, "According to ", p.speaker, ": ", p.marker(), ". ")
		}
		return Say(pieces...)
	}
}

// Planning is Honest on a server that holds replies to the schema that is asked for: the
// points come as a plan. Without a schema it is Honest.
func Planning() Script {
	honest := Honest()
	return func(r Request) Reply {
		sentences := r.Sentences()
		if r.Schema == "" || len(sentences) == 0 {
			return honest(r)
		}
		points := choose(sentences, r.Question())
		pieces := []string{`{"quotations": [`}
		for i, p := range points {
			var numbers []int
			for n := p.first; n <= p.last; n++ {
				numbers = append(numbers, n)
			}
			quotation := map[string]any{"sentences": numbers, "link": p.speaker + " said"}
			pieces = append(pieces, strings.Repeat(", ", min(i, 1)), encode(quotation))
		}
		return Say(append(pieces, "]}")...)
	}
}

// point is a run of sentences of one turn.
type point struct {
	speaker     string
	first, last int
}

func (p point) marker() string {
	if p.first == p.last {
		return fmt.Sprintf("[s%d]", p.first)
	}
	return fmt.Sprintf("[s%d-s%d]", p.first, p.last)
}

// choose finds the sentences that answer best, neighbours as one point.
func choose(sentences []Sentence, question string) []point {
	weight := weights(sentences, question)
	order := make([]int, len(sentences))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(weight[b], weight[a]) })
	best := weight[order[0]]
	if best == 0 {
		return nil
	}
	order = slices.DeleteFunc(order[:min(maxPoints, len(order))], func(i int) bool { return weight[i] < enoughShare*best })
	slices.Sort(order)
	var points []point
	for n, i := range order {
		s := sentences[i]
		if n > 0 && order[n-1] == i-1 && sentences[i-1].Turn == s.Turn {
			points[len(points)-1].last = s.Number
			continue
		}
		points = append(points, point{s.Speaker(), s.Number, s.Number})
	}
	return points
}

// weights say how much of the question each sentence has: a word that few sentences
// have counts more.
func weights(sentences []Sentence, question string) []float64 {
	texts := make([]map[string]bool, len(sentences))
	having := map[string]int{}
	for i, s := range sentences {
		texts[i] = words(s.Text)
		for w := range texts[i] {
			having[w]++
		}
	}
	asked := words(question)
	weight := make([]float64, len(sentences))
	for i, s := range sentences {
		turn := words(s.Turn)
		for w := range asked {
			rarity := math.Log(1 + float64(len(sentences))/float64(1+having[w]))
			if texts[i][w] {
				weight[i] += rarity
			} else if turn[w] && overlap(texts[i], asked) {
				weight[i] += turnShare * rarity
			}
		}
	}
	return weight
}

func overlap(a, b map[string]bool) bool {
	for w := range a {
		if b[w] {
			return true
		}
	}
	return false
}

// words are the telling words of a text, without the endings that most often differ.
func words(text string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		for _, ending := range []string{"s", "ed", "ing"} {
			if stem, ok := strings.CutSuffix(w, ending); ok && len(stem) >= 4 {
				w = stem
			}
		}
		if len(w) > 3 && !common[w] || unicode.IsDigit(rune(w[0])) {
			set[w] = true
		}
	}
	return set
}

// common are words that tell nothing.
var common = map[string]bool{
	"about": true, "after": true, "also": true, "been": true, "before": true, "could": true, "does": true,
	"from": true, "have": true, "here": true, "into": true, "just": true, "know": true, "like": true,
	"many": true, "more": true, "much": true, "only": true, "over": true, "said": true, "say": true,
	"should": true, "some": true, "such": true, "than": true, "that": true, "their": true, "them": true,
	"then": true, "there": true, "these": true, "they": true, "thing": true, "think": true, "this": true,
	"those": true, "very": true, "want": true, "were": true, "what": true, "when": true, "where": true,
	"which": true, "will": true, "with": true, "would": true, "your": true,
}
