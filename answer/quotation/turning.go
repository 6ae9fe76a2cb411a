package quotation

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/internal/words"
)

// vocable is what a word does in its sentence, as far as an editor has to mind it.
type vocable int

const (
	negation      vocable = iota // not, without, refuse
	condition                    // if, unless
	quantity                     // two, all, only, second
	certainty                    // may, always, now
	auxiliary                    // is, has
	clauseLink                   // and, which, because
	clauseSubject                // he, we
	coordination                 // and, but
	governing                    // of, to, the
	determiner                   // the, my
	pronoun                      // it, them
	possessive                   // its, our
	remark                       // sic
	supplied                     // the, that
	harmless                     // 委员会, which has a character of another list
	vocables
)

// grammar are the lists of a language.
type grammar struct {
	code    string
	told    bool            // by words: it is written in Latin letters, as others are
	known   map[string]bool // its commonest words, and those of its lists
	words   [vocables]map[string]bool
	phrases [vocables][]string // of several words, or in a script by whose characters words are told
}

// grammars are those of the languages that the lexicon knows.
var grammars = sync.OnceValue(func() []*grammar {
	byCode := map[string]*grammar{}
	of := func(code string) *grammar {
		if byCode[code] == nil {
			byCode[code] = &grammar{code: code, known: map[string]bool{}}
		}
		return byCode[code]
	}
	for _, language := range lexicon.Languages("commonest words") {
		of(language.Code).told = true
		of(language.Code).know(slices.Concat(language.Rows...))
	}
	for v, list := range [vocables][]lexicon.Language{
		negation: lexicon.Languages("negations"), condition: lexicon.Languages("conditions"),
		quantity: lexicon.Languages("quantities"), certainty: lexicon.Languages("words of certainty"),
		auxiliary: lexicon.Languages("auxiliary verbs"), clauseLink: lexicon.Languages("links of clauses"),
		coordination:  lexicon.Languages("coordinating conjunctions"),
		clauseSubject: lexicon.Languages("subjects of clauses"), governing: lexicon.Languages("words before nouns"),
		determiner: lexicon.Languages("determiners"), pronoun: lexicon.Languages("pronouns for nouns"),
		possessive: lexicon.Languages("possessive pronouns"), remark: lexicon.Languages("remarks of editors"),
		supplied: lexicon.Languages("words that editors supply"), harmless: lexicon.Languages("harmless compounds"),
	} {
		for _, language := range list {
			of(language.Code).add(vocable(v), slices.Concat(language.Rows...))
		}
	}
	var all []*grammar
	for _, g := range byCode {
		all = append(all, g)
	}
	return all
})

func (g *grammar) add(v vocable, items []string) {
	g.words[v] = map[string]bool{}
	for _, item := range items {
		if strings.Contains(item, " ") || strings.ContainsFunc(item, words.ByCharacter) {
			g.phrases[v] = append(g.phrases[v], item)
		} else {
			g.words[v][item] = true
		}
	}
	g.know(items)
}

func (g *grammar) know(words []string) {
	for _, word := range words {
		g.known[word] = true
	}
}

// tongue is the language of a turn, as far as it is told: all that it may be. What a list
// of any of them has counts.
type tongue []*grammar

// tongueOf tells the language by the words that each knows, its commonest and those of its
// lists. Of a short text it tells none, so that what any language has counts, and a doubt
// is not taken for consent. Languages in other scripts than the Latin are always among
// them, as their words are no others'.
func tongueOf(text string) tongue {
	counts := map[*grammar]int{}
	most := 0
	for i, w := range fold(text).words() {
		if i == tongueWords {
			break
		}
		for _, g := range grammars() {
			if g.known[strings.ToLower(w.text)] {
				counts[g]++
				most = max(most, counts[g])
			}
		}
	}
	if most < tellingWords {
		return grammars()
	}
	return slices.DeleteFunc(slices.Clone(tongue(grammars())), func(g *grammar) bool {
		return g.told && 2*counts[g] < most
	})
}

const (
	// tongueWords are read of a turn to tell its language: 300, of which a third are common.
	tongueWords = 300
	// tellingWords are known of a text whose language is told: 6. Fewer may be another's, too.
	tellingWords = 6
)

// has reports whether a text has a word of one of some kinds.
func (t tongue) has(text string, kinds ...vocable) bool {
	spoken := lower(fold(text).words())
	spaced := " " + strings.Join(spoken, " ") + " "
	byCharacter := strings.ContainsFunc(text, words.ByCharacter)
	for _, g := range t {
		together := ""
		if byCharacter {
			together = g.withoutHarmless(strings.Join(spoken, ""))
		}
		for _, v := range kinds {
			if slices.ContainsFunc(spoken, func(w string) bool { return g.is(w, v) }) ||
				slices.ContainsFunc(g.phrases[v], func(p string) bool {
					return strings.Contains(p, " ") && strings.Contains(spaced, " "+p+" ") || strings.Contains(together, p)
				}) {
				return true
			}
		}
	}
	return false
}

// startsWith reports whether the first word of a text is of a kind.
func (t tongue) startsWith(text string, v vocable) bool {
	spoken := fold(text).words()
	return len(spoken) > 0 && t.has(spoken[0].text, v)
}

// withoutHarmless takes out what only looks like words of the lists.
func (g *grammar) withoutHarmless(text string) string {
	for _, compound := range g.phrases[harmless] {
		text = strings.ReplaceAll(text, compound, "")
	}
	return text
}

// is reports whether a word, or a part that is elided in it, is of a kind.
func (g *grammar) is(word string, v vocable) bool {
	if g.words[v][word] || v == negation && strings.HasSuffix(word, "n't") {
		return true
	}
	before, after, elided := strings.Cut(word, "'")
	return elided && (g.words[v][before+"'"] || g.words[v][before] || g.words[v][after])
}

// turnsMeaning reports whether a text has what turns the meaning of words that gain or lose
// it: a negation, a condition, a quantity, how certain something is.
func (t tongue) turnsMeaning(text string) bool {
	return t.has(text, negation, condition, quantity, certainty) || strings.ContainsFunc(text, countsSomething)
}

// countsSomething reports whether a character is of a number or of an amount.
func countsSomething(r rune) bool {
	return unicode.IsNumber(r) || unicode.Is(unicode.Sc, r) || strings.ContainsRune("%‰°+=<>", narrow(r))
}

// lower are the texts of words in small letters.
func lower(words []word) []string {
	texts := make([]string, len(words))
	for i, w := range words {
		texts[i] = strings.ToLower(w.text)
	}
	return texts
}
