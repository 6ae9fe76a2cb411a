package embeddings

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/lexicon"
)

// The weights of features, in units small enough that integers do.
const (
	rareWeight   = 1024                // a word that says what a text is about
	commonWeight = rareWeight / 2      // a word of every conversation
	damping      = 2 * rareWeight * 64 // on a document's first coordinate: as much as two rare words, said once
)

// Character n-grams of a word, in characters.
const (
	shortestGram = 3
	longestGram  = 5
)

// logarithmic is the weight of a term by its frequency n in the text, 64·(1+ln n) at
// n-1. They are literals, since a computed logarithm may differ between platforms in
// its last bit.
var logarithmic = [...]int64{64, 108, 134, 153, 167, 179, 189, 197, 205, 211, 217, 223, 228, 233, 237, 241}

// repeated is the factor, times 64, of a term that occurs n > 0 times.
func repeated(n int) int64 { return logarithmic[min(n, len(logarithmic))-1] }

// term is a stem with what it adds to a vector.
type term struct {
	features []feature
	count    int // in the present text
}

// feature is a signed weight at a coordinate.
type feature struct {
	index  uint16
	weight int16
}

// features are the stem itself and, for words, its n-grams.
func features(stem string, s script, weight int) []feature {
	fs := []feature{hashed('w', stem, weight)}
	if s != alphabetic {
		return fs
	}
	grams := ngrams(stem)
	if len(grams) == 0 {
		return fs
	}
	// The vector of all grams is as long as that of the stem, whatever their number.
	share := int(float64(weight) / math.Sqrt(float64(len(grams))))
	for _, g := range grams {
		fs = append(fs, hashed('g', g, share))
	}
	return fs
}

// ngrams lists the pieces of a stem, with a mark before its beginning. The end has
// none: that is where the forms of a word differ.
func ngrams(stem string) []string {
	var grams []string
	marked := "<" + stem
	starts := make([]int, 0, len(marked)+1)
	for i := range marked {
		starts = append(starts, i)
	}
	starts = append(starts, len(marked))
	for n := shortestGram; n <= longestGram; n++ {
		for i := 0; i+n < len(starts); i++ {
			grams = append(grams, marked[starts[i]:starts[i+n]])
		}
	}
	return grams
}

// hashed places a feature. Coordinate 0 is left to the damping.
func hashed(space byte, name string, weight int) feature {
	h := hash(space, name)
	if h&1 == 1 {
		weight = -weight
	}
	return feature{index: uint16(1 + (h>>32)*(builtinDimensions-1)>>32), weight: int16(weight)}
}

// hash is FNV-1a, which is fixed for all time, with the finish of MurmurHash3,
// since FNV alone mixes the last bytes too little.
func hash(space byte, name string) uint64 {
	const prime = 1099511628211
	h := (uint64(14695981039346656037) ^ uint64(space)) * prime
	for i := range len(name) {
		h = (h ^ uint64(name[i])) * prime
	}
	h = (h ^ h>>33) * 0xff51afd7ed558ccd
	h = (h ^ h>>33) * 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}

// frequencies knows the most frequent words of speech, in place of counts from a
// corpus: those would differ from one collection to the next, and the vectors with
// them.
type frequencies struct {
	stop   map[string]bool // by form: no features
	common map[string]bool // by stem: little weight
}

func newFrequencies() frequencies {
	f := frequencies{stop: map[string]bool{}, common: map[string]bool{}}
	for t := range tokens(strings.Join(lexicon.Phrases("stop words of the built-in encoder"), " ")) {
		f.stop[string(t.text)] = true
	}
	for t := range tokens(strings.Join(lexicon.Phrases("common words of the built-in encoder"), " ")) {
		f.common[t.stem()] = true
	}
	return f
}

func (f frequencies) weight(stem string, s script) int {
	if f.common[stem] || utf8.RuneCountInString(stem) == 1 || s == characters && grammatical(stem) {
		return commonWeight
	}
	return rareWeight
}

// grammatical reports whether characters are all of the script in which Japanese
// writes its endings and particles.
func grammatical(chars string) bool {
	for _, r := range chars {
		if !unicode.Is(unicode.Hiragana, r) {
			return false
		}
	}
	return true
}
