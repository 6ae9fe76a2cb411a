package retrieval

import (
	"math"
	"slices"
)

// The ranking is BM25 (Robertson and Zaragoza, 2009, "The Probabilistic
// Relevance Framework") over weighted fields: a term's frequency is the sum of
// its occurrences, each counting as much as its field. Length normalisation is
// low, because passages are cut to about the same length and short turns are
// short for no fault of theirs.
const (
	bm25K1      = 1.2
	bm25B       = 0.3
	pivotLength = 60.0 // indexed words of a usual passage
	weightText  = 1.0
	weightName  = 1.0
	weightAsked = 0.4
	weightTitle = 0.2
)

// LexemeWeight is one entry of a passage's sparse vector.
type LexemeWeight struct {
	Lexeme Lexeme
	Weight float32 // the BM25 weight without the inverse document frequency
}

// LexemeWeights is the part of BM25 that depends on the passage alone, in order
// of lexeme. The score of a passage is its dot product with the query's inverse
// document frequencies.
func (p Passage) LexemeWeights() []LexemeWeight { return p.weigh(new(Weigher).lexemes) }

func (p Passage) weigh(lexemes func(string) []Lexeme) []LexemeWeight {
	frequency := map[Lexeme]float64{}
	length := 0
	for _, lexeme := range lexemes(p.Text) {
		frequency[lexeme] += weightText
		length++
	}
	for _, field := range []struct {
		text   string
		weight float64
	}{{p.Question, weightAsked}, {p.Title, weightTitle}} {
		for _, lexeme := range lexemes(field.text) {
			frequency[lexeme] += field.weight
		}
	}
	for _, w := range speakerWords(p.Speaker) {
		frequency[NewNameLexeme(w)] += weightName
	}
	saturation := bm25K1 * (1 - bm25B + bm25B*float64(length)/pivotLength)
	weights := make([]LexemeWeight, 0, len(frequency))
	for lexeme, tf := range frequency {
		weights = append(weights, LexemeWeight{lexeme, float32(tf * (bm25K1 + 1) / (tf + saturation))})
	}
	slices.SortFunc(weights, func(a, b LexemeWeight) int { return int(a.Lexeme - b.Lexeme) })
	return weights
}

// inverseDocumentFrequency is BM25's, never negative; n of all passages have the term.
func inverseDocumentFrequency(n, all int) float64 {
	return math.Log(1 + (float64(all-n)+0.5)/(float64(n)+0.5))
}
