package retrieval

import (
	"math"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/internal/words"
)

// TermWeights decide what a word of a question counts. All but ShortestPart multiply its
// inverse document frequency.
type TermWeights struct {
	// Generic is the weight of a generic word ("purpose", "reason"), which shapes a
	// question more than it names its topic: 0.4, other words have 1. Above 0.
	Generic float64
	// Synonym is the weight of a synonym, against the word itself: 0.6, since it may mean
	// something else. With 0 none is looked for.
	Synonym float64
	// History is the weight of a word from the question before in the conversation: 0.4.
	// With 0 earlier questions are not looked at.
	History float64
	// HistoryDecay multiplies History with each further question back: 0.5.
	HistoryDecay float64
	// RarityBoost is the exponent of a boost, by which a weight is multiplied once more by
	// the inverse document frequency: 0.15. Without it, the commonest words of speech keep
	// too much weight. 0 for none.
	RarityBoost float64
	// ShortestPart is the least length, in bytes, of the parts into which a word that the
	// collection does not know is read as a compound: 4. Shorter ones would be words in
	// words: an, in, the.
	ShortestPart int
}

// Term is a word of a question.
type Term struct {
	Word     string   // normalised
	Any      []string // the normalised words that stand for it in the record: itself, or a compound's parts
	All      bool     // whether all of Any are needed to stand for it
	Synonyms []string // normalised words that mean nearly the same
	Weight   float64  // inverse document frequency, times the weight of the question it is from
	Passages int      // how many of the collection's passages have it
	History  bool     // from an earlier question of the conversation

	synonymWeight float64       // what a synonym counts against the word itself
	related       []relatedStem // to the word and to each of Synonyms; none where they are not looked up
}

// Met is how far words have what stands for the term: 1 for the term itself, the
// weight of synonyms for one of these, 0 for neither.
func (t Term) Met(words map[string]bool) float64 {
	has := func(w string) bool { return words[w] }
	lacks := func(w string) bool { return !words[w] }
	switch {
	case t.All && !slices.ContainsFunc(t.Any, lacks), !t.All && slices.ContainsFunc(t.Any, has):
		return 1
	case slices.ContainsFunc(t.Synonyms, has):
		return t.synonymWeight
	}
	return 0
}

// stems are the normalised words by which related terms are looked up.
func (t Term) stems() []string { return append([]string{t.Word}, t.Synonyms...) }

// topicWords are the words of a question that say what it is about: without
// boilerplate, unless nothing else is left. Repetitions are dropped.
func topicWords(question string) []string {
	words := unique(askedWords(question))
	topic := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return boilerplate[w] })
	if len(topic) == 0 {
		return words
	}
	return topic
}

func unique(words []string) []string {
	seen := map[string]bool{}
	return slices.DeleteFunc(words, func(w string) bool {
		defer func() { seen[w] = true }()
		return seen[w]
	})
}

func (w TermWeights) newTerm(word string, weight float64, history bool) Term {
	t := Term{Word: word, Any: []string{word}, Weight: weight * w.meaning(word), History: history, synonymWeight: w.Synonym}
	if w.Synonym > 0 {
		t.Synonyms = synonyms[word]
	}
	return t
}

// meaning is what a word counts by what it is, however rare.
func (w TermWeights) meaning(word string) float64 {
	if generic[word] || vague(word) {
		return w.Generic
	}
	return 1
}

// weigh gives the terms their inverse document frequencies, and lets a compound
// that the collection does not know (cyberattack) stand for the parts that it
// knows (cyber attack).
func (w TermWeights) weigh(terms []Term, scope Scope) []Term {
	for i := range terms {
		t := &terms[i]
		t.Passages = scope.Frequencies[NewLexeme(t.Word)]
		if t.Passages == 0 {
			w.divide(t, scope)
		}
		t.Weight *= InverseDocumentFrequency(t.Passages, scope.Passages)
	}
	return terms
}

// divide replaces an unknown compound by its best known parts: those whose
// rarer part is the most frequent.
func (w TermWeights) divide(t *Term, scope Scope) {
	for _, parts := range splits(t.Word, w.ShortestPart) {
		n := min(scope.Frequencies[NewLexeme(parts[0])], scope.Frequencies[NewLexeme(parts[1])])
		if n > t.Passages {
			t.Passages, t.Any, t.All = n, []string{parts[0], parts[1]}, true
		}
	}
}

// splits are the ways to read a word as a compound of two words of at least shortest bytes.
func splits(word string, shortest int) [][2]string {
	if strings.ContainsFunc(word, words.ByCharacter) {
		return nil
	}
	var pairs [][2]string
	for i := shortest; i <= len(word)-shortest; i++ {
		left, right := normalize(word[:i]), normalize(word[i:])
		if left != "" && right != "" {
			pairs = append(pairs, [2]string{left, right})
		}
	}
	return pairs
}

// boosted is the weight of a lexeme that so many passages have, by RarityBoost.
func (w TermWeights) boosted(weight float64, passages int, scope Scope) float32 {
	return float32(weight * math.Pow(InverseDocumentFrequency(passages, scope.Passages), w.RarityBoost))
}
