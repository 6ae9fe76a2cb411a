package retrieval

import (
	"cmp"
	"context"
	"maps"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/lexicon"
)

// meantWord is a word of the record from which a misspelt word may have come. A stem of the
// record stands for several words, which may or may not be there: forms.
type meantWord struct {
	stem     string     // empty for a stop word
	forms    meantWords // words of the stem, with the cost of the errors
	cost     float64    // of the likeliest of forms
	score    float64    // cost, less what its frequency counts: the lower the likelier
	passages int        // of the collection that have it
	speaker  string     // of forms, the one that is in a speaker's name
}

// respell finds for unknown words those of the record from which they came.
func (s *Searcher) respell(ctx context.Context, unknown []typedWord, scope Scope) ([]Respelling, error) {
	whole := scope
	whole.Filter, whole.Speakers, whole.Exceptions = Filter{Collection: scope.Filter.Collection}, nil, nil
	var respellings []Respelling
	for _, w := range unknown {
		found, err := s.meant(ctx, w, whole)
		if err != nil {
			return nil, err
		}
		r, ok, err := s.choose(ctx, w, found, whole)
		if err != nil {
			return nil, err
		}
		if ok {
			respellings = append(respellings, r)
		}
	}
	return respellings, nil
}

// meant are the words of the record from which a word may have come, the likeliest first.
// Two errors are looked for only where one does not explain the word.
func (s *Searcher) meant(ctx context.Context, w typedWord, whole Scope) ([]meantWord, error) {
	_, most := mostCost(utf8.RuneCountInString(w.folded))
	if w.only != nil {
		spelt := oneError(w.folded, costSound)
		maps.DeleteFunc(spelt, func(word string, _ float64) bool { return !w.only[normalize(word)] })
		return s.known(ctx, spelt, whole)
	}
	found, err := s.known(ctx, oneError(w.folded, most), whole)
	if err != nil || len(found) > 0 && found[0].cost <= costLeftOut || most < 2*costDoubling {
		return found, err
	}
	return s.known(ctx, twoErrors(w.folded, most), whole)
}

// known are the words that the collection has, the likeliest first.
func (s *Searcher) known(ctx context.Context, among meantWords, whole Scope) ([]meantWord, error) {
	forms := map[string]meantWords{} // by stem
	var lexemes []Lexeme
	for word, cost := range among {
		stem := normalize(word)
		if stem == "" && !stopWords[word] {
			continue
		}
		if forms[stem] == nil {
			forms[stem] = meantWords{}
			lexemes = append(lexemes, NewLexeme(stem))
		}
		forms[stem][word] = cost
		lexemes = append(lexemes, NewNameLexeme(word))
	}
	slices.Sort(lexemes)
	counted, err := s.index.Scope(ctx, whole.Filter, slices.Compact(lexemes))
	if err != nil {
		return nil, err
	}
	var found []meantWord
	for stem, words := range forms {
		m := meantWord{stem: stem, forms: words, passages: counted.Frequencies[NewLexeme(stem)]}
		if stem == "" {
			m.passages = counted.Passages // nobody counts stop words: they are everywhere
		}
		spoken := meantWords{}
		for word, cost := range words {
			if n := counted.Frequencies[NewNameLexeme(word)]; n > 0 {
				spoken[word] = cost
				m.passages += n
			}
		}
		m.speaker, _ = spoken.likeliest()
		_, m.cost = words.likeliest()
		if m.passages > 0 {
			m.score = m.cost - s.ranking.Spelling.Frequency*math.Log10(float64(m.passages))
			found = append(found, m)
		}
	}
	slices.SortFunc(found, func(a, b meantWord) int {
		return cmp.Or(cmp.Compare(a.score, b.score), cmp.Compare(a.stem, b.stem))
	})
	return found, nil
}

// mostCost is the cost of errors up to which a word of so many letters is read as another,
// and up to which that is suggested. In short words any error leads to another word; long
// ones have room for two by ear. TestSpelling of internal/postgres has what that reaches.
func mostCost(letters int) (read, suggested float64) {
	switch {
	case letters <= 4:
		return costSwap, costSound
	case letters == 5:
		return costSound, costLeftOut
	case letters == 6:
		return costLeftOut, costAdded
	case letters <= 8:
		return 2 * costSound, 2 * costSound
	}
	return 2 * costSound, 2.5 * costSound
}

const (
	// mostAttested is how many words are looked for in the record at the most, the likeliest
	// first. That the index only seems to have a word, by a collision of hashes, is one case
	// in thousands; that it has only other words of the stem is more frequent.
	mostAttested = 3
	// passagesAttested is in how many passages each is looked for.
	passagesAttested = 5
)

// choose decides what a word is read as: the likeliest of those that are in the record as
// they are, or in an inflection.
func (s *Searcher) choose(ctx context.Context, w typedWord, found []meantWord, whole Scope) (Respelling, bool, error) {
	var best attested
	lead := math.Inf(1)
	for i, m := range found[:min(mostAttested, len(found))] {
		if i > 0 && best.form != "" && m.score > best.score+s.ranking.Spelling.Lead {
			break
		}
		seen, ok, err := s.attest(ctx, m, whole)
		if err != nil {
			return Respelling{}, false, err
		}
		seen.score = m.score + seen.cost - m.cost
		switch {
		case !ok:
		case best.form == "" || seen.score < best.score:
			if best.form != "" {
				lead = best.score - seen.score
			}
			best = seen
		default:
			lead = min(lead, seen.score-best.score)
		}
	}
	if best.form == "" {
		return Respelling{}, false, nil
	}
	read, suggested := mostCost(utf8.RuneCountInString(w.folded))
	switch {
	case best.name && !notPersons[fold(best.form)] && !soundsLike(w.folded, fold(best.form), best.cost):
		read = 0
	case !best.name && w.capital:
		read = 0 // it is typed as a name, and is none in the record
	}
	r := Respelling{
		Word: w.text, Suggestion: best.form, Speaker: best.speaker,
		Searched: lead >= s.ranking.Spelling.Lead && best.cost <= read,
	}
	return r, r.Searched || best.cost <= suggested, nil
}

// soundsLike reports whether a name that is typed and one of the record are one name,
// spelt by ear. Two people may be called nearly the same, Hansen and Jansen: a name that
// differs in what is heard is for the user to decide.
func soundsLike(typed, name string, cost float64) bool {
	consonants := func(word string) string {
		return strings.Map(func(r rune) rune {
			if isVowel(r) {
				return -1
			}
			return r
		}, word)
	}
	return cost <= costSound || consonants(typed) == consonants(name)
}

// notPersons are names that are nobody's, or of so few others that they are not taken for
// each other: days, months, countries.
var notPersons = lexicon.Union(lexicon.Words("weekdays"), lexicon.Months("en"), lexicon.Words("regions"))
