package retrieval

import (
	_ "embed"
	"math"
	"strconv"
	"strings"
)

// A question and its answer often share no word: one asks of expenses, the other
// names a price. So words that are used in the same surroundings count as some
// evidence of a term, the less the less alike they are, and none where the answer
// decides what is in the record (Term.Met).
const (
	nearWeight = 0.45 // of a near word, times its cosine to the third power, against the term
	mostNear   = 32   // terms of a question that are looked near to; a longer one has words enough
)

// nearTable has a line for each stem: the stem, and those near it, the nearest
// first, each with its cosine in hundredths. In order of stem.
//
//go:embed related.txt
var nearTable string

// nearWord is a stem, and how far it is used like another: a cosine.
type nearWord struct {
	stem   string
	cosine float64
}

// near are the words near a stem.
func near(stem string) []nearWord {
	from, to := 0, len(nearTable) // lines
	for from < to {
		middle := (from + to) / 2
		start := strings.LastIndexByte(nearTable[:middle], '\n') + 1
		line, _, _ := strings.Cut(nearTable[start:], "\n")
		first, rest, _ := strings.Cut(line, " ")
		switch strings.Compare(first, stem) {
		case 0:
			return parseNear(rest)
		case -1:
			from = start + len(line) + 1
		default:
			to = start
		}
	}
	return nil
}

func parseNear(line string) []nearWord {
	fields := strings.Fields(line)
	var words []nearWord
	for i := 0; i+1 < len(fields); i += 2 {
		hundredths, _ := strconv.Atoi(fields[i+1])
		words = append(words, nearWord{fields[i], float64(hundredths) / 100})
	}
	return words
}

// stems are the normalised words that a term is looked near to by.
func (t Term) stems() []string { return append([]string{t.Word}, t.Related...) }

// nearStem is a stem of a term, and the words near it.
type nearStem struct {
	stem  string
	words []nearWord
}

// lookNear finds what is near to each stem of the first terms of a question.
func lookNear(terms []Term) {
	for i := range terms[:min(mostNear, len(terms))] {
		for _, stem := range terms[i].stems() {
			terms[i].near = append(terms[i].near, nearStem{stem, near(stem)})
		}
	}
}

// withNear appends the words near the terms that the collection has. What names a
// speaker has none: somebody else is no evidence.
func withNear(weighted []WeightedLexeme, terms []Term, names []nameWord, scope Scope) []WeightedLexeme {
	own := weighted
	for _, t := range terms {
		if namesSpeaker(names, t.Word, scope) {
			continue
		}
		for _, n := range t.near {
			i := indexOf(own, NewLexeme(n.stem))
			switch {
			case i >= 0:
				weighted = appendNear(weighted, n.words, own[i], scope)
			case n.stem == t.Word: // the collection lacks it, and so what is near to it stands for itself
				weighted = appendNear(weighted, n.words, WeightedLexeme{Weight: boosted(t.Weight, 0, scope)}, scope)
			}
		}
	}
	return weighted
}

// appendNear appends the words near a stem, as evidence of its term.
func appendNear(weighted []WeightedLexeme, words []nearWord, term WeightedLexeme, scope Scope) []WeightedLexeme {
	for _, n := range words {
		lexeme := NewLexeme(n.stem)
		if passages := scope.Frequencies[lexeme]; passages > 0 && indexOf(weighted, lexeme) < 0 {
			rarity := inverseDocumentFrequency(passages, scope.Passages) / inverseDocumentFrequency(term.Passages, scope.Passages)
			weight := float32(nearWeight * math.Pow(n.cosine, 3) * min(1, rarity) * float64(term.Weight))
			weighted = append(weighted, WeightedLexeme{Lexeme: lexeme, Weight: weight, Around: weight, Passages: passages, Near: term.Lexeme})
		}
	}
	return weighted
}

// gathered are the terms of a context, without what is near to them, and the candidates
// with its evidence counted to theirs, at its share of their weight. Who speaks is
// evidence of the name as a word too.
func gathered(candidates []Candidate, terms []WeightedLexeme) ([]Candidate, []WeightedLexeme) {
	var own []WeightedLexeme
	for _, t := range terms {
		if t.Near == 0 {
			own = append(own, t)
		}
	}
	type evidence struct {
		to    int
		share float32
	}
	of := make([][]evidence, len(terms))
	for i, t := range terms {
		if t.Near == 0 {
			of[i] = append(of[i], evidence{indexOf(own, t.Lexeme), 1})
		} else {
			to := indexOf(own, t.Near)
			of[i] = append(of[i], evidence{to, t.Weight / own[to].Weight})
		}
		if t.Said != 0 {
			of[i] = append(of[i], evidence{indexOf(own, t.Said), 1})
		}
	}
	all := make([]float32, len(own)*len(candidates))
	for c := range candidates {
		var weights []float32
		weights, all = all[:len(own):len(own)], all[len(own):]
		for i, w := range candidates[c].Weights {
			for _, e := range of[i] {
				weights[e.to] += e.share * w
			}
		}
		candidates[c].Weights = weights
	}
	return candidates, own
}
