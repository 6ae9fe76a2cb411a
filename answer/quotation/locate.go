package quotation

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/internal/words"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// Match is a place in the record where a quotation stands, inside one turn.
type Match struct {
	Hit    int           // the turn, as an index of those given
	Span   sentence.Span // code points of the canonical text: the record's own words
	Status Status        // StatusExact or StatusNormalized, or StatusEdited, see JudgeDraft
	Edits  []Edit        // what an editor changed, in order, when edited
}

// Locate finds every place in turns where a quotation stands. It is what decides
// whether words may stand between quotation marks.
//
// A place is found when its words are those of the quotation after folding (see
// fold), it lies in one turn, and it neither begins nor ends inside a word or a
// number. Some liberties of typesetting are allowed besides, and make a match
// normalized: a final comma or full stop that the record does not have, unless it has
// a question mark or, before a full stop, goes on with a negation; an ellipsis at the quotation's ends; the
// marks of notes; and a hyphen where a line of the quotation ends. Near matches are none.
func Locate(quote string, turns []retrieval.Hit) []Match {
	return NewTurns(turns, Thresholds{}).Locate(quote)
}

// Turns are turns of the record, prepared for looking quotations up. They may be
// used concurrently.
type Turns struct {
	turns      []preparedTurn
	names      []retrieval.PrintedName // of the record, among which a credit has to tell whom it means
	thresholds Thresholds
	vocabulary func() vocabulary // worked out when first needed: only what stands nowhere is compared
}

type preparedTurn struct {
	hit    retrieval.Hit
	runes  []rune
	folded folded
	words  func() []word // of the folded text, worked out when first needed

	sentences func() []sentence.Span // of the text, likewise
}

// NewTurns prepares turns. The thresholds are for Judge, and so are the names of those who
// speak in the record; Locate has none.
func NewTurns(hits []retrieval.Hit, thresholds Thresholds, names ...retrieval.PrintedName) *Turns {
	turns := make([]preparedTurn, len(hits))
	for i, h := range hits {
		folded := fold(h.Text)
		turns[i] = preparedTurn{h, []rune(h.Text), folded, sync.OnceValue(folded.words), sync.OnceValue(func() []sentence.Span { return sentence.Split(h.Text) })}
	}
	compared := turns[:min(thresholds.Turns, len(turns))]
	return &Turns{turns, names, thresholds, sync.OnceValue(func() vocabulary { return newVocabulary(compared) })}
}

// Locate is the function Locate over these turns.
func (t *Turns) Locate(quote string) []Match {
	var matches []Match
	for _, p := range t.patternsOf(quote) {
		for i := range t.turns {
			for _, m := range t.turns[i].find(p) {
				m.Hit = i
				matches = withMatch(matches, m)
			}
		}
	}
	return matches
}

// Text are the words of the record at a place.
func (t *Turns) Text(m Match) string { return t.turns[m.Hit].slice(m.Span) }

// Len is how many turns they are.
func (t *Turns) Len() int { return len(t.turns) }

// Hit is the turn of a place.
func (t *Turns) Hit(m Match) retrieval.Hit { return t.turns[m.Hit].hit }

// withMatch adds a place to others, unless it shares characters with one that is no less
// exact, and instead of those that are less.
func withMatch(matches []Match, m Match) []Match {
	if m.Status == StatusExact {
		matches = slices.DeleteFunc(matches, func(other Match) bool { return other.Status != StatusExact && overlaps([]Match{m}, other) })
	}
	if overlaps(matches, m) {
		return matches
	}
	return append(matches, m)
}

// overlaps reports whether a place shares characters with one of others.
func overlaps(others []Match, m Match) bool {
	return slices.ContainsFunc(others, func(other Match) bool {
		return other.Hit == m.Hit && other.Span.Start < m.Span.End && m.Span.Start < other.Span.End
	})
}

// slice is the text of a span of the canonical text.
func (t *preparedTurn) slice(s sentence.Span) string {
	return string(t.runes[s.Start-t.hit.Start : s.End-t.hit.Start])
}

// find finds the places of a pattern in the turn.
func (t *preparedTurn) find(p pattern) []Match {
	var matches []Match
	text, before := t.folded.text, 0 // before counts the characters up to text
	for {
		i := strings.Index(text, p.text)
		if i < 0 {
			return matches
		}
		first := before + utf8.RuneCountInString(text[:i])
		if m, ok := t.matchAt(p, first); ok {
			matches = append(matches, m)
		}
		_, size := utf8.DecodeRuneInString(text[i:])
		before, text = first+1, text[i+size:]
	}
}

// matchAt is the place of a pattern that the folded text has from a glyph on, unless
// it begins or ends inside a word.
func (t *preparedTurn) matchAt(p pattern, glyph int) (Match, bool) {
	last := glyph + p.length - 1
	from, to := int(t.folded.glyphs[glyph].from), int(t.folded.glyphs[last].to)
	switch {
	case t.insideGlyph(glyph), t.insideGlyph(last + 1), insideWord(t.runes, from), insideWord(t.runes, to):
		return Match{}, false
	case p.cut != 0 && asks(t.runes[to:]), p.cut == '.' && t.denies(to), t.possesses(to):
		return Match{}, false
	}
	m := Match{Span: sentence.Span{Start: t.hit.Start + from, End: t.hit.Start + to}, Status: StatusNormalized}
	if t.slice(m.Span) == p.quote {
		m.Status = StatusExact
	}
	return m, true
}

// possesses reports whether the apostrophe of a possessive stands at a place, behind a plural or a name
// in s: the divers’ families are not the divers. It is a quotation mark where no word follows, or one
// is open.
func (t *preparedTurn) possesses(at int) bool {
	if at == 0 || at+2 >= len(t.runes) || !isApostrophe(t.runes[at]) || !strings.ContainsRune("sSxXzZß", t.runes[at-1]) ||
		!unicode.IsSpace(t.runes[at+1]) || !isWordRune(t.runes[at+2]) {
		return false
	}
	for i := at - 1; i >= 0; i-- {
		switch r := t.runes[i]; {
		case r == '‘' || r == '‚' || r == '‛':
			return false
		case isApostrophe(r) && (i == 0 || !isWordRune(t.runes[i-1])) && isWordRune(t.runes[i+1]):
			return false
		case isApostrophe(r) && i > 0 && !isWordRune(t.runes[i+1]): // it closed before
			return true
		}
	}
	return true
}

func isApostrophe(r rune) bool { return r == '’' || r == '\'' }

// insideGlyph reports whether the place before a glyph is inside a character of the
// original: a ligature.
func (t *preparedTurn) insideGlyph(i int) bool {
	return i > 0 && i < len(t.folded.glyphs) && t.folded.glyphs[i-1].to > t.folded.glyphs[i].from
}

// denies reports whether a clause that seems to end at a place goes on with a negation: a
// full stop after "we will" must not take the place of "not".
func (t *preparedTurn) denies(at int) bool {
	for at < len(t.runes) && markOf(t.runes[at]) == space {
		at++
	}
	end := at
	for end < len(t.runes) && isWordRune(t.runes[end]) && (end == at || !words.Unspaced(t.runes[end])) {
		end++
	}
	first := strings.ToLower(string(t.runes[at:end]))
	isNegation := func(g *grammar) bool { return g.words[negation][first] || slices.Contains(g.phrases[negation], first) }
	return slices.ContainsFunc(grammars(), isNegation) && slices.ContainsFunc(tongueOf(t.hit.Text), isNegation)
}

// asks reports whether a sentence that ends here is a question.
func asks(rest []rune) bool {
	for _, r := range rest {
		if m := markOf(r); m != singleQuote && m != doubleQuote && m != space {
			return r == '?' || r == '？' || r == '؟'
		}
	}
	return false
}
