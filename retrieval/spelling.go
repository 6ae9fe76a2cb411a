package retrieval

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/words"
)

// Spelling decides which words of a question are read as others: those that neither the
// collection has, in what is said and in the names of its speakers, nor the dictionary,
// and that come from a word of the collection by the errors of edits.go.
//
// The index has no list of words, only their hashes (Lexeme). So the words from which a
// word may have come are made, and their frequencies looked up as a question's are: that
// takes no table, and nothing while files are stored. A hash alone is no proof: the word is
// then looked for in a passage that is said to have it, where its capitals stand, too.
type Spelling struct {
	// Words is how many unknown words of a question are looked at: 4. Who types more of
	// them asks in another language, or of something that the record does not have. With 0
	// every word is taken as it is typed.
	Words int
	// Shortest is the least letters of a word that is looked at: 4. Most words of three are
	// one error away from each other.
	Shortest int
	// Longest is the most letters of one: 24. No word that is said has more.
	Longest int
	// Frequency is what tenfold frequency in the record counts against the cost of an error:
	// 0.2.
	Frequency float64
	// Lead is how far the best word must be ahead of the next, in cost, to be searched for:
	// 0.3.
	Lead float64
}

// dictionaryLanguage is the language of which isReal has a dictionary.
const dictionaryLanguage = "en"

// Respelling is a word of a question that the record does not have, and the word of the
// record from which it most likely came.
type Respelling struct {
	Word       string `json:"word"`       // as it was typed
	Suggestion string `json:"suggestion"` // as the record writes it
	Searched   bool   `json:"searched"`   // it was searched for instead; else it is for the user to decide
	Speaker    bool   `json:"speaker"`    // it is of a speaker's name
}

// QuestionReading is a question as it is read by the words of a collection.
type QuestionReading struct {
	// Text is the question with speakers' names in capitals, and with the words in place that
	// are searched for instead of misspelt ones; History are those before it, likewise.
	Text    string
	History []string
	// DidYouMean are the words that the record does not have, and what they may be.
	DidYouMean []Respelling
}

// Notice says, in words for the user, what was read otherwise than it was typed.
func (r QuestionReading) Notice() string {
	var read, suggested []string
	for _, w := range r.DidYouMean {
		if w.Searched {
			read = append(read, w.Word+" as "+w.Suggestion)
		} else {
			suggested = append(suggested, w.Suggestion+" where you typed "+w.Word)
		}
	}
	var notice string
	if len(read) > 0 {
		notice = "Read " + strings.Join(read, ", ") + "."
	}
	if len(suggested) > 0 {
		notice = strings.TrimSpace(notice + " Did you mean " + strings.Join(suggested, ", ") + "?")
	}
	return notice
}

// respelled reports whether other words are searched for than those that were typed.
func (r QuestionReading) respelled() bool {
	return slices.ContainsFunc(r.DidYouMean, func(r Respelling) bool { return r.Searched })
}

// Read reads a question by the words of its collection. A search does it by itself, unless
// its query is AsTyped.
func (s *Searcher) Read(ctx context.Context, q Query) (QuestionReading, error) {
	q, err := q.validate(ctx)
	if err != nil {
		return QuestionReading{}, err
	}
	pending := s.ranking.pendingQuery(q)
	scope, err := s.index.Scope(ctx, q.Filter, pending.lexemes(s.ranking.Terms.ShortestPart))
	if err != nil {
		return QuestionReading{}, err
	}
	return s.read(ctx, q, s.ranking.Terms.weigh(pending.terms, scope), scope)
}

// read reads a question by the words of the collection: small letters of speakers' names
// as capitals, and misspelt words as those of the record. Where the collection has all
// words it asks nothing of the index.
func (s *Searcher) read(ctx context.Context, q Query, terms []Term, scope Scope) (QuestionReading, error) {
	r := QuestionReading{Text: q.Text, History: q.History}
	if q.AsTyped || scope.CollectionID == "" || scope.Passages == 0 {
		return r, nil
	}
	if scope.Empty() {
		var err error
		r.DidYouMean, err = s.nearestNames(ctx, scope)
		return r, err
	}
	typed := typedWords(q.Text)
	replacements := map[string]string{} // by the word as it is typed
	afterName := false
	for _, w := range typed {
		if afterName = w.isName(scope, afterName); afterName {
			replacements[w.text] = capitalised(w.text)
		}
	}
	var err error
	if r.DidYouMean, err = s.misspelt(ctx, q, typed, terms, scope); err != nil {
		return r, err
	}
	for _, f := range r.DidYouMean {
		if f.Searched {
			replacements[f.Word] = f.Suggestion
		}
	}
	if len(replacements) == 0 {
		return r, nil
	}
	r.Text = replaceWords(q.Text, replacements)
	r.History = slices.Clone(q.History)
	for i, earlier := range r.History {
		r.History[i] = replaceWords(earlier, replacements)
	}
	return r, nil
}

// misspelt are the words of a question that the record does not have, and what they may be.
func (s *Searcher) misspelt(ctx context.Context, q Query, typed []typedWord, terms []Term, scope Scope) ([]Respelling, error) {
	unknown := s.unknown(typed, terms, scope)
	if len(unknown) == 0 || len(unknown) > s.ranking.Spelling.Words {
		return nil, nil
	}
	found, err := s.respell(ctx, unknown, scope)
	if err != nil {
		return nil, err
	}
	if code := strangeLanguage(q.Text, terms); code != "" && code != dictionaryLanguage {
		// Its words are no misspelt ones of the record's. Names may be.
		return slices.DeleteFunc(found, func(r Respelling) bool { return !r.Speaker }), nil
	}
	return withoutNames(typed, unknown, found), nil
}

// unknown are the words that the collection does not have, each once: neither themselves
// nor the parts of a compound. Those of the language are left out, unless they have other
// spellings.
func (s *Searcher) unknown(typed []typedWord, terms []Term, scope Scope) []typedWord {
	known := map[string]bool{}
	for _, t := range terms {
		known[t.Word] = t.Passages > 0
	}
	var unknown []typedWord
	for _, w := range typed {
		letters := utf8.RuneCountInString(w.folded)
		switch has, asked := known[w.stem]; {
		case !asked, has, scope.Frequencies[NewNameLexeme(w.folded)] > 0,
			letters < s.ranking.Spelling.Shortest, letters > s.ranking.Spelling.Longest,
			w.capital && strings.ToUpper(w.text) == w.text, // NATO: acronyms are all alike
			slices.ContainsFunc(unknown, func(u typedWord) bool { return u.text == w.text }):
			continue
		}
		if w.isReal() {
			if w.only = w.spellings(); len(w.only) == 0 {
				continue
			}
		}
		unknown = append(unknown, w)
	}
	return unknown
}

// withoutNames takes what is said to be misspelt, and no speaker's name, for a suggestion
// alone where it stands beside a word that is not found: the two are rather the name of
// somebody whom the record does not have. Greta Lunberg is not great.
func withoutNames(typed, unknown []typedWord, found []Respelling) []Respelling {
	unfound := func(i int) bool {
		if i < 0 || i >= len(typed) {
			return false
		}
		return slices.ContainsFunc(unknown, func(u typedWord) bool { return u.text == typed[i].text }) &&
			!slices.ContainsFunc(found, func(r Respelling) bool { return r.Word == typed[i].text })
	}
	for i, w := range typed {
		at := slices.IndexFunc(found, func(r Respelling) bool { return r.Word == w.text && !r.Speaker })
		if at >= 0 && (unfound(i-1) || unfound(i+1)) {
			found[at].Searched = false
		}
	}
	return found
}

// nearestNames are for the words of a filter's speaker, whom the collection does not have,
// the words of those whom it has.
func (s *Searcher) nearestNames(ctx context.Context, scope Scope) ([]Respelling, error) {
	if len(scope.Speakers)+len(scope.Exceptions) > 0 {
		return nil, nil
	}
	names := typedWords(scope.Filter.Speaker)
	var lexemes []Lexeme
	for _, n := range names {
		lexemes = append(lexemes, NewNameLexeme(n.folded))
	}
	known, err := s.index.Scope(ctx, Filter{Collection: scope.Filter.Collection}, lexemes)
	if err != nil {
		return nil, err
	}
	names = slices.DeleteFunc(names, func(n typedWord) bool { return known.Frequencies[NewNameLexeme(n.folded)] > 0 })
	found, err := s.respell(ctx, names[:min(len(names), s.ranking.Spelling.Words)], scope)
	found = slices.DeleteFunc(found, func(r Respelling) bool { return !r.Speaker })
	for i := range found {
		found[i].Searched = false
	}
	if err != nil || len(found) > 0 {
		return found, err
	}
	return s.nearestName(ctx, scope.Filter)
}

// manyNames are more than a misspelt one is compared with: of those of so many people some
// are always near.
const manyNames = 1000

// nearestName is for the speaker of a filter the name that is a slip or two of the keyboard
// away, as a whole or in its last word, where it is no error that spelling explains.
func (s *Searcher) nearestName(ctx context.Context, f Filter) ([]Respelling, error) {
	printed, err := s.index.Names(ctx, NamesQuery{Filter: Filter{Collection: f.Collection}, Limit: manyNames})
	if err != nil {
		return nil, err
	}
	var names []string
	for _, p := range printed {
		names = append(names, p.Name)
	}
	for _, p := range printed {
		if parts := strings.Fields(p.Name); len(parts) > 1 {
			names = append(names, parts[len(parts)-1])
		}
	}
	nearest := words.Nearest(f.Speaker, names)
	if nearest == "" {
		return nil, nil
	}
	return []Respelling{{Word: f.Speaker, Suggestion: nearest, Speaker: true}}, nil
}
