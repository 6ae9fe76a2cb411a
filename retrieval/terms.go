package retrieval

import (
	"math"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/internal/words"
)

// Term is a word of a question.
type Term struct {
	Word     string   // normalised
	Any      []string // the normalised words that stand for it in the record: itself, or a compound's parts
	All      bool     // whether all of Any are needed to stand for it
	Related  []string // normalised words that mean nearly the same
	Weight   float64  // inverse document frequency, times the weight of the question it is from
	Passages int      // how many of the collection's passages have it
	History  bool     // from an earlier question of the conversation

	near []nearStem // of the word and of each of Related; none where they are not looked near to
}

// RelatedWeight is what a related word counts against the word itself.
const RelatedWeight = 0.6

// Met is how far words have what stands for the term: 1 for the term itself,
// RelatedWeight for a related word, 0 for neither.
func (t Term) Met(words map[string]bool) float64 {
	has := func(w string) bool { return words[w] }
	lacks := func(w string) bool { return !words[w] }
	switch {
	case t.All && !slices.ContainsFunc(t.Any, lacks), !t.All && slices.ContainsFunc(t.Any, has):
		return 1
	case slices.ContainsFunc(t.Related, has):
		return RelatedWeight
	}
	return 0
}

// historyWeight is what a term of the conversation's earlier questions counts,
// halved with each further step back.
const historyWeight = 0.4

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

// draft are the terms of a query before the collection's statistics are known,
// and every lexeme whose frequency decides what becomes of them.
func draft(q Query) (terms []Term, names []nameWord, lexemes []Lexeme) {
	seen := map[string]bool{}
	add := func(question string, weight float64, history bool) {
		for _, w := range topicWords(question) {
			if !seen[w] {
				seen[w] = true
				terms = append(terms, newTerm(w, weight, history))
			}
		}
	}
	add(q.Text, 1, false)
	names = nameWords(q.Text, 1)
	weight := historyWeight
	for _, earlier := range slices.Backward(q.History) {
		add(earlier, weight, true)
		names = append(names, nameWords(earlier, weight)...)
		weight /= 2
	}
	for _, t := range terms {
		for _, w := range t.stems() {
			lexemes = append(lexemes, NewLexeme(w))
		}
		for _, parts := range splits(t.Word) {
			lexemes = append(lexemes, NewLexeme(parts[0]), NewLexeme(parts[1]))
		}
	}
	lookNear(terms)
	for _, t := range terms {
		for _, of := range t.near {
			for _, n := range of.words {
				lexemes = append(lexemes, NewLexeme(n.stem))
			}
		}
	}
	for _, n := range names {
		lexemes = append(lexemes, NewNameLexeme(n.word))
	}
	slices.Sort(lexemes)
	return terms, names, slices.Compact(lexemes)
}

func newTerm(word string, weight float64, history bool) Term {
	return Term{Word: word, Any: []string{word}, Related: related[word], Weight: weight * meaning(word), History: history}
}

// meaning is what a word counts by what it is, however rare.
func meaning(word string) float64 {
	if generic[word] || vague(word) {
		return genericWeight
	}
	return 1
}

// weigh gives the terms their inverse document frequencies, and lets a compound
// that the collection does not know (cyberattack) stand for the parts that it
// knows (cyber attack).
func weigh(terms []Term, scope Scope) []Term {
	for i := range terms {
		t := &terms[i]
		t.Passages = scope.Frequencies[NewLexeme(t.Word)]
		if t.Passages == 0 {
			expand(t, scope)
		}
		t.Weight *= inverseDocumentFrequency(t.Passages, scope.Passages)
	}
	return terms
}

// expand replaces an unknown compound by its best known parts: those whose
// rarer part is the most frequent.
func expand(t *Term, scope Scope) {
	for _, parts := range splits(t.Word) {
		n := min(scope.Frequencies[NewLexeme(parts[0])], scope.Frequencies[NewLexeme(parts[1])])
		if n > t.Passages {
			t.Passages, t.Any, t.All = n, []string{parts[0], parts[1]}, true
		}
	}
}

// shortestPart keeps splits from finding words in words: an, in, the.
const shortestPart = 4

// splits are the ways to read a word as a compound of two words.
func splits(word string) [][2]string {
	if strings.ContainsFunc(word, words.ByCharacter) {
		return nil
	}
	var pairs [][2]string
	for i := shortestPart; i <= len(word)-shortestPart; i++ {
		left, right := normalize(word[:i]), normalize(word[i:])
		if left != "" && right != "" {
			pairs = append(pairs, [2]string{left, right})
		}
	}
	return pairs
}

// rarityBoost is the power to which rare lexemes count more than by their inverse
// document frequency, in which the commonest words of speech still weigh too much.
const rarityBoost = 0.15

// weightedLexemes are the terms and names as the index takes them, each lexeme once,
// and after them what is near to them.
func weightedLexemes(terms []Term, names []nameWord, scope Scope) []WeightedLexeme {
	var weighted []WeightedLexeme
	add := func(lexeme Lexeme, weight, rarity float64, speaker bool) {
		n := scope.Frequencies[lexeme]
		if n > 0 && indexOf(weighted, lexeme) < 0 {
			w := boosted(weight, n, scope)
			weighted = append(weighted, WeightedLexeme{Lexeme: lexeme, Weight: w, Around: w, Rarity: float32(rarity), Passages: n, Speaker: speaker})
		}
	}
	for _, t := range terms {
		weight := t.Weight
		if namesSpeaker(names, t.Word, scope) {
			weight *= namingWeight
		}
		parts := float64(len(t.Any))
		for _, w := range t.Any {
			add(NewLexeme(w), weight/parts, t.Weight/meaning(t.Word)/parts, false)
		}
	}
	for _, name := range names {
		lexeme := NewNameLexeme(name.word)
		add(lexeme, name.weight*inverseDocumentFrequency(scope.Frequencies[lexeme], scope.Passages), 0, true)
	}
	for _, t := range terms {
		for _, w := range t.Related {
			n := scope.Frequencies[NewLexeme(w)]
			add(NewLexeme(w), RelatedWeight*min(t.Weight, inverseDocumentFrequency(n, scope.Passages)), 0, false)
		}
	}
	joinNames(weighted, terms, names, scope)
	return withNear(weighted, terms, names, scope)
}

// boosted is the weight of a lexeme that so many passages have, by rarityBoost.
func boosted(weight float64, passages int, scope Scope) float32 {
	return float32(weight * math.Pow(inverseDocumentFrequency(passages, scope.Passages), rarityBoost))
}
