package postgres_test

import (
	"cmp"
	"fmt"
	"log/slog"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript"
)

// TestSpelling types words of records with every kind of error, made by chance from a seed,
// and words that a record does not have as they are right: those of other records, in
// small letters and as names, and the names of who speaks there.
//
// PULLQUOTE_SPELLING_FILES, a glob pattern, names other records than the samples, and
// PULLQUOTE_SPELLING_SHOW shows each word that is not read right. doc/EVALUATION.md has the
// figures of transcripts by which nothing was chosen.
func TestSpelling(t *testing.T) {
	records, searcher := spellingRecords(t)
	x := spellingTest{T: t, searcher: searcher, chance: rand.New(rand.NewPCG(1, 2)), figures: map[string]*spellingFigures{}}
	for _, r := range records {
		x.errors(r, r.said, "")
		x.errors(r, r.names, "a speaker: ")
		x.absent(r, records)
	}
	errors, absent := spellingFigures{}, spellingFigures{}
	for _, kind := range slices.Sorted(maps.Keys(x.figures)) {
		t.Logf("%-32s %s", kind, *x.figures[kind])
		if strings.HasPrefix(kind, "absent") {
			absent.merge(*x.figures[kind])
		} else {
			errors.merge(*x.figures[kind])
		}
	}
	t.Logf("%-32s %s", "errors", errors)
	t.Logf("%-32s %s", "absent", absent)
	// What is read wrong misleads, so that it must be next to nothing; what is left costs an
	// answer. The words of three and four letters are among them, of which most are left.
	if share := errors.share(errors.read + errors.suggested); share < 0.75 {
		t.Errorf("%.1f%% of the errors are read or suggested right", 100*share)
	}
	if errors.share(errors.wrong) > 0.005 || absent.share(absent.wrong) > 0.005 {
		t.Errorf("read wrong: %.1f%% of the errors, %.1f%% of the words that are right", 100*errors.share(errors.wrong), 100*absent.share(absent.wrong))
	}
}

// spellingRecords stores each file as a collection.
func spellingRecords(t *testing.T) ([]spokenWords, *retrieval.Searcher) {
	t.Helper()
	pattern := cmp.Or(os.Getenv("PULLQUOTE_SPELLING_FILES"), "../../samples/*.txt")
	paths, err := filepath.Glob(pattern)
	if err != nil || len(paths) < 2 {
		t.Fatalf("%s names too few files (%v)", pattern, err)
	}
	store, _ := openStore(t)
	library := retrieval.NewLibrary(store, embeddings.NewBuiltin())
	var records []spokenWords
	for i, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		parsed, err := transcript.Parse(t.Context(), data, transcript.Options{})
		if err != nil {
			t.Logf("%s is left out: %v", path, err)
			continue
		}
		r := newSpokenWords(fmt.Sprint("record", i), parsed)
		if _, _, err := library.Add(t.Context(), retrieval.AddRequest{Data: data, Collection: r.collection}); err != nil {
			t.Fatal(err)
		}
		records = append(records, r)
	}
	return records, retrieval.NewSearcher(store, embeddings.NewBuiltin(), slog.New(slog.DiscardHandler))
}

type spellingTest struct {
	*testing.T
	searcher *retrieval.Searcher
	chance   *rand.Rand
	figures  map[string]*spellingFigures // by the kind of error
}

// How many words of a record are typed.
const (
	mistyped   = 200
	absentSaid = 200
)

// errors types words of a record with errors.
func (x *spellingTest) errors(r spokenWords, words []string, who string) {
	for i, word := range sample(x.chance, words, mistyped) {
		kind := typingErrors[i%len(typingErrors)]
		if typed, ok := kind.make(x.chance, strings.ToLower(word)); ok && !r.has[typed] && !sameWord(typed, word) {
			x.read(r, typed, word, who+kind.name)
		}
	}
}

// absent types words that only other records have.
func (x *spellingTest) absent(r spokenWords, records []spokenWords) {
	kinds := map[string]map[string]bool{"absent word": {}, "absent name": {}, "absent speaker": {}, "absent speaker, small": {}}
	for _, other := range records {
		for kind, words := range map[string][]string{"absent word": other.said, "absent name": other.capitals, "absent speaker": other.names} {
			for _, w := range words {
				if !r.hasStem(w) {
					kinds[kind][w] = true
				}
				if !r.hasStem(w) && kind == "absent speaker" {
					kinds[kind+", small"][strings.ToLower(w)] = true
				}
			}
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		for _, w := range sample(x.chance, slices.Sorted(maps.Keys(kinds[kind])), absentSaid) {
			x.read(r, w, "", kind)
		}
	}
}

// read has a word read in a question; meant is empty for one that is right.
func (x *spellingTest) read(r spokenWords, typed, meant, kind string) {
	x.Helper()
	read, err := x.searcher.Read(x.Context(), retrieval.Query{Text: "What about " + typed, Filter: retrieval.Filter{Collection: r.collection}})
	if err != nil {
		x.Fatal(err)
	}
	if x.figures[kind] == nil {
		x.figures[kind] = &spellingFigures{}
	}
	right := x.figures[kind].add(read.DidYouMean, meant)
	if !right && os.Getenv("PULLQUOTE_SPELLING_SHOW") != "" {
		x.Logf("%s: %s for %q: %+v", kind, typed, meant, read.DidYouMean)
	}
}

// spellingFigures count what words were read as.
type spellingFigures struct{ typed, read, suggested, wrong, wrongSuggested int }

// add counts a word, and reports whether it was read right.
func (f *spellingFigures) add(found []retrieval.Respelling, meant string) bool {
	f.typed++
	if len(found) == 0 {
		return meant == ""
	}
	switch right := meant != "" && sameWord(found[0].Suggestion, meant); {
	case right && found[0].Searched:
		f.read++
		return true
	case right:
		f.suggested++
	case found[0].Searched:
		f.wrong++
	default:
		f.wrongSuggested++
	}
	return false
}

func (f *spellingFigures) merge(g spellingFigures) {
	f.typed += g.typed
	f.read += g.read
	f.suggested += g.suggested
	f.wrong += g.wrong
	f.wrongSuggested += g.wrongSuggested
}

func (f spellingFigures) share(n int) float64 { return float64(n) / float64(max(f.typed, 1)) }

func (f spellingFigures) String() string {
	return fmt.Sprintf("%5d typed: read right %5.1f%%, suggested right %5.1f%%, read wrong %4.1f%%, suggested wrong %4.1f%%",
		f.typed, 100*f.share(f.read), 100*f.share(f.suggested), 100*f.share(f.wrong), 100*f.share(f.wrongSuggested))
}

// sameWord reports whether two words are forms of one.
func sameWord(a, b string) bool {
	return strings.Join(retrieval.Words(strings.ToLower(a)), " ") == strings.Join(retrieval.Words(strings.ToLower(b)), " ")
}

// spokenWords are the words of a transcript, without those of three letters.
type spokenWords struct {
	collection string
	said       []string // that are somewhere in small letters
	capitals   []string // that are not
	names      []string // of speakers
	has        map[string]bool
	stems      map[string]bool
}

var spokenWord = regexp.MustCompile(`[\pL’']+`)

func newSpokenWords(collection string, parsed *transcript.Transcript) spokenWords {
	v := spokenWords{collection: collection, has: map[string]bool{}, stems: map[string]bool{}}
	small, capital, names := map[string]bool{}, map[string]bool{}, map[string]bool{}
	note := func(text string) {
		for _, w := range spokenWord.FindAllString(text, -1) {
			v.has[strings.ToLower(w)] = true
		}
		for _, stem := range retrieval.Words(strings.ToLower(text)) {
			v.stems[stem] = true
		}
	}
	note(string(parsed.Title))
	for _, turn := range parsed.Turns {
		note(turn.Text)
		for _, w := range spokenWord.FindAllString(turn.Text, -1) {
			switch {
			case len([]rune(w)) < 4 || strings.ContainsAny(w, "'’") || len(retrieval.Words(w)) == 0:
			case strings.ToLower(w) == w:
				small[w] = true
			default:
				capital[w] = true
			}
		}
		note(string(turn.Speaker))
		for _, w := range spokenWord.FindAllString(string(turn.Speaker), -1) {
			if len([]rune(w)) >= 4 {
				names[w] = true
			}
		}
	}
	for w := range capital {
		if !small[strings.ToLower(w)] && strings.ToUpper(w) != w {
			v.capitals = append(v.capitals, w)
		}
	}
	slices.Sort(v.capitals)
	v.said, v.names = slices.Sorted(maps.Keys(small)), slices.Sorted(maps.Keys(names))
	return v
}

func (v spokenWords) hasStem(word string) bool {
	return slices.ContainsFunc(retrieval.Words(strings.ToLower(word)), func(stem string) bool { return v.stems[stem] })
}

func sample(chance *rand.Rand, words []string, n int) []string {
	words = slices.Clone(words)
	chance.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
	return words[:min(n, len(words))]
}

// typingError makes an error of one kind in a word, if the word can have it.
type typingError struct {
	name string
	make func(chance *rand.Rand, word string) (string, bool)
}

// at makes an error at a letter that can have it, by chance, and never at the first.
func at(can func(word []rune, i int) (string, bool)) func(*rand.Rand, string) (string, bool) {
	return func(chance *rand.Rand, word string) (string, bool) {
		runes := []rune(word)
		for _, i := range chance.Perm(len(runes)) {
			if i == 0 {
				continue
			}
			if typed, ok := can(runes, i); ok && typed != word {
				return typed, true
			}
		}
		return "", false
	}
}

func spliced(word []rune, i, j int, with string) string {
	return string(word[:i]) + with + string(word[j:])
}

func swapped(pairs ...string) func(*rand.Rand, string) (string, bool) {
	return at(func(word []rune, i int) (string, bool) {
		for j := 0; j < len(pairs); j += 2 {
			if strings.HasPrefix(string(word[i:]), pairs[j]) {
				return spliced(word, i, i+len(pairs[j]), pairs[j+1]), true
			}
		}
		return "", false
	})
}

const typedVowels = "aeiou"

// besides are keys that are hit for others.
var besides = map[rune]string{
	'a': "sq", 'b': "vn", 'c': "xv", 'd': "sf", 'e': "wr", 'f': "dg", 'g': "fh", 'h': "gj", 'i': "uo", 'j': "hk", 'k': "jl", 'l': "k", 'm': "n",
	'n': "bm", 'o': "ip", 'p': "o", 'q': "w", 'r': "et", 's': "ad", 't': "ry", 'u': "yi", 'v': "cb", 'w': "qe", 'x': "zc", 'y': "tu", 'z': "x",
}

var typingErrors = []typingError{
	{"a letter left out", at(func(w []rune, i int) (string, bool) { return spliced(w, i, i+1, ""), true })},
	{"a letter doubled", at(func(w []rune, i int) (string, bool) { return spliced(w, i, i, string(w[i])), true })},
	{"a double letter single", at(func(w []rune, i int) (string, bool) { return spliced(w, i, i+1, ""), w[i] == w[i-1] })},
	{"two letters swapped", at(func(w []rune, i int) (string, bool) {
		if i+1 >= len(w) {
			return "", false
		}
		return spliced(w, i, i+2, string([]rune{w[i+1], w[i]})), true
	})},
	{"the key beside", func(chance *rand.Rand, word string) (string, bool) {
		return at(func(w []rune, i int) (string, bool) {
			keys := besides[w[i]]
			if keys == "" {
				return "", false
			}
			return spliced(w, i, i+1, keys[chance.IntN(len(keys)):][:1]), true
		})(chance, word)
	}},
	{"another vowel", func(chance *rand.Rand, word string) (string, bool) {
		return at(func(w []rune, i int) (string, bool) {
			if !strings.ContainsRune(typedVowels, w[i]) {
				return "", false
			}
			return spliced(w, i, i+1, typedVowels[chance.IntN(len(typedVowels)):][:1]), true
		})(chance, word)
	}},
	{"f for ph, ie for ei", swapped("ph", "f", "f", "ph", "ie", "ei", "ei", "ie")},
	{"two errors by ear", func(chance *rand.Rand, word string) (string, bool) {
		vowel := at(func(w []rune, i int) (string, bool) {
			if !strings.ContainsRune(typedVowels, w[i]) {
				return "", false
			}
			return spliced(w, i, i+1, typedVowels[chance.IntN(len(typedVowels)):][:1]), true
		})
		double := at(func(w []rune, i int) (string, bool) {
			switch {
			case !unicode.IsLetter(w[i]) || strings.ContainsRune(typedVowels, w[i]):
				return "", false
			case w[i] == w[i-1]:
				return spliced(w, i, i+1, ""), true
			}
			return spliced(w, i, i, string(w[i])), true
		})
		once, ok := vowel(chance, word)
		if !ok {
			return "", false
		}
		return double(chance, once)
	}},
}
