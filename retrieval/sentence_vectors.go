package retrieval

import (
	"math"

	"github.com/pullquote/pullquote/transcript/sentence"
)

// PassageSentences are the vectors of a passage's sentences, in order.
type PassageSentences struct {
	TurnKey
	Passage   int
	Sentences []SentenceVector
}

// SentenceVector is the vector of a sentence, or of a piece of one that is too long, in a
// byte for each coordinate: Scale times Values has length 1. There are several sentences
// to a passage, and what they cost in memory is what their vectors do.
type SentenceVector struct {
	sentence.Span // code points of the canonical text
	Scale         float32
	Values        []int8
}

// NewSentenceVector rounds a vector to 255 steps between its largest coordinate and the
// negative of that, the symmetric quantisation that is usual with embeddings. With the
// hundreds of dimensions that models have, a cosine changes by less than .005. A vector
// without a direction, or with a coordinate that is no number, becomes zero, which is like
// nothing.
func NewSentenceVector(span sentence.Span, vector []float32) SentenceVector {
	v := SentenceVector{Span: span, Values: make([]int8, len(vector))}
	var largest float64
	for _, x := range vector {
		largest = max(largest, math.Abs(float64(x))) // NaN stays
	}
	if !(largest > 0) || math.IsInf(largest, 0) {
		return v
	}
	squares := 0
	for i, x := range vector {
		step := int(math.Round(float64(x) / largest * math.MaxInt8))
		v.Values[i] = int8(step)
		squares += step * step
	}
	v.Scale = float32(1 / math.Sqrt(float64(squares)))
	return v
}

// Dot is the inner product with a query, which is their cosine where the query has length
// 1. It is 0 for a query of other dimensions, and for one of a sentence that is zero.
func (v SentenceVector) Dot(query []float32) float32 {
	if len(query) != len(v.Values) {
		return 0
	}
	var sum float32
	for i, x := range v.Values {
		sum += float32(x) * query[i]
	}
	return sum * v.Scale
}
