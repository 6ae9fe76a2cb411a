package words

import "strings"

// Edits is the Levenshtein distance of two texts, in bytes.
func Edits(a, b string) int { return EditsOf([]byte(a), []byte(b)) }

// EditsOf is the Levenshtein distance: how many of what two texts are made of have to be put
// in, taken out or changed.
func EditsOf[E comparable](a, b []E) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

// Nearest is the one of some names that was most likely meant by a word: which begins with
// it, or is a slip or two of the keyboard away from it. It is empty where none is.
func Nearest(word string, names []string) (nearest string) {
	word = strings.ToLower(word)
	least := min(max(2, len(word)/3), len(word)-1) + 1
	for _, name := range names {
		lower := strings.ToLower(name)
		if len(word) > 1 && strings.HasPrefix(lower, word) {
			return name
		}
		if edits := Edits(word, lower); edits < least {
			nearest, least = name, edits
		}
	}
	return nearest
}
