package retrieval

import (
	"slices"
	"strings"
	"unicode"

	"github.com/pullquote/pullquote/internal/words"
)

// The words of speakers' names are lexemes of their own: a turn by Mr. Baker is
// another matter than one that mentions bread. A question's words are looked up
// among them too, since it may name who spoke.
const (
	nameWeight      = 1.5  // of a name with a capital, against a word of the topic
	plainNameWeight = 0.75 // of one without, which may be a word like any other
	namingWeight    = 0.2  // of a word as a word, when it is there to name a speaker
	joinedWeight    = 0.5  // of a name in a context, where it counts for the word that it is as well
)

// NewNameLexeme is the identity of a word of a speaker's name.
func NewNameLexeme(word string) Lexeme { return NewLexeme("@" + word) }

// nameWord is a word of a question that may be of a speaker's name.
type nameWord struct {
	word    string // folded, not stemmed
	stem    string // of the same word in a text; empty for a stop word
	weight  float64
	capital bool // inside the question, where only names have one
}

// nameWords are the words of a question that may name a speaker, each once.
func nameWords(question string, weight float64) []nameWord {
	var names []nameWord
	for i, token := range nameTokens(question) {
		first := []rune(token)[0]
		n := nameWord{word: strings.TrimSuffix(fold(token), "'s"), weight: weight * plainNameWeight, capital: unicode.IsUpper(first) && i > 0}
		n.stem = normalize(n.word)
		letter := len([]rune(n.word)) == 1
		switch {
		case letter && (!n.capital || token == "I"), !letter && n.stem == "":
			continue
		case unicode.IsUpper(first):
			n.weight = weight * nameWeight
		}
		if !slices.ContainsFunc(names, func(m nameWord) bool { return m.word == n.word }) {
			names = append(names, n)
		}
	}
	return names
}

// nameTokens are the words of a text as NameWords divides a name.
func nameTokens(text string) []string {
	var names []string
	for _, token := range tokens(text) {
		for _, part := range strings.Split(token, ".") {
			if part = strings.Trim(part, "'’-‐‑/&"); part != "" {
				names = append(names, part)
			}
		}
	}
	return names
}

// speakerWords are the words of a speaker's name by which a question names them: of
// scripts without spaces the same pairs of characters that a question gives.
func speakerWords(name string) []string {
	var cut []string
	for _, word := range NameWords(name) {
		cut = append(cut, words.Cut(word)...)
	}
	return cut
}

// namesSpeaker reports whether the question has word to name a speaker whom the
// collection knows.
func namesSpeaker(names []nameWord, word string, scope Scope) bool {
	return slices.ContainsFunc(names, func(n nameWord) bool {
		return n.capital && n.stem == word && scope.Frequencies[NewNameLexeme(n.word)] > 0
	})
}

// joinNames makes of a word and of the speakers who are called so one term of the
// context: a place is about the minister where they speak, and where others speak of them.
func joinNames(weighted []WeightedLexeme, terms []Term, names []nameWord, scope Scope) {
	for _, t := range terms {
		said := indexOf(weighted, NewLexeme(t.Word))
		if said < 0 {
			continue
		}
		passages := weighted[said].Passages
		for _, name := range names {
			spoken := indexOf(weighted, NewNameLexeme(name.word))
			if spoken < 0 || name.stem != t.Word || weighted[spoken].Said != 0 {
				continue
			}
			weighted[spoken].Said = weighted[said].Lexeme
			weighted[spoken].Around *= joinedWeight
			passages = min(passages+weighted[spoken].Passages, scope.Passages)
			rarity := inverseDocumentFrequency(passages, scope.Passages) / inverseDocumentFrequency(t.Passages, scope.Passages)
			weighted[said].Around = boosted(t.Weight*rarity, passages, scope)
			weighted[said].Rarity = float32(t.Weight / meaning(t.Word) * rarity)
		}
	}
}
