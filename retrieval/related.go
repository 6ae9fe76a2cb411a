package retrieval

import (
	_ "embed"
	"math"
	"slices"
	"strconv"
	"strings"
)

// RelatedTerms expands a query by an automatic thesaurus. A question and its answer often
// share no word: one asks of expenses, the other names a price. So words that are used in
// the same surroundings count as some evidence of a term of the question. They never count
// where it is decided whether the record answers (Term.Met).
type RelatedTerms struct {
	// Terms is how many terms of a question are looked up: 32. A longer question has words
	// enough. With 0 there are no related terms.
	Terms int
	// Weight is that of a related term whose cosine is 1, against the term of the
	// question: 0.45.
	Weight float64
	// Power is that of the cosine by which Weight is multiplied: 3. The less two words are
	// used alike, the less they count for each other.
	Power float64
}

// relatedTable is the thesaurus. It has a line for each stem: the stem, and those related
// to it, the nearest first, each with its cosine in hundredths. In order of stem.
//
//go:embed related.txt
var relatedTable string

// relatedWord is a stem that is related to another, and how far: a cosine.
type relatedWord struct {
	stem   string
	cosine float64
}

// relatedTo are the words related to a stem, by a binary search of the table.
func relatedTo(stem string) []relatedWord {
	from, to := 0, len(relatedTable) // of the lines that are left, in bytes
	for from < to {
		middle := (from + to) / 2
		start := strings.LastIndexByte(relatedTable[:middle], '\n') + 1
		line, _, _ := strings.Cut(relatedTable[start:], "\n")
		first, rest, _ := strings.Cut(line, " ")
		switch strings.Compare(first, stem) {
		case 0:
			return parseRelated(rest)
		case -1:
			from = start + len(line) + 1
		default:
			to = start
		}
	}
	return nil
}

func parseRelated(line string) []relatedWord {
	fields := strings.Fields(line)
	var words []relatedWord
	for i := 0; i+1 < len(fields); i += 2 {
		hundredths, _ := strconv.Atoi(fields[i+1])
		words = append(words, relatedWord{fields[i], float64(hundredths) / 100})
	}
	return words
}

// relatedStem is a stem of a term, and the words related to it.
type relatedStem struct {
	stem  string
	words []relatedWord
}

// lookUp finds what is related to each stem of the first terms of a question.
func (r RelatedTerms) lookUp(terms []Term) {
	for i := range terms[:min(r.Terms, len(terms))] {
		for _, stem := range terms[i].stems() {
			terms[i].related = append(terms[i].related, relatedStem{stem, relatedTo(stem)})
		}
	}
}

// withRelated appends the terms related to those of a query that the collection has. A
// word that names a speaker has none: what somebody else says is no evidence.
func (r *Ranking) withRelated(weighted []WeightedLexeme, terms []Term, names []nameWord, scope Scope) []WeightedLexeme {
	asked := weighted
	for _, t := range terms {
		if namesSpeaker(names, t.Word, scope) {
			continue
		}
		for _, stem := range t.related {
			i := indexOf(asked, NewLexeme(stem.stem))
			switch {
			case i >= 0:
				weighted = r.Related.appendTo(weighted, stem.words, asked[i], scope)
			case stem.stem == t.Word: // the collection lacks it, so what is related to it stands for itself
				weighted = r.Related.appendTo(weighted, stem.words, WeightedLexeme{Weight: r.Terms.boosted(t.Weight, 0, scope)}, scope)
			}
		}
	}
	return weighted
}

// appendTo appends the words related to a stem, as evidence of its term.
func (r RelatedTerms) appendTo(weighted []WeightedLexeme, words []relatedWord, term WeightedLexeme, scope Scope) []WeightedLexeme {
	for _, other := range words {
		lexeme := NewLexeme(other.stem)
		if passages := scope.Frequencies[lexeme]; passages > 0 && indexOf(weighted, lexeme) < 0 {
			rarity := InverseDocumentFrequency(passages, scope.Passages) / InverseDocumentFrequency(term.Passages, scope.Passages)
			weight := float32(r.Weight * math.Pow(other.cosine, r.Power) * min(1, rarity) * float64(term.Weight))
			weighted = append(weighted, WeightedLexeme{Lexeme: lexeme, Weight: weight, InContext: weight, Passages: passages, RelatedTo: term.Lexeme})
		}
	}
	return weighted
}

// mergeEvidence counts what each candidate has of a related term as evidence of the term of
// the question, at its share of that term's weight; and what it has of a speaker's name as
// evidence of the same word, too. It returns the terms of the question, without the related
// ones, and the candidates, whose Weights are of these then.
func mergeEvidence(candidates []Candidate, terms []WeightedLexeme) ([]Candidate, []WeightedLexeme) {
	asked := slices.DeleteFunc(slices.Clone(terms), func(t WeightedLexeme) bool { return t.RelatedTo != 0 })
	targets := evidenceOf(terms, asked)
	all := make([]float32, len(asked)*len(candidates)) // one allocation for the Weights of all candidates
	for c := range candidates {
		var weights []float32
		weights, all = all[:len(asked):len(asked)], all[len(asked):]
		for i, w := range candidates[c].Weights {
			for _, e := range targets[i] {
				weights[e.term] += e.share * w
			}
		}
		candidates[c].Weights = weights
	}
	return candidates, asked
}

// evidence says which term of the question something counts for, and how much.
type evidence struct {
	term  int
	share float32
}

// evidenceOf says of each term what it is evidence of, among the terms of the question.
func evidenceOf(terms, asked []WeightedLexeme) [][]evidence {
	of := make([][]evidence, len(terms))
	for i, t := range terms {
		if t.RelatedTo == 0 {
			of[i] = append(of[i], evidence{indexOf(asked, t.Lexeme), 1})
		} else {
			term := indexOf(asked, t.RelatedTo)
			of[i] = append(of[i], evidence{term, t.Weight / asked[term].Weight})
		}
		if t.SameWord != 0 {
			of[i] = append(of[i], evidence{indexOf(asked, t.SameWord), 1})
		}
	}
	return of
}
