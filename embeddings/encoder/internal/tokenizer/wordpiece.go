package tokenizer

import (
	"strings"
	"unicode/utf8"
)

// wordPiece cuts a word greedily into the longest pieces of its vocabulary, from
// the left (Wu et al., 2016, as BERT uses it). A word that cannot be cut to its
// end, or is too long, is one unknown token.
type wordPiece struct {
	begins    map[string]int32 // pieces that begin a word
	continues map[string]int32 // pieces that go on, without their prefix
	longest   int              // bytes of the longest piece
	unknown   int32
	maxRunes  int // of a word; a longer one is unknown
}

// newWordPiece has the pieces of a vocabulary; those with the prefix continue words.
func newWordPiece(vocabulary map[string]int32, prefix string, unknown int32, maxRunes int) *wordPiece {
	w := &wordPiece{
		begins:    vocabulary,
		continues: make(map[string]int32, len(vocabulary)/4),
		unknown:   unknown,
		maxRunes:  maxRunes,
	}
	for piece, id := range vocabulary {
		w.longest = max(w.longest, len(piece))
		if rest, ok := strings.CutPrefix(piece, prefix); ok {
			w.continues[rest] = id
		}
	}
	return w
}

func (w *wordPiece) tokens(word aligned, to []Token) []Token {
	if len(word.text) > w.maxRunes && utf8.RuneCount(word.text) > w.maxRunes {
		return append(to, word.token(w.unknown, 0, len(word.text)))
	}
	known := len(to)
	for start := 0; start < len(word.text); {
		id, end := w.piece(word.text, start)
		if end == start {
			return append(to[:known], word.token(w.unknown, 0, len(word.text)))
		}
		to = append(to, word.token(id, start, end))
		start = end
	}
	return to
}

// piece is the longest piece that a word has at start; end is start if there is none.
func (w *wordPiece) piece(word []byte, start int) (id int32, end int) {
	pieces := w.begins
	if start > 0 {
		pieces = w.continues
	}
	for end = min(len(word), start+w.longest); end > start; end-- {
		if end < len(word) && !utf8.RuneStart(word[end]) {
			continue
		}
		if id, ok := pieces[string(word[start:end])]; ok {
			return id, end
		}
	}
	return 0, start
}
