package retrieval

import (
	"slices"

	"github.com/pullquote/pullquote/internal/lexicon"
)

// pendingQuery is a query whose terms wait for the statistics of the collection: for their
// inverse document frequencies, and for what the collection lacks.
type pendingQuery struct {
	terms []Term
	names []nameWord
	seen  map[string]bool // words of terms
}

// pendingQuery reads a question, and those before it in the conversation, the latest first.
func (r *Ranking) pendingQuery(q Query) *pendingQuery {
	p := &pendingQuery{seen: map[string]bool{}}
	p.add(r, q.Text, 1, false)
	weight := r.Terms.History
	for _, earlier := range slices.Backward(q.History) {
		if weight > 0 {
			p.add(r, earlier, weight, true)
		}
		weight *= r.Terms.HistoryDecay
	}
	r.Related.lookUp(p.terms)
	return p
}

// add adds the words of a question that counts weight. A word of several questions is a
// term of the latest of them.
func (p *pendingQuery) add(r *Ranking, question string, weight float64, history bool) {
	for _, w := range topicWords(question) {
		if !p.seen[w] {
			p.seen[w] = true
			p.terms = append(p.terms, r.Terms.newTerm(w, weight, history))
		}
	}
	p.names = append(p.names, r.Names.words(question, weight)...)
}

// lexemes are those whose frequencies in the collection the query waits for.
func (p *pendingQuery) lexemes(shortestPart int) []Lexeme {
	var lexemes []Lexeme
	for _, t := range p.terms {
		for _, w := range t.stems() {
			lexemes = append(lexemes, NewLexeme(w))
		}
		for _, parts := range splits(t.Word, shortestPart) {
			lexemes = append(lexemes, NewLexeme(parts[0]), NewLexeme(parts[1]))
		}
		for _, of := range t.related {
			for _, other := range of.words {
				lexemes = append(lexemes, NewLexeme(other.stem))
			}
		}
	}
	for _, n := range p.names {
		lexemes = append(lexemes, NewNameLexeme(n.word))
	}
	slices.Sort(lexemes)
	return slices.Compact(lexemes)
}

// weighted are the terms and names of a query as the index takes them, each lexeme
// once, and after them the terms related to them. Lexemes that no passage has are left
// out.
func (r *Ranking) weighted(terms []Term, names []nameWord, scope Scope) []WeightedLexeme {
	var weighted []WeightedLexeme
	add := func(lexeme Lexeme, weight, inPlace float64, speaker bool) {
		n := scope.Frequencies[lexeme]
		if n > 0 && indexOf(weighted, lexeme) < 0 {
			w := r.Terms.boosted(weight, n, scope)
			weighted = append(weighted, WeightedLexeme{Lexeme: lexeme, Weight: w, InContext: w, InPlace: float32(inPlace), Passages: n, Speaker: speaker})
		}
	}
	for _, t := range terms {
		weight := t.Weight
		if namesSpeaker(names, t.Word, scope) {
			weight *= r.Names.AsWord
		}
		parts := float64(len(t.Any))
		for _, w := range t.Any {
			add(NewLexeme(w), weight/parts, t.Weight/r.Terms.meaning(t.Word)/parts, false)
		}
	}
	for _, name := range names {
		lexeme := NewNameLexeme(name.word)
		add(lexeme, name.weight*InverseDocumentFrequency(scope.Frequencies[lexeme], scope.Passages), 0, true)
	}
	for _, t := range terms {
		for _, w := range t.Synonyms {
			n := scope.Frequencies[NewLexeme(w)]
			add(NewLexeme(w), t.synonymWeight*min(t.Weight, InverseDocumentFrequency(n, scope.Passages)), 0, false)
		}
	}
	r.joinNames(weighted, terms, names, scope)
	return r.withRelated(weighted, terms, names, scope)
}

// pointsBack are words that stand for what an earlier question was about.
var pointsBack = lexicon.Words("words that point back")

// fewTopicWords are as many as a question that stands alone seldom has: "why?", "and in March?".
const fewTopicWords = 1

// inContext is the question as its vector is made from: behind the one before it, if it leans
// on that. A vector is of what a text is about, and such a question does not say it.
func (q Query) inContext() string {
	if len(q.History) == 0 {
		return q.Text
	}
	leans := slices.ContainsFunc(nameTokens(q.Text), func(w string) bool { return pointsBack[fold(w)] })
	if !leans && len(topicWords(q.Text)) > fewTopicWords {
		return q.Text
	}
	return q.History[len(q.History)-1] + " " + q.Text
}
