package answer

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/sync/errgroup"

	"github.com/pullquote/pullquote/answer/quotation"
	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/retrieval"
)

// namesakes are the names of the record with a family name of speakers, among which a credit
// has to tell whom it means: those of a whole filter, whoever's words it asks for.
func namesakes(ctx context.Context, record interface {
	Names(ctx context.Context, q retrieval.NamesQuery) ([]retrieval.PrintedName, error)
}, filter retrieval.Filter, speakers ...string) ([]retrieval.PrintedName, error) {
	var words []string
	for _, speaker := range speakers {
		words = append(words, quotation.NameWords(speaker)...)
	}
	if len(words) == 0 {
		return nil, nil
	}
	return record.Names(ctx, retrieval.NamesQuery{Filter: filter, Words: sorted(words), Limit: mostNames})
}

// respelling is a credit in the record's spelling, with the record's name; empty where the
// draft's stands.
type respelling struct{ credit, name string }

// credited are the names among which a credit has to tell whom it means. Where nobody has
// such a name, it may be misspelt: then the names are those of who is meant.
func (v *Verifier) credited(ctx context.Context, speaker string, filter retrieval.Filter) ([]retrieval.PrintedName, respelling, error) {
	names, err := namesakes(ctx, v.index, filter, speaker)
	if err != nil || len(quotation.NameWords(speaker)) == 0 || quotation.IsNamed(speaker, names) {
		return names, respelling{}, err
	}
	everybody, err := v.index.Names(ctx, retrieval.NamesQuery{Filter: filter, Limit: mostNames})
	if err != nil || len(everybody) == mostNames { // among more than were read there may be another
		return names, respelling{}, err
	}
	credit, name, ok := quotation.Respelt(speaker, everybody)
	if !ok {
		return names, respelling{}, nil
	}
	names, err = namesakes(ctx, v.index, filter, credit)
	return names, respelling{credit, name}, err
}

// mentioned are the mentions of a draft in the record's spelling, and the names that they may be.
// Among those in passing only the spelling of the record counts.
func (v *Verifier) mentioned(ctx context.Context, m quotation.NamedAround, filter retrieval.Filter) (*quotation.NamedAround, []retrieval.PrintedName, error) {
	names, err := namesakes(ctx, v.index, filter, slices.Concat(m.Beside, m.Cited, m.Near, m.Around)...)
	if err != nil {
		return nil, nil, err
	}
	m.Beside = slices.Clone(m.Beside)
	for i, name := range m.Beside[:min(len(m.Beside), mostRespelt)] {
		if quotation.IsNamed(name, names) {
			continue
		}
		theirs, respelt, err := v.credited(ctx, name, filter)
		if err != nil {
			return nil, nil, err
		}
		if respelt.credit != "" {
			m.Beside[i], names = respelt.name, append(names, theirs...)
		}
	}
	return &m, names, nil
}

// mostRespelt is how many of the names beside a quotation are looked for in another spelling: 3.
const mostRespelt = 3

// findings are turns in which a quotation may stand, the likeliest first.
type findings struct {
	hits       []retrieval.Hit
	incomplete bool // there are more that may have it
}

// lookUp finds the turns that may have one of the texts: in all of the filter,
// and among the claimed speaker's own, where others cannot crowd them out.
func (v *Verifier) lookUp(ctx context.Context, q DraftQuote, filter retrieval.Filter, depth LookUp, texts []string) (findings, error) {
	var all, own candidates
	sought := make([]soughtText, len(texts))
	for i, text := range texts {
		sought[i] = soughtText{text, lexemesOf(text)}
	}
	group, groupCtx := errgroup.WithContext(ctx)
	group.Go(func() (err error) {
		all, err = v.candidates(groupCtx, filter, depth, sought)
		return err
	})
	if names := lexicon.ReadName(q.Speaker).Words; len(names) > 0 && filter.Speaker == "" {
		theirs, theirWords := filter, sought
		theirs.Speaker = names[len(names)-1]
		if len(retrieval.Words(q.Text)) == 0 { // it has stop words only: read what they said at all
			theirWords = []soughtText{{lexemes: []retrieval.Lexeme{retrieval.NewNameLexeme(theirs.Speaker)}}}
		}
		group.Go(func() (err error) {
			own, err = v.candidates(groupCtx, theirs, depth, theirWords)
			return err
		})
	}
	if err := group.Wait(); err != nil || all.scope.Empty() {
		return findings{}, err
	}
	keys := distinct(slices.Concat(own.having, all.having, own.best, all.best, own.rarest, all.rarest))
	hits, err := v.index.Hits(ctx, all.scope, keys)
	return findings{hits, all.incomplete}, err
}

// candidates are the turns of a scope that may have some texts, by their words.
type candidates struct {
	scope      retrieval.Scope
	having     []retrieval.TurnKey // of the passages that have all words of a text of common words
	best       []retrieval.TurnKey // of the passages that rank best for the words
	rarest     []retrieval.TurnKey // of passages with the rarest word of a text of few words
	incomplete bool                // there are more that may have one of the texts
}

// candidates generates the candidates of texts by the words of each, most likely first.
func (v *Verifier) candidates(ctx context.Context, filter retrieval.Filter, depth LookUp, texts []soughtText) (c candidates, err error) {
	var lexemes []retrieval.Lexeme
	for _, of := range texts {
		lexemes = append(lexemes, of.lexemes...)
	}
	if c.scope, err = v.index.Scope(ctx, filter, sorted(lexemes)); err != nil || c.scope.Empty() {
		return c, err
	}
	for _, of := range texts {
		if err := v.addCandidates(ctx, &c, of, depth); err != nil {
			return c, err
		}
	}
	return c, nil
}

// addCandidates adds those of one text. Where others may have its words more often, it is not
// surely among the passages that rank best for them: then those are added that have them all,
// and of a text of few words those with its rarest.
func (v *Verifier) addCandidates(ctx context.Context, c *candidates, text soughtText, depth LookUp) (err error) {
	terms := weighted(c.scope, text.lexemes)
	if len(terms) == 0 { // unless it has stop words only, the record has none of its words
		c.incomplete = c.incomplete || len(text.lexemes) == 0
		return nil
	}
	before, few := len(c.best), len(terms) <= v.limits.FewLexemes
	if c.best, err = v.lexical(ctx, c.best, c.scope, terms, depth.Best); err != nil {
		return err
	}
	crowded := len(c.best)-before == depth.Best
	if few {
		crowded = terms[0].Passages > depth.Rarest
		c.incomplete = c.incomplete || crowded
		if c.rarest, err = v.lexical(ctx, c.rarest, c.scope, terms[:1], depth.Rarest); err != nil {
			return err
		}
	}
	if !crowded {
		return nil
	}
	return v.addHaving(ctx, c, text.text, depth.Rarest, retrieval.ContainingQuery{
		Lexemes: lexemesAnywhere(text.text), Limit: v.limits.PassagesRead,
		Across: terms[0].Passages <= v.limits.PassagesRead, // its rarest word is looked for in all of them, and beside
	})
}

// addHaving adds the turns of the passages that have all words of a text, the first ones and of
// the others those that have them one after the other.
func (v *Verifier) addHaving(ctx context.Context, c *candidates, text string, first int, q retrieval.ContainingQuery) error {
	if len(q.Lexemes) == 0 {
		return nil
	}
	read, wanted := 0, inARow(text)
	err := v.index.Containing(ctx, c.scope, q, func(t retrieval.ContainingTurn) error {
		if read++; read <= first || strings.Contains(inARow(t.Text), wanted) {
			c.having = append(c.having, t.TurnKey)
		}
		return nil
	})
	c.incomplete = c.incomplete || !q.Across || read == q.Limit
	return err
}

// inARow are the letters and digits of a text in small letters, with a space where there are others.
func inARow(text string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) }), " ")
}

// lexical appends the turns of the passages that rank best for terms.
func (v *Verifier) lexical(ctx context.Context, keys []retrieval.TurnKey, scope retrieval.Scope, terms []retrieval.WeightedLexeme, limit int) ([]retrieval.TurnKey, error) {
	among := retrieval.Rarest(terms, v.limits.PassagesRead, v.limits.RarestLexemes)
	found, err := v.index.Lexical(ctx, scope, retrieval.LexicalQuery{Terms: terms, Among: among, Limit: limit})
	for _, c := range found {
		keys = append(keys, c.TurnKey)
	}
	return keys, err
}

// lexemesOf are the lexemes of a text, sorted, each once.
func lexemesOf(text string) []retrieval.Lexeme {
	var lexemes []retrieval.Lexeme
	for _, w := range retrieval.Words(text) {
		lexemes = append(lexemes, retrieval.NewLexeme(w))
	}
	return sorted(lexemes)
}

// soughtText is a text with the lexemes by which it is looked up.
type soughtText struct {
	text    string
	lexemes []retrieval.Lexeme
}

// weighted are the lexemes that the collection knows, rarest first, with their
// inverse document frequencies.
func weighted(scope retrieval.Scope, lexemes []retrieval.Lexeme) []retrieval.WeightedLexeme {
	var terms []retrieval.WeightedLexeme
	for _, l := range lexemes {
		if n := scope.Frequencies[l]; n > 0 {
			idf := retrieval.InverseDocumentFrequency(n, scope.Passages)
			terms = append(terms, retrieval.WeightedLexeme{Lexeme: l, Weight: float32(idf), Passages: n})
		}
	}
	slices.SortFunc(terms, func(a, b retrieval.WeightedLexeme) int {
		return cmp.Or(cmp.Compare(a.Passages, b.Passages), cmp.Compare(a.Lexeme, b.Lexeme))
	})
	return terms
}

// sorted are the values of a list in ascending order, each once.
func sorted[T cmp.Ordered](list []T) []T { return slices.Compact(slices.Sorted(slices.Values(list))) }

// distinct are the values of a list in their order, each once.
func distinct[T comparable](list []T) []T {
	seen := make(map[T]bool, len(list))
	return slices.DeleteFunc(list, func(x T) bool {
		defer func() { seen[x] = true }()
		return seen[x]
	})
}
