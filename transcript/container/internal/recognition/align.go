package recognition

import (
	"strings"

	"github.com/pullquote/pullquote/transcript/container/internal/utterance"
)

// furthest is how many bytes of a text may stand between a word and the next.
const furthest = 24

// textsOf divides a text before the words of these numbers. The text is to the letter what the
// recogniser shows, blanks included; where the words do not stand in it, they are joined.
func textsOf(text string, words []word, cuts []int) []string {
	places := align(text, words)
	texts := make([]string, 0, len(cuts)+1)
	from := 0
	for k := 0; k <= len(cuts); k++ {
		to := len(words)
		if k < len(cuts) {
			to = cuts[k]
		}
		switch {
		case places == nil:
			texts = append(texts, strings.TrimSpace(join(words[from:to])))
		default:
			begin, end := places[from], len(text)
			if from == 0 {
				begin = 0
			}
			if to < len(words) {
				end = places[to]
			}
			texts = append(texts, strings.TrimSpace(text[begin:end]))
		}
		from = to
	}
	return texts
}

// align finds the byte of a text at which each word stands; nil if one does not follow the
// one before it.
func align(text string, words []word) []int {
	if text == "" {
		return nil
	}
	places := make([]int, len(words))
	at := 0
	for i, w := range words {
		shown := strings.TrimSpace(w.text)
		found := strings.Index(text[at:min(len(text), at+len(shown)+furthest)], shown)
		if found < 0 {
			return nil
		}
		places[i] = at + found
		at = places[i] + len(shown)
	}
	return places
}

// join is the text of words.
func join(words []word) string {
	parts := make([]string, 0, len(words))
	for _, w := range words {
		if w.text != "" {
			parts = append(parts, w.text)
		}
	}
	return utterance.Join(parts)
}
