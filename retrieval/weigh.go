package retrieval

import "iter"

// Weigh gives the LexemeWeights of each passage, in order. It is several times
// faster than one by one: most words of a document have occurred in it before.
func Weigh(passages []Passage) iter.Seq[[]LexemeWeight] {
	return func(yield func([]LexemeWeight) bool) {
		known := vocabulary{}
		for _, p := range passages {
			if !yield(p.weigh(known.words)) {
				return
			}
		}
	}
}

// vocabulary remembers the normalised words that tokens stand for.
type vocabulary map[string][]string

// words is Words.
func (v vocabulary) words(text string) []string {
	var words []string
	for _, token := range tokens(text) {
		known, ok := v[token]
		if !ok {
			known = appendWords(nil, token)
			v[token] = known
		}
		words = append(words, known...)
	}
	return words
}
