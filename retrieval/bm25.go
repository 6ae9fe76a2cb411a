package retrieval

import "math"

// What a lexeme weighs in a passage is BM25 (Robertson and Zaragoza, 2009, "The
// Probabilistic Relevance Framework") over weighted fields: a term's frequency is the
// sum of its occurrences, each counting as much as its field. Length normalisation is
// low, because passages are cut to about the same length and short turns are short for
// no fault of theirs.
//
// These weights are stored with each passage. So their constants are not in Ranking:
// with other ones the record has to be stored anew.
const (
	bm25K1      = 1.2
	bm25B       = 0.3
	pivotLength = 60.0 // indexed words of a usual passage
)

// field is a part of what a passage is indexed with.
type field int

const (
	fieldText field = iota
	fieldQuestion
	fieldTitle
	fieldName // of the speaker
)

var fieldWeights = [...]float64{fieldText: 1, fieldQuestion: 0.4, fieldTitle: 0.2, fieldName: 1}

// LexemeWeight is one entry of a passage's sparse vector.
type LexemeWeight struct {
	Lexeme Lexeme
	Weight float32 // the BM25 weight without the inverse document frequency
}

// LexemeWeights is the part of BM25 that depends on the passage alone, in order
// of lexeme. The score of a passage is its dot product with the query's inverse
// document frequencies.
func (p Passage) LexemeWeights() []LexemeWeight { return new(Weigher).Weigh(p) }

// termWeight is what a lexeme of this frequency weighs in a passage of so many words.
func termWeight(frequency float64, length int) float32 {
	saturation := bm25K1 * (1 - bm25B + bm25B*float64(length)/pivotLength)
	return float32(frequency * (bm25K1 + 1) / (frequency + saturation))
}

// InverseDocumentFrequency is what a term counts that n of all passages have: BM25's
// formula, in the form that is never negative.
func InverseDocumentFrequency(n, all int) float64 {
	return math.Log(1 + (float64(all-n)+0.5)/(float64(n)+0.5))
}
