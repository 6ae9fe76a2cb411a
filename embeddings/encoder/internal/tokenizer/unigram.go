package tokenizer

import (
	"cmp"
	"encoding/json"
	"math"
	"slices"
	"unicode/utf8"
)

// unigram cuts a word into the pieces whose scores add up highest, with Viterbi's
// algorithm (Kudo, 2018). A score is the logarithm of a piece's probability. A
// character that is no piece is unknown; unknown neighbours are one token.
type unigram struct {
	pieces       *trie
	scores       []float64
	unknown      int32
	unknownScore float64
}

// unknownPenalty is how far below the lowest score an unknown character is, in the
// reference as in SentencePiece.
const unknownPenalty = 10

// scoredPiece is a piece of the vocabulary, written as an array.
type scoredPiece struct {
	text  string
	score float64
}

func (p *scoredPiece) UnmarshalJSON(data []byte) error {
	return json.Unmarshal(data, &[]any{&p.text, &p.score})
}

// newUnigram has a vocabulary whose ids are its places.
func newUnigram(vocabulary []scoredPiece, unknown int) *unigram {
	u := &unigram{unknown: int32(unknown), scores: make([]float64, len(vocabulary))}
	lowest := math.Inf(1)
	ids := make([]int32, 0, len(vocabulary))
	for id, piece := range vocabulary {
		u.scores[id] = piece.score
		lowest = min(lowest, piece.score)
		if piece.text != "" {
			ids = append(ids, int32(id))
		}
	}
	u.unknownScore = lowest - unknownPenalty
	u.pieces = sortedTrie(vocabulary, ids)
	return u
}

// sortedTrie has the pieces of some ids; of equal pieces the last counts.
func sortedTrie(vocabulary []scoredPiece, ids []int32) *trie {
	slices.SortFunc(ids, func(a, b int32) int {
		return cmp.Or(cmp.Compare(vocabulary[a].text, vocabulary[b].text), cmp.Compare(b, a))
	})
	ids = slices.CompactFunc(ids, func(a, b int32) bool { return vocabulary[a].text == vocabulary[b].text })
	texts := make([]string, len(ids))
	for i, id := range ids {
		texts[i] = vocabulary[id].text
	}
	return newTrie(texts, ids)
}

// lastPiece is the best way to a place in a word: the last piece of it.
type lastPiece struct {
	score float64
	start int32 // -1 as long as no way is known
	id    int32
}

func (u *unigram) tokens(word aligned, to []Token) []Token {
	best := u.ways(word.text)
	known := len(to)
	for end := int32(len(word.text)); end > 0; {
		last := best[end]
		start := last.start
		for last.id == u.unknown && start > 0 && best[start].id == u.unknown {
			start = best[start].start
		}
		to = append(to, word.token(last.id, int(start), int(end)))
		end = start
	}
	slices.Reverse(to[known:])
	return to
}

// ways are the best ways to each place in a word, counted in bytes.
func (u *unigram) ways(word []byte) []lastPiece {
	best := make([]lastPiece, len(word)+1)
	for i := range best {
		best[i].start = -1
	}
	for start := 0; start < len(word); {
		_, size := utf8.DecodeRune(word[start:])
		if !u.pieceWays(word, best, start, size) {
			improve(&best[start+size], lastPiece{best[start].score + u.unknownScore, int32(start), u.unknown})
		}
		start += size
	}
	return best
}

// pieceWays goes on from a place with all pieces that begin there, and reports
// whether one of them is the rune of this size alone.
func (u *unigram) pieceWays(word []byte, best []lastPiece, start, size int) (alone bool) {
	node := int32(0)
	for end := start; end < len(word); {
		if node = u.pieces.child(node, word[end]); node == 0 {
			break
		}
		end++
		if id := u.pieces.ids[node]; id >= 0 {
			improve(&best[end], lastPiece{best[start].score + u.scores[id], int32(start), id})
			alone = alone || end-start == size
		}
	}
	return alone
}

// improve takes a way that is better; of equal ways the first stays.
func improve(best *lastPiece, way lastPiece) {
	if best.start < 0 || way.score > best.score {
		*best = way
	}
}
