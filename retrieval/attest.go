package retrieval

import (
	"context"
	"iter"
	"math"
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
)

// attested is a word as it stands in the record.
type attested struct {
	form    string
	cost    float64 // of the errors by which the typed word comes from it
	score   float64 // as that of a meantWord
	name    bool    // it has a capital there, in the middle of a sentence, or is a speaker's name
	speaker bool
}

// attest looks for a word in passages that the index says have it.
func (s *Searcher) attest(ctx context.Context, m meantWord, whole Scope) (attested, bool, error) {
	if m.stem == "" {
		form, cost := m.forms.likeliest()
		return attested{form: form, cost: cost}, true, nil
	}
	lexeme := NewLexeme(m.stem)
	if m.speaker != "" {
		lexeme = NewNameLexeme(m.speaker)
	}
	places, err := s.index.Lexical(ctx, whole, LexicalQuery{Among: []Lexeme{lexeme}, Limit: passagesAttested})
	if err != nil || len(places) == 0 {
		return attested{}, false, err
	}
	var keys []TurnKey
	for _, place := range places {
		keys = append(keys, place.TurnKey)
	}
	hits, err := s.index.Hits(ctx, whole, keys)
	if err != nil {
		return attested{}, false, err
	}
	var best attested
	found := false
	for _, h := range hits {
		for _, text := range m.texts(h) {
			if a, ok := m.in(text); ok && (!found || a.cost < best.cost || a.cost == best.cost && !a.name && best.name) {
				best, found = a, true
			}
		}
	}
	return best, found, nil
}

// texts are those of a hit's passage where the word may stand.
func (m meantWord) texts(h Hit) []string {
	switch {
	case m.speaker != "":
		return []string{string(h.Speaker)}
	case h.Question != nil:
		return []string{h.Text, string(h.Title), h.Question.Text}
	}
	return []string{h.Text, string(h.Title)}
}

// in finds a word in a text, with the capitals that it has there. In the middle of a
// sentence a capital makes it a name.
func (m meantWord) in(text string) (a attested, found bool) {
	if m.speaker != "" {
		for _, name := range nameTokens(text) {
			if fold(name) == m.speaker {
				return attested{form: name, cost: m.forms[m.speaker], name: true, speaker: true}, true
			}
		}
		return a, false
	}
	for at, token := range tokensAt(text) {
		form, cost := m.formOf(token)
		if form == "" {
			continue
		}
		name := startsUpper(form) && !beginsSentence(text[:at]) && !isShouted(form)
		if !name && (isShouted(form) || !hasInnerCapital(form)) {
			form = fold(form)
		}
		if !found || cost < a.cost || cost == a.cost && !name && a.name {
			a, found = attested{form: form, cost: cost, name: name}, true
		}
	}
	return a, found
}

// formOf is how a token writes one of the forms, with its cost; empty if it is none. An
// inflection of a form will do as well: who types missle means missile, and the record has
// missiles.
func (m meantWord) formOf(token string) (form string, cost float64) {
	token = strings.Trim(token, "'’-‐‑/&.")
	token = strings.TrimSuffix(strings.TrimSuffix(token, "'s"), "’s")
	folded := fold(token)
	if cost, ok := m.forms[strings.ReplaceAll(folded, "-", "")]; ok {
		return token, cost
	}
	for _, part := range strings.FieldsFunc(token, func(r rune) bool { return strings.ContainsRune("-‐‑/.&", r) }) {
		folded := fold(part)
		if cost, ok := m.forms[folded]; ok {
			return part, cost
		}
		if normalize(part) != m.stem {
			continue
		}
		others := meantWords{}
		for other, cost := range m.forms {
			if inflected(folded, other) {
				others[other] = cost + costInflected
			}
		}
		if other, cost := others.likeliest(); other != "" {
			return part, cost
		}
	}
	return "", 0
}

// costInflected is what it costs on top that only another inflection is in the record:
// taked would be one of take, where talked is there.
const costInflected = 0.3

// endings are those of inflection.
var endings = lexicon.Words("endings of inflections")

// inflected reports whether two words of one stem differ in an ending of inflection alone.
func inflected(a, b string) bool {
	common := 0
	for common < min(len(a), len(b)) && a[common] == b[common] {
		common++
	}
	a, b = a[common:], b[common:]
	ends := func(rest, other string) bool { return rest == "" || endings[rest] && (rest != "e" || other != "") }
	return ends(a, b) && ends(b, a)
}

func (m meantWords) likeliest() (word string, cost float64) {
	cost = math.Inf(1)
	for w, c := range m {
		if c < cost || c == cost && w < word {
			word, cost = w, c
		}
	}
	return word, cost
}

// tokensAt are the tokens of a text, with the bytes at which they begin.
func tokensAt(text string) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		at := 0
		for _, token := range tokens(text) {
			i := strings.Index(text[at:], token)
			if i < 0 {
				continue // a script without spaces, whose words overlap
			}
			if at += i; !yield(at, token) {
				return
			}
		}
	}
}
