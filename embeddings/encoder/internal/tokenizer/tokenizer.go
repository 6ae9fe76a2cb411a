// Package tokenizer turns texts into the token ids that an encoder was trained on,
// and keeps for each token where it stands in the text, so that vectors of tokens
// can be pooled into vectors of sentences.
//
// A tokenizer is a chain of steps, as the file tokenizer.json of a model describes
// it: special tokens are found in the text as it is (added.go); what lies between
// them is normalized, each byte remembering its source (aligned.go, bert.go,
// charsmap.go), and cut into words (bert.go, metaspace.go); a model cuts words into
// pieces of its vocabulary (wordpiece.go, unigram.go); a template puts special
// tokens around the whole (template.go).
//
// Two families are read: BERT's WordPiece and XLM-RoBERTa's SentencePiece Unigram.
// The ids are those of Hugging Face's library tokenizers, whose output is the
// reference of the tests; a description with a step that is not known here is
// refused rather than read in part.
package tokenizer

import "math"

// Token is an id of the vocabulary and the bytes text[Start:End] that it stands
// for. The range of a special token of the template is empty. A pair's second text
// has Type 1 where the model knows two types, and ranges of its own.
type Token struct {
	ID         int32
	Type       int32
	Start, End int
}

// Tokenizer is the vocabulary of a model and the rules to use it. It does not
// change after Load, and may be used by several goroutines at once.
type Tokenizer struct {
	special    added // found in the text as it is
	normalize  []normalizer
	normalized added // found in the normalized text
	split      splitter
	model      model
	single     template
	pair       template
	size       int
}

// normalizer is a step from text to text.
type normalizer interface{ apply(*aligned) *aligned }

// splitter gives the words of a text to yield, in order, until it says false.
type splitter interface {
	words(text *aligned, yield func(aligned) bool)
}

// model appends the tokens of a word, which is not empty.
type model interface {
	tokens(word aligned, to []Token) []Token
}

// Size is the size of the vocabulary: ids are from 0 to Size()-1.
func (t *Tokenizer) Size() int { return t.size }

// Encode gives the tokens of a text with the special ones around it, at most max;
// a longer text is cut at its end. Bytes that are no UTF-8 count as U+FFFD each.
// Time and memory are linear in the length of the text.
func (t *Tokenizer) Encode(text string, max int) []Token {
	return t.single.fill(max, t.content(text, max-t.single.specials()), nil)
}

// EncodePair gives the tokens of two texts as a cross-encoder reads them, at most
// max; b is cut where both do not fit, then a.
func (t *Tokenizer) EncodePair(a, b string, max int) []Token {
	room := max - t.pair.specials()
	first := t.content(a, room)
	return t.pair.fill(max, first, t.content(b, room-len(first)))
}

// content is the first tokens of a text, without the template's.
func (t *Tokenizer) content(text string, limit int) []Token {
	if limit <= 0 {
		return nil
	}
	text = text[:min(len(text), math.MaxInt32)] // aligned counts in int32
	var tokens []Token
	t.special.find(text, func(start, end int, id int32) bool {
		if id >= 0 {
			tokens = append(tokens, Token{ID: id, Start: start, End: end})
		} else {
			tokens = t.ordinary(source(text, start, end), tokens, limit)
		}
		return len(tokens) < limit
	})
	return tokens[:min(len(tokens), limit)]
}

// ordinary appends the tokens of a text between special ones; it may overshoot the
// limit by the tokens of a word.
func (t *Tokenizer) ordinary(text *aligned, tokens []Token, limit int) []Token {
	for _, step := range t.normalize {
		text = step.apply(text)
	}
	t.normalized.find(text.string(), func(start, end int, id int32) bool {
		part := text.slice(start, end)
		if id >= 0 {
			from, to := part.span()
			tokens = append(tokens, Token{ID: id, Start: from, End: to})
			return len(tokens) < limit
		}
		t.split.words(&part, func(word aligned) bool {
			tokens = t.model.tokens(word, tokens)
			return len(tokens) < limit
		})
		return len(tokens) < limit
	})
	return tokens
}
