package quotation

import (
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript"
)

// Match is a place in the record where a quotation stands, inside one turn.
type Match struct {
	Hit    int             // the turn, as an index of those given
	Span   transcript.Span // code points of the canonical text: the record's own words
	Status Status          // StatusExact or StatusNormalized
}

// Locate finds every place in turns where a quotation stands. It is what decides
// whether words may stand between quotation marks.
//
// A place is found when its words are those of the quotation after folding (see
// fold), it lies in one turn, and it neither begins nor ends inside a word or a
// number. Three liberties of typesetting are allowed besides, and make a match
// normalized: a final comma or full stop that the record does not have, unless
// it has a question mark; an ellipsis at the quotation's ends; and a first letter
// in brackets ([T]he) in the other case. Near matches are none.
func Locate(quote string, turns []retrieval.Hit) []Match {
	return NewTurns(turns, Thresholds{}).Locate(quote)
}

// Turns are turns of the record, prepared for looking quotations up. They may be
// used concurrently.
type Turns struct {
	turns      []preparedTurn
	thresholds Thresholds
	lexicon    func() lexicon // worked out when first needed: only what stands nowhere is compared
}

type preparedTurn struct {
	hit    retrieval.Hit
	runes  []rune
	folded folded
}

// NewTurns prepares turns. The thresholds are for Judge; Locate has none.
func NewTurns(hits []retrieval.Hit, thresholds Thresholds) *Turns {
	turns := make([]preparedTurn, len(hits))
	for i, h := range hits {
		turns[i] = preparedTurn{h, []rune(h.Text), fold(h.Text)}
	}
	compared := turns[:min(thresholds.Turns, len(turns))]
	return &Turns{turns, thresholds, sync.OnceValue(func() lexicon { return newLexicon(compared) })}
}

// Locate is the function Locate over these turns.
func (t *Turns) Locate(quote string) []Match {
	var matches []Match
	for _, p := range patternsOf(quote) {
		for i := range t.turns {
			for _, m := range t.turns[i].find(p) {
				m.Hit = i
				if !overlaps(matches, m) {
					matches = append(matches, m)
				}
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

func overlaps(matches []Match, m Match) bool {
	for _, other := range matches {
		if other.Hit == m.Hit && other.Span.Start < m.Span.End && m.Span.Start < other.Span.End {
			return true
		}
	}
	return false
}

// slice is the text of a span of the canonical text.
func (t *preparedTurn) slice(s transcript.Span) string {
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
		last := first + p.length - 1
		from, to := int(t.folded.glyphs[first].from), int(t.folded.glyphs[last].to)
		if !insideWord(t.runes, from) && !insideWord(t.runes, to) && !(p.cut && asks(t.runes[to:])) {
			span := transcript.Span{Start: t.hit.Start + from, End: t.hit.Start + to}
			m := Match{Span: span, Status: StatusNormalized}
			if t.slice(span) == p.quote {
				m.Status = StatusExact
			}
			matches = append(matches, m)
		}
		_, size := utf8.DecodeRuneInString(text[i:])
		before, text = first+1, text[i+size:]
	}
}

// asks reports whether a sentence that ends here is a question.
func asks(rest []rune) bool {
	for _, r := range rest {
		if m := markOf(r); m != singleQuote && m != doubleQuote && m != space {
			return r == '?' || r == '？'
		}
	}
	return false
}

// pattern is a folded text to be found for a quotation.
type pattern struct {
	text   string
	length int    // in characters
	quote  string // as it was written
	cut    bool   // a final comma or full stop has been taken off
}

// patternsOf are the texts that a quotation may stand for, the most literal first;
// none when it has no words.
func patternsOf(quote string) []pattern {
	quote = strings.TrimSpace(quote)
	whole := fold(quote).text
	if strings.IndexFunc(whole, isWordRune) < 0 {
		return nil
	}
	var patterns []pattern
	seen := map[string]bool{}
	add := func(text string, cut bool) {
		text = strings.TrimSpace(text)
		if text != "" && !seen[text] {
			seen[text] = true
			patterns = append(patterns, pattern{text, utf8.RuneCountInString(text), quote, cut})
		}
	}
	texts := []string{whole}
	if strings.Contains(whole, "…") {
		texts = append(texts, outerOmissions.ReplaceAllString(whole, ""))
	}
	for _, text := range texts {
		for _, variant := range bracketVariants(text) {
			add(variant, false)
			if end := len(variant) - 1; end >= 0 && (variant[end] == ',' || variant[end] == '.') {
				add(variant[:end], true)
			}
		}
	}
	return patterns
}

// outerOmissions are the ellipses at the ends of a folded quotation, with the
// punctuation that belongs to them.
var outerOmissions = regexp.MustCompile(`^( |…|\[…\]|\(…\))+|( |…|\[…\]|\(…\))+[,.]?$`)

// bracketed is a first letter whose case the writer has changed.
var bracketed = regexp.MustCompile(`(^|[^\pL\pN\pM])\[(\pL)\]`)

// maxBracketed bounds the letters whose two cases are tried.
const maxBracketed = 4

// bracketVariants are a folded text and, when it has first letters in brackets,
// the text without brackets and each of those letters in both cases.
func bracketVariants(text string) []string {
	variants := []string{text}
	if !strings.Contains(text, "[") {
		return variants
	}
	letters := bracketed.FindAllStringSubmatchIndex(text, -1)
	if len(letters) == 0 || len(letters) > maxBracketed {
		return variants
	}
	plain, at := []string{""}, 0
	for _, m := range letters {
		letter, _ := utf8.DecodeRuneInString(text[m[4]:])
		var longer []string
		for _, p := range plain {
			p += text[at : m[4]-1]
			longer = append(longer, p+string(unicode.ToLower(letter)), p+string(unicode.ToUpper(letter)))
		}
		plain, at = longer, m[5]+1
	}
	for _, p := range plain {
		variants = append(variants, p+text[at:])
	}
	return variants
}
