package embeddings

import (
	"iter"
	"unicode/utf8"
)

// OpenAI's limits on an embedding request. Other servers allow less or more, but
// with passages of a few hundred words none of these is often met.
const (
	maxInputs        = 2048
	maxInputTokens   = 8192
	maxRequestTokens = 300_000
)

// tokenHalves estimates what a byte costs, in halves of a token. No byte is more
// than a token, and two of ASCII hardly ever are. An English token has about four
// letters, so that the estimate is twice the truth there, on the safe side.
func tokenHalves(b byte) int {
	if b < utf8.RuneSelf {
		return 1
	}
	return 2
}

// estimateTokens is not less than the number of tokens of any ordinary text.
func estimateTokens(text string) int {
	halves := 0
	for i := range len(text) {
		halves += tokenHalves(text[i])
	}
	return (halves + 1) / 2
}

// cutTokens shortens the text to at most limit tokens of whole characters.
func cutTokens(text string, limit int) string {
	halves := 0
	for i := range len(text) {
		if halves += tokenHalves(text[i]); halves > 2*limit {
			return cut(text, i)
		}
	}
	return text
}

// batches yields runs of the inputs, each with the place of its first, of at most
// size inputs and at most maxRequestTokens.
func batches(inputs []string, size int) iter.Seq2[int, []string] {
	return func(yield func(int, []string) bool) {
		from, tokens := 0, 0
		for i, input := range inputs {
			n := estimateTokens(input)
			if i-from == size || i > from && tokens+n > maxRequestTokens {
				if !yield(from, inputs[from:i]) {
					return
				}
				from, tokens = i, 0
			}
			tokens += n
		}
		if from < len(inputs) {
			yield(from, inputs[from:])
		}
	}
}
