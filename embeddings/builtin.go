package embeddings

import (
	"context"
	"math"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

const (
	// builtinName changes whenever the vector of any text does.
	builtinName   = builtinPrefix + "1"
	builtinPrefix = "builtin-"
	// builtinDimensions trades size for collisions: from 256 to 512 search gains
	// distinctly, from 512 to 1024 little, while index and storage double each time.
	builtinDimensions = 512
	// maxBuiltinBytes bounds the work on one text. Passages are a hundredth of it.
	maxBuiltinBytes = 64 << 10
	// maxCachedForms bounds a hasher's memory to some megabytes.
	maxCachedForms = 1 << 14
)

// Builtin embeds texts by their words and parts of words, without a model.
//
// It is the hashing trick of Weinberger et al. (2009): each feature of a text is
// hashed to a coordinate and a sign, and its weight added there. The features are
// stemmed words and, so that cyberattack is near to "cyber attack" and to a
// misspelling, their character n-grams in the manner of Bojanowski et al. (2017).
// Scripts without spaces contribute characters and pairs of characters. A word
// weighs less the more common it is in speech at large, and its repetitions count
// logarithmically (Salton and Buckley, 1988).
//
// The first coordinate belongs to no feature. Every document has the same weight
// there before it is normalised, which keeps a turn of two words from being nearer
// to a question than a full answer, as pivoted length normalisation does (Singhal
// et al., 1996). A text without any feature, such as the empty one, is the unit
// vector of that coordinate: every distance to it is defined.
//
// The vectors are the same on every platform: weights are integers, whose sums do
// not depend on an order, and the few operations on floats are exactly rounded.
//
// Texts are read up to 64 KiB.
type Builtin struct {
	words   frequencies
	hashers sync.Pool // of *hasher
}

// NewBuiltin returns the built-in embedder.
func NewBuiltin() *Builtin {
	b := &Builtin{words: newFrequencies()}
	b.hashers.New = func() any { return newHasher(b.words) }
	return b
}

// Model is the built-in embedder's name with its version, and its dimensions.
func (b *Builtin) Model() Model {
	return Model{Name: builtinName, Dimensions: builtinDimensions}
}

// Embed implements Embedder. Its only error is the context's.
func (b *Builtin) Embed(ctx context.Context, kind Kind, texts []string) ([][]float32, error) {
	h := b.hashers.Get().(*hasher)
	defer b.hashers.Put(h)
	vectors := make([][]float32, len(texts))
	for i, text := range texts {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		vectors[i] = h.vector(kind, text)
	}
	return vectors, nil
}

// CountTokens implements TokenCounter: tokens are words.
func (b *Builtin) CountTokens(ctx context.Context, _ Kind, texts []string) (int, error) {
	count := 0
	for _, text := range texts {
		for range tokens(text) {
			count++
		}
	}
	return count, ctx.Err()
}

// hasher makes vectors, one at a time. What it has learned of a word it keeps for
// the next text; the vectors do not depend on that.
type hasher struct {
	words frequencies
	forms map[string]*term // by the word as it is written
	stems map[string]*term
	seen  []*term // terms of the present text, each once
}

func newHasher(words frequencies) *hasher {
	return &hasher{words: words, forms: map[string]*term{}, stems: map[string]*term{}}
}

func (h *hasher) vector(kind Kind, text string) []float32 {
	h.count(norm.NFKC.String(cut(text, maxBuiltinBytes)))
	var sums [builtinDimensions]int64
	for _, t := range h.seen {
		for _, f := range t.features {
			sums[f.index] += int64(f.weight) * repeated(t.count)
		}
		t.count = 0
	}
	h.seen = h.seen[:0]
	if kind == Document || sums == [builtinDimensions]int64{} {
		sums[0] = damping
	}
	return unit(&sums)
}

// count notes the terms of the text and how often each occurs in it.
func (h *hasher) count(text string) {
	if len(h.forms) > maxCachedForms {
		clear(h.forms)
		clear(h.stems)
	}
	// Where everything is in capitals they set no word apart.
	mixed := hasLower(text)
	for tok := range tokens(text) {
		if h.words.stop[string(tok.text)] && !(tok.acronym && mixed) {
			continue
		}
		t := h.term(tok)
		if t.count == 0 {
			h.seen = append(h.seen, t)
		}
		t.count++
	}
}

// term finds or makes the term of a token; all forms of a stem share one.
func (h *hasher) term(tok token) *term {
	if t, ok := h.forms[string(tok.text)]; ok {
		return t
	}
	stem := tok.stem()
	t, ok := h.stems[stem]
	if !ok {
		t = &term{features: features(stem, tok.script, h.words.weight(stem, tok.script))}
		h.stems[stem] = t
	}
	h.forms[string(tok.text)] = t
	return t
}

// unit scales the sums to length 1. The explicit conversions forbid the fused
// multiplications with which some processors would round differently.
func unit(sums *[builtinDimensions]int64) []float32 {
	var squares float64
	for _, s := range sums {
		squares += float64(float64(s) * float64(s))
	}
	length := math.Sqrt(squares)
	v := make([]float32, len(sums))
	for i, s := range sums {
		v[i] = float32(float64(s) / length)
	}
	return v
}

// cut shortens the text to at most n bytes of whole characters.
func cut(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}
