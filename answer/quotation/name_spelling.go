package quotation

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/retrieval"
)

const (
	// surelySpelt is the least of a word of a name in which any one letter may be wrong: 5.
	// Shorter names are too often others' by a letter: Tim, Tom; Joan, John.
	surelySpelt = 5
	// heardAlike is the least in which a letter may be wrong that sounds the same, or two may
	// have changed places, if the rest of the name confirms it: 4, Inez for Ines.
	heardAlike = 4
)

// Respelt is a credit with the one misspelt word of its name spelt as the record does: Inez
// Okafor as Ines Okafor. It comes with the record's name, and only where no name of the
// record agrees with the credit, and a single one is but a letter away from it.
func Respelt(credit string, names []retrieval.PrintedName) (respelt, name string, ok bool) {
	claim := lexicon.ReadName(credit)
	if IsNamed(credit, names) {
		return "", "", false
	}
	for _, n := range names {
		spelling, near := respell(claim.Words, lexicon.ReadName(n.Name).Words)
		if !near {
			continue
		}
		spelt := strings.Join(slices.Concat(claim.Titles, spelling), " ")
		if !Agrees(lexicon.ReadName(spelt), turnOf(n)) {
			continue
		}
		if respelt != "" && (spelt != respelt || len(claim.Words) == 1) {
			return "", "", false // it may be another's
		}
		respelt, name = spelt, n.Name
	}
	return respelt, name, respelt != ""
}

// IsNamed reports whether a credit agrees with any of some names.
func IsNamed(credit string, names []retrieval.PrintedName) bool {
	claim := lexicon.ReadName(credit)
	return slices.ContainsFunc(names, func(n retrieval.PrintedName) bool { return Agrees(claim, turnOf(n)) })
}

// respell spells the words of a claim like those of a name: the family names correspond, and
// so do the given names; all but one are the same.
func respell(claim, name []string) (spelling []string, ok bool) {
	if len(claim) == 0 || len(name) == 0 {
		return nil, false
	}
	family, misspelt := len(claim)-1, 0
	spelling = slices.Clone(claim)
	for i, word := range claim {
		like := name[len(name)-1]
		if i < family {
			if len(name) == 1 || utf8.RuneCountInString(word) == 1 {
				continue
			}
			like = nearestOf(word, name[:len(name)-1])
		}
		switch {
		case word == like:
		case mistyped(word, like, i < family, confirmed(claim, name, i)):
			spelling[i] = like
			misspelt++
		default:
			return nil, false
		}
	}
	return spelling, misspelt == 1
}

// nearestOf is the word of some that is nearest to another.
func nearestOf(word string, of []string) string {
	return slices.MinFunc(of, func(a, b string) int { return distance(word, a) - distance(word, b) })
}

// confirmed reports whether the rest of a claim, without word i, is the name's.
func confirmed(claim, name []string, i int) bool {
	others := slices.Delete(slices.Clone(claim), i, i+1)
	return slices.ContainsFunc(others, func(w string) bool {
		return utf8.RuneCountInString(w) >= surelySpelt && slices.Contains(name, w)
	})
}

// mistyped reports whether a word may be another with a letter mistyped: one too many, one
// missing, one wrong, or two that changed places. A given name whose last vowel differs is
// another person's: Daniel, Daniela; Julia, Julie.
func mistyped(word, name string, given, confirmed bool) bool {
	if distance(word, name) != 1 || !startAlike(word, name) {
		return false
	}
	short := min(utf8.RuneCountInString(word), utf8.RuneCountInString(name))
	switch {
	case given && differInLastVowel(word, name):
		return false
	case short >= surelySpelt:
		return true
	}
	return short >= heardAlike && confirmed && (soundsAlike(word) == soundsAlike(name) || transposed(word, name))
}

// startAlike reports whether two words begin with the same letter, which is nearly always
// right, or with two that changed places.
func startAlike(a, b string) bool {
	x, _ := utf8.DecodeRuneInString(a)
	y, _ := utf8.DecodeRuneInString(b)
	return x == y || transposed(a, b)
}

// differInLastVowel reports whether two words are the same but for a vowel at their ends.
func differInLastVowel(a, b string) bool {
	const vowels = "aeiouy"
	x, y := strings.TrimRight(a, vowels), strings.TrimRight(b, vowels)
	return x == y && a != b
}

// alike are letters and pairs of them for one sound, with the letter that stands for all.
var alike = strings.NewReplacer("ph", "f", "ck", "k", "th", "t", "z", "s", "c", "k", "q", "k", "y", "i", "j", "i", "w", "v")

// soundsAlike is a word as it sounds, roughly, without doubled letters.
func soundsAlike(word string) string {
	return string(slices.Compact([]rune(alike.Replace(word))))
}

// transposed reports whether two words differ in the order of two letters side by side.
func transposed(a, b string) bool {
	x, y := []rune(a), []rune(b)
	return len(x) == len(y) && distance(a, b) == 1 && slices.Equal(slices.Sorted(slices.Values(x)), slices.Sorted(slices.Values(y)))
}

// distance is how many letters have to be put in, taken out, changed or swapped with the next
// (Damerau, 1964; optimal string alignment).
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	before, above, row := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range above {
		above[j] = j
	}
	for i := range x {
		row[0] = i + 1
		for j := range y {
			change := above[j]
			if x[i] != y[j] {
				change++
			}
			row[j+1] = min(change, row[j]+1, above[j+1]+1)
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, above, row = above, row, before
	}
	return above[len(y)]
}
