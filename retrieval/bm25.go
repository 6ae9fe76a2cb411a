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

// mostTermWeight is what no lexeme weighs in any passage: termWeight without saturation.
const mostTermWeight = bm25K1 + 1

// HeavyWeight is from what weight on a lexeme is heavy in a passage: said once in fewer
// than 25 words, or again in a usual passage. Of common words that is an eighth of the
// passages that have them, and of all lexemes a fifth.
//
// A heavy lexeme is indexed a second time, as Lexeme.Heavy: its posting list has an upper
// part that can be read without the rest, as in an impact-ordered index (Anh and Moffat,
// 2006, "Pruned Query Evaluation Using Pre-Computed Impacts"). The passages of migration
// 00024 were indexed by the same number.
const HeavyWeight = 1.1

// InverseDocumentFrequency is what a term counts that n of all passages have: BM25's
// formula, in the form that is never negative.
func InverseDocumentFrequency(n, all int) float64 {
	return math.Log(1 + (float64(all-n)+0.5)/(float64(n)+0.5))
}
