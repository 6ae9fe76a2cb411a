package retrieval

import (
	"slices"
	"strings"
	"unicode"

	"github.com/pullquote/pullquote/internal/words"
)

// NameWeights decide what the names of speakers count. The words of a speaker's name are
// lexemes of their own: a turn by Mr. Baker is another matter than one that mentions
// bread. A question's words are looked up among them too, since it may name who spoke.
// With 0 for both Capital and Plain they are not.
type NameWeights struct {
	// Capital is the weight of a word with a capital as a speaker's name, against a word
	// of the topic: 1.5.
	Capital float64
	// Plain is the same of a word without a capital: 0.75, since it may be a word like any
	// other.
	Plain float64
	// AsWord multiplies what a word of the question counts in the words of turns, where it
	// is a speaker's name: 0.2, since others than the speaker may say it.
	AsWord float64
	// Joined multiplies the weight of a name in the context of a passage: 0.5, since it
	// counts there as evidence of the same word, too.
	Joined float64
}

// NewNameLexeme is the identity of a word of a speaker's name.
func NewNameLexeme(word string) Lexeme { return NewLexeme("@" + word) }

// nameWord is a word of a question that may be of a speaker's name.
type nameWord struct {
	word    string // folded, not stemmed
	stem    string // of the same word in a text; empty for a stop word
	weight  float64
	capital bool // it begins with one and not the question: most likely it is a name
}

// words are those of a question that may name a speaker, each once.
func (w NameWeights) words(question string, weight float64) []nameWord {
	var names []nameWord
	for i, token := range nameTokens(question) {
		first := []rune(token)[0]
		n := nameWord{word: strings.TrimSuffix(fold(token), "'s"), weight: weight * w.Plain, capital: unicode.IsUpper(first) && i > 0}
		n.stem = normalize(n.word)
		letter := len([]rune(n.word)) == 1
		switch {
		case letter && (!n.capital || token == "I"), !letter && n.stem == "":
			continue
		case unicode.IsUpper(first):
			n.weight = weight * w.Capital
		}
		if n.weight > 0 && !slices.ContainsFunc(names, func(m nameWord) bool { return m.word == n.word }) {
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

// namesSpeaker reports whether a word of a question is the name of a speaker whom the
// collection knows.
func namesSpeaker(names []nameWord, word string, scope Scope) bool {
	return slices.ContainsFunc(names, func(n nameWord) bool {
		return n.capital && n.stem == word && scope.Frequencies[NewNameLexeme(n.word)] > 0
	})
}

// joinNames makes a word and the speakers of that name one term of the context: a place is
// about Mr. Baker where he speaks, and where others speak of him.
func (r *Ranking) joinNames(weighted []WeightedLexeme, terms []Term, names []nameWord, scope Scope) {
	for _, t := range terms {
		said := indexOf(weighted, NewLexeme(t.Word))
		if said < 0 {
			continue
		}
		passages := weighted[said].Passages
		for _, name := range names {
			spoken := indexOf(weighted, NewNameLexeme(name.word))
			if spoken < 0 || name.stem != t.Word || weighted[spoken].SameWord != 0 {
				continue
			}
			weighted[spoken].SameWord = weighted[said].Lexeme
			weighted[spoken].InContext *= float32(r.Names.Joined)
			passages = min(passages+weighted[spoken].Passages, scope.Passages)
			rarity := InverseDocumentFrequency(passages, scope.Passages) / InverseDocumentFrequency(t.Passages, scope.Passages)
			weighted[said].InContext = r.Terms.boosted(t.Weight*rarity, passages, scope)
			weighted[said].InPlace = float32(t.Weight / r.Terms.meaning(t.Word) * rarity)
		}
	}
}
