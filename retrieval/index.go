package retrieval

import (
	"cmp"
	"context"
	"slices"

	"github.com/pullquote/pullquote/embeddings"
)

// Index is what a Searcher needs of the store. Its methods may be called
// concurrently; their errors carry a code of internal/fault.
type Index interface {
	// Scope resolves a filter and counts, in one trip, how many passages of the
	// collection have each lexeme. A collection that does not exist is an empty
	// scope; a transcript, or the id of a speaker, that is not in the collection is
	// "not_found".
	Scope(ctx context.Context, filter Filter, lexemes []Lexeme) (Scope, error)
	// Lexical finds the passages in scope with the highest sum of term weights,
	// best first; with the weights apart, in the order of the record.
	Lexical(ctx context.Context, scope Scope, q LexicalQuery) ([]Candidate, error)
	// Semantic finds the passages in scope nearest to the query by cosine, best first.
	// The query is a vector of the scope's model.
	Semantic(ctx context.Context, scope Scope, query Vector, limit int) ([]Candidate, error)
	// Hits reads turns with the questions that they answer, in the order of keys.
	Hits(ctx context.Context, scope Scope, keys []TurnKey) ([]Hit, error)
	// SentenceVectors reads the vectors of the sentences of turns, by the scope's model,
	// in the order of the record: by transcript and passage. Turns that have none are left
	// out: those that are not there, and those that were embedded before sentences were or
	// by a model that gives no vectors of them.
	SentenceVectors(ctx context.Context, scope Scope, keys []TurnKey) ([]PassageSentences, error)
	// Names are those under which people speak in the scope of a filter, in alphabetical
	// order. A collection that does not exist has none.
	Names(ctx context.Context, q NamesQuery) ([]PrintedName, error)
	Structure
}

// Scope is a filter that the store has resolved.
type Scope struct {
	Filter       Filter
	CollectionID string // empty: there is no such collection, and nothing to find
	Passages     int    // in the whole collection
	Narrow       bool   // the filter leaves so few of them that all can be read
	Unmatched    bool   // the filter leaves none of them
	// First and Last are the dates between which the events of the collection are, where the
	// filter leaves none of them; empty where no date is known.
	First, Last string
	Frequencies map[Lexeme]int
	// Speakers are the names that Filter.Speaker stands for, nil without that
	// filter.
	Speakers []string
	// Exceptions are single transcripts in which that is not so: a name of Speakers is
	// another person's there, or a name that is not of Speakers is theirs.
	Exceptions []Appearance
	Model      embeddings.Model // whose vectors are searched; zero: there are none
	ModelID    int16            // the store's name for it
}

// Empty reports whether nothing can be found in the scope.
func (s Scope) Empty() bool { return s.Nothing() != "" }

// Speaks reports whether a name in a transcript is one that Filter.Speaker
// stands for.
func (s Scope) Speaks(a Appearance) bool {
	return slices.Contains(s.Speakers, a.Name) != slices.Contains(s.Exceptions, a)
}

// WeightedLexeme is a term of a query. The weights multiply what the lexeme weighs in a
// passage.
type WeightedLexeme struct {
	Lexeme    Lexeme
	Weight    float32 // in the score of a passage by itself
	InContext float32 // in that of its context, see ContextScore
	InPlace   float32 // in that of its place, see PlaceScore: the rarity alone
	Passages  int     // that have it
	Speaker   bool    // it is a word of speakers' names
	SameWord  Lexeme  // of such a word: the same word as it is said, if that is a term too; else 0
	RelatedTo Lexeme  // the term of the question that it is evidence of; 0 for a term of the question
}

// indexOf is where a lexeme stands among terms; -1 if it does not.
func indexOf(terms []WeightedLexeme, lexeme Lexeme) int {
	return slices.IndexFunc(terms, func(t WeightedLexeme) bool { return t.Lexeme == lexeme })
}

// LexicalQuery asks for the passages that rank best for Terms.
type LexicalQuery struct {
	Terms []WeightedLexeme // none: any passages that have one of Among will do
	// Among are the lexemes of which a passage must have one to be scored. Scoring every
	// passage of a common word is what makes full-text ranking slow, and says little.
	Among []Lexeme
	// Likely are scored first, and the others of Among only if need be; zero: all are scored.
	Likely LikelyPassages
	Limit  int
	Apart  bool // whether to tell what each term weighs in each passage
}

// LikelyPassages are those that have one of the lexemes Any, or two of the lexemes Both.
// Where Best of them score more than Reach, the others of LexicalQuery.Among are left out.
//
// This is MaxScore (Turtle and Flood, 1995, "Query Evaluation: Strategies and
// Optimizations"): Reach is what a passage can score at the most that is not likely, so that
// the best Best passages are those of all.
type LikelyPassages struct {
	Any, Both []Lexeme
	Best      int
	Reach     float32
}

// Empty reports whether no passages are told to be likely.
func (l LikelyPassages) Empty() bool { return len(l.Any) == 0 && len(l.Both) < 2 }

// CandidateGeneration bounds what the two indexes are asked for.
type CandidateGeneration struct {
	// Lexical is how many passages are taken from the search by words: 1000. They are the
	// context of each other, and ranked by it.
	Lexical int
	// SemanticPerHit is how many passages are taken from the search by vectors for each
	// hit that is wanted: 5, several of which may be of one turn. With 0 there is none.
	SemanticPerHit int
	// Postings is how many passages are scored, about, where no filter leaves few: 20000.
	// The common words of a question are in so many that they say little and cost most, so
	// its lexemes are looked up from the rarest on until their posting lists are as long.
	Postings int
	// RelatedPostings is the same of the terms related to a question's: 5000, since they
	// count less.
	RelatedPostings int
	// LikelyPostings is how many passages of the rarest terms are scored before others, see
	// Likely: 4000. With 0 all are scored at once.
	LikelyPostings int
	// LikelyRelated is the same of the terms related to a question's: 1000.
	LikelyRelated int
	// LikelyBoth is how long the posting lists are together, about, that are intersected to
	// find passages with two terms: 100000. The index does that without the passages, so it
	// costs a hundredth of scoring.
	LikelyBoth int
}

// Likely are the likely passages of a query: those of the rarest terms, those in which one of
// the other terms that are looked up is heavy, and those that have two of the next ones.
// What related terms weigh in other passages is little and left out of account.
func (c CandidateGeneration) Likely(q LexicalQuery) LikelyPassages {
	asked, related := askedAndRelated(q.Terms)
	l := LikelyPassages{Any: append(Rarest(asked, c.LikelyPostings, 0), Rarest(related, c.LikelyRelated, 0)...), Best: q.Limit}
	if c.LikelyPostings == 0 || len(l.Any) == len(q.Among) {
		return LikelyPassages{} // where all terms that are looked up are rare, there are no others
	}
	others := slices.DeleteFunc(asked, func(t WeightedLexeme) bool { return slices.Contains(l.Any, t.Lexeme) })
	if both := Rarest(others, c.LikelyBoth, 0); len(both) > 1 {
		l.Both = both
	}
	one, all := 0.0, 0.0 // of Both, a passage that is not likely has one at the most
	for _, t := range others {
		most := float64(t.Weight) * mostTermWeight
		if slices.Contains(q.Among, t.Lexeme) {
			l.Any = append(l.Any, t.Lexeme.Heavy())
			most = float64(t.Weight) * HeavyWeight
		}
		if slices.Contains(l.Both, t.Lexeme) {
			one = max(one, most)
		} else {
			all += most
		}
	}
	l.Reach = float32((one + all) * (1 + rounding))
	return l
}

// rounding is more than the part by which a sum of some terms in single precision may
// be off.
const rounding = 1e-5

// among is LexicalQuery.Among: all terms where a filter leaves few passages, else the
// rarest ones.
func (c CandidateGeneration) among(terms []WeightedLexeme, scope Scope) []Lexeme {
	if scope.Narrow {
		return Rarest(terms, 0, len(terms))
	}
	asked, related := askedAndRelated(terms)
	return append(Rarest(asked, c.Postings, 1), Rarest(related, c.RelatedPostings, 0)...)
}

// askedAndRelated divides terms into those of the question and those related to them.
func askedAndRelated(terms []WeightedLexeme) (asked, related []WeightedLexeme) {
	for _, t := range terms {
		if t.RelatedTo == 0 {
			asked = append(asked, t)
		} else {
			related = append(related, t)
		}
	}
	return asked, related
}

// Rarest are the lexemes of the rarest terms, the rarest first: as many as have together
// no more than the given number of passages, and at least the given number of lexemes.
func Rarest(terms []WeightedLexeme, passages, least int) []Lexeme {
	byFrequency := slices.SortedFunc(slices.Values(terms), func(a, b WeightedLexeme) int {
		return cmp.Or(cmp.Compare(a.Passages, b.Passages), cmp.Compare(a.Lexeme, b.Lexeme))
	})
	var lexemes []Lexeme
	total := 0
	for _, t := range byFrequency {
		if total += t.Passages; total > passages && len(lexemes) >= least {
			break
		}
		lexemes = append(lexemes, t.Lexeme)
	}
	return lexemes
}

// Vector is an embedded query.
type Vector struct {
	Model  embeddings.Model
	Values []float32
}

// TurnKey names a turn.
type TurnKey struct {
	TranscriptID string
	Turn         int
}

// Candidate is a passage that one half of the search found.
type Candidate struct {
	TurnKey
	Passage    int
	Start, End int       // of the passage, in code points of the canonical text
	Score      float64   // higher is better; comparable within one list only
	Weights    []float32 // what each of LexicalQuery.Terms weighs in the passage, in their order; nil unless Apart
}

// InRecord compares candidates in the order of the record: by transcript and passage.
func InRecord(a, b Candidate) int {
	return cmp.Or(cmp.Compare(a.TranscriptID, b.TranscriptID), cmp.Compare(a.Passage, b.Passage))
}
