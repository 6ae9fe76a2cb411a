package retrieval

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/lexicon"
)

// What a typing or spelling error costs is about the negative logarithm of how seldom it
// is made, in units of the commonest ones: the channel of a noisy-channel corrector
// (Kernighan, Church and Gale, 1990, "A Spelling Correction Program Based on a Noisy
// Channel Model"). Four of five misspelt words have one error, which is a letter left out,
// added, changed or swapped with the next (Damerau, 1964); people who spell by ear take
// one spelling of a sound for another, mostly of vowels and double letters, and the first
// letter is nearly always right (Kukich, 1992, "Techniques for Automatically Correcting
// Words in Text"). The steps between the costs are coarse on purpose; TestSpelling of
// internal/postgres has what they reach.
const (
	costDoubling  = 0.9 // one letter for two, or two for one
	costSwap      = 0.9 // two letters that stand side by side
	costSound     = 1.0 // another spelling of the same sound, another vowel, one vowel more or less
	costLeftOut   = 1.3 // a consonant
	costNeighbour = 1.3 // a key beside the right one, instead of it or besides
	costAdded     = 1.7 // any consonant
	costOther     = 2.2 // any letter for any other
	costFirst     = 0.7 // on top, where the first letter is another
)

// meantWords are the words from which a word may have come by errors, with what these cost.
type meantWords map[string]float64

func (m meantWords) add(word string, cost float64) {
	if known, ok := m[word]; !ok || cost < known {
		m[word] = cost
	}
}

// oneError are the words from which a word comes by one error of at most this cost.
func oneError(word string, most float64) meantWords {
	found := meantWords{}
	e := editor{most: most, found: func(other string, cost float64, _ int) { found.add(other, cost) }}
	e.edit([]rune(word), 0)
	delete(found, word)
	return found
}

// twoErrors are the words from which a word comes by two errors that are made by ear,
// which together cost no more than this. With other errors there would be a hundred times
// as many, of which nearly all are wrong.
func twoErrors(word string, most float64) meantWords {
	found := meantWords{}
	once := editor{byEar: true, most: most}
	once.found = func(other string, first float64, behind int) {
		twice := editor{byEar: true, most: most - first}
		twice.found = func(other string, second float64, _ int) { found.add(other, first+second) }
		twice.edit([]rune(other), behind)
	}
	once.edit([]rune(word), 0)
	delete(found, word)
	return found
}

// editor undoes one error at a time.
type editor struct {
	byEar bool // only errors of spelling: of vowels, double letters, sounds, the order of letters
	most  float64
	found func(word string, cost float64, behind int) // behind: the place behind the error
	word  []rune
	first rune
}

// edit undoes each error that a word may have from a place on.
func (e *editor) edit(word []rune, from int) {
	e.word, e.first = word, word[0]
	letters := alphabet(word)
	for i := from; i <= len(word); i++ {
		e.insert(i, letters)
		if i < len(word) {
			e.remove(i)
			e.replace(i, letters)
			e.swap(i)
			e.respell(i)
		}
	}
}

// put tells the word with the letters from i up to j replaced, where another first letter
// makes it less likely; tell does so where the sound is the same.
func (e *editor) put(i, j int, letters string, cost float64) {
	if i == 0 && !strings.HasPrefix(letters, string(e.first)) {
		cost += costFirst
	}
	e.tell(i, j, letters, cost)
}

func (e *editor) tell(i, j int, letters string, cost float64) {
	if cost <= e.most && !(e.byEar && cost > costSound) {
		e.found(string(e.word[:i])+letters+string(e.word[j:]), cost, i+utf8.RuneCountInString(letters))
	}
}

// insert puts back a letter that was left out. By ear, that is one of two, a silent e, or
// one of a pair of vowels.
func (e *editor) insert(i int, letters []rune) {
	for _, r := range letters {
		cost := costLeftOut
		switch {
		case i > 0 && e.word[i-1] == r:
			cost = costDoubling
		case isVowel(r) && (!e.byEar || r == 'e' || e.pairs(i, r)):
			cost = costSound
		}
		e.put(i, i, string(r), cost)
	}
}

// pairs reports whether a vowel makes a pair that is written for one sound with a letter
// beside the place of i.
func (e *editor) pairs(i int, r rune) bool {
	return i > 0 && vowelPairs[string([]rune{e.word[i-1], r})] || i < len(e.word) && vowelPairs[string([]rune{r, e.word[i]})]
}

var vowelPairs = lexicon.Words("pairs of vowels")

// remove takes out a letter that was added.
func (e *editor) remove(i int) {
	r, cost := e.word[i], costAdded
	switch {
	case i > 0 && e.word[i-1] == r:
		cost = costDoubling
	case isVowel(r):
		cost = costSound
	case i > 0 && neighbours(r, e.word[i-1]), i+1 < len(e.word) && neighbours(r, e.word[i+1]):
		cost = costNeighbour
	}
	e.put(i, i+1, "", cost)
}

// replace puts another letter in the place of one.
func (e *editor) replace(i int, letters []rune) {
	vowel := isVowel(e.word[i])
	if e.byEar && !vowel {
		return
	}
	for _, r := range letters {
		cost := costOther
		switch {
		case r == e.word[i]:
			continue
		case vowel && isVowel(r) && !(e.byEar && r == 'y'):
			cost = costSound
		case neighbours(r, e.word[i]):
			cost = costNeighbour
		}
		e.put(i, i+1, string(r), cost)
	}
}

// swap brings two letters into the other order.
func (e *editor) swap(i int) {
	if i+1 < len(e.word) && e.word[i] != e.word[i+1] {
		e.put(i, i+2, string([]rune{e.word[i+1], e.word[i]}), costSwap)
	}
}

// respell writes a sound that begins at i in its other ways.
func (e *editor) respell(i int) {
	for _, spelt := range sounds[e.word[i]] {
		if !hasAt(e.word, i, spelt.letters) {
			continue
		}
		for _, other := range spelt.others {
			e.tell(i, i+len(spelt.letters), other, costSound)
		}
	}
}

func hasAt(word []rune, i int, letters []rune) bool {
	return len(word)-i >= len(letters) && slices.Equal(word[i:i+len(letters)], letters)
}

// spelling is one of the ways in which a sound is written, and those that it stands for.
type spelling struct {
	letters []rune
	others  []string
}

// sounds are the spellings of all sounds, by their first letter.
var sounds = spellings(lexicon.Rows("spellings of one sound"))

func spellings(rows [][]string) map[rune][]spelling {
	all := map[rune][]spelling{}
	for _, row := range rows {
		for i, letters := range row {
			others := slices.Delete(slices.Clone(row), i, i+1)
			first, _ := utf8.DecodeRuneInString(letters)
			all[first] = append(all[first], spelling{[]rune(letters), others})
		}
	}
	return all
}

// alphabets are the scripts whose words are put right, by their letters without
// diacritics. In others, letters are left out and joined by rules of their own.
var alphabets = [...]struct {
	script  *unicode.RangeTable
	letters []rune
}{
	{unicode.Latin, []rune("abcdefghijklmnopqrstuvwxyz")},
	{unicode.Cyrillic, []rune("абвгдежзиклмнопрстуфхцчшщъыьэюяієґ")},
	{unicode.Greek, []rune("αβγδεζηθικλμνξοπρσςτυφχψω")},
}

// alphabet has the letters of a word's script; none where it is of several scripts or has
// no alphabet.
func alphabet(word []rune) []rune {
	for _, a := range alphabets {
		if !slices.ContainsFunc(word, func(r rune) bool { return !unicode.Is(a.script, r) }) {
			return a.letters
		}
	}
	return nil
}

func isVowel(r rune) bool { return strings.ContainsRune("aeiouyаеиоуыэюяіαεηιουω", r) }

// keyRows are the rows of a keyboard; each begins half a key further to the right.
var keyRows = [...]string{"qwertyuiop", "asdfghjkl", "zxcvbnm"}

// neighbours reports whether the keys of two letters touch.
func neighbours(a, b rune) bool {
	rowA, columnA := key(a)
	rowB, columnB := key(b)
	if rowA < 0 || rowB < 0 || a == b {
		return false
	}
	if rowA > rowB {
		rowA, rowB, columnA, columnB = rowB, rowA, columnB, columnA
	}
	across := columnB - columnA
	return rowA == rowB && (across == 1 || across == -1) || rowB-rowA == 1 && (across == 0 || across == -1)
}

func key(r rune) (row, column int) {
	for row, letters := range keyRows {
		if column := strings.IndexRune(letters, r); column >= 0 {
			return row, column
		}
	}
	return -1, -1
}
