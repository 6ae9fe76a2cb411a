package answer

import (
	"cmp"
	"context"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/pullquote/pullquote/answer/quotation"
	"github.com/pullquote/pullquote/retrieval"
)

// findings are turns in which a quotation may stand, the likeliest first.
type findings struct {
	hits       []retrieval.Hit
	incomplete bool // there are more that may have it
}

// lookUp finds the turns that may have one of the texts: in all of the filter,
// and among the claimed speaker's own, where others cannot crowd them out.
func (v *Verifier) lookUp(ctx context.Context, q DraftQuote, filter retrieval.Filter, depth LookUp, texts []string) (findings, error) {
	var all, own ranking
	group, groupCtx := errgroup.WithContext(ctx)
	group.Go(func() (err error) {
		all, err = v.rank(groupCtx, filter, depth, texts)
		return err
	})
	if names := quotation.ReadName(q.Speaker).Words; len(names) > 0 && filter.Speaker == "" {
		theirs, theirTexts := filter, texts
		theirs.Speaker = names[len(names)-1]
		if len(retrieval.Words(q.Text)) == 0 { // it has stop words only: read what they said at all
			theirTexts = []string{theirs.Speaker}
		}
		group.Go(func() (err error) {
			own, err = v.rank(groupCtx, theirs, depth, theirTexts)
			return err
		})
	}
	if err := group.Wait(); err != nil || all.scope.Empty() {
		return findings{}, err
	}
	keys := distinct(slices.Concat(own.best, all.best, own.rarest, all.rarest))
	hits, err := v.index.Hits(ctx, all.scope, keys)
	return findings{hits, all.incomplete}, err
}

func distinct[T comparable](list []T) []T {
	seen := make(map[T]bool, len(list))
	return slices.DeleteFunc(list, func(x T) bool {
		defer func() { seen[x] = true }()
		return seen[x]
	})
}

// ranking are the turns of a scope that share the most telling words with texts.
type ranking struct {
	scope        retrieval.Scope
	best, rarest []retrieval.TurnKey
	incomplete   bool
}

func (v *Verifier) rank(ctx context.Context, filter retrieval.Filter, depth LookUp, texts []string) (r ranking, err error) {
	lexemes := make([][]retrieval.Lexeme, len(texts))
	for i, text := range texts {
		for _, w := range retrieval.Words(text) {
			lexemes[i] = append(lexemes[i], retrieval.NewLexeme(w))
		}
	}
	all := slices.Concat(lexemes...)
	slices.Sort(all)
	if r.scope, err = v.index.Scope(ctx, filter, slices.Compact(all)); err != nil || r.scope.Empty() {
		return r, err
	}
	for i := range texts {
		terms := weighted(r.scope, distinct(lexemes[i]))
		if len(terms) == 0 { // unless it has stop words only, the record has none of its words
			r.incomplete = r.incomplete || len(lexemes[i]) == 0
			continue
		}
		if r.best, err = v.lexical(ctx, r.best, r.scope, terms, depth.Best); err != nil {
			return r, err
		}
		if len(terms) > v.limits.FewLexemes {
			continue
		}
		r.incomplete = r.incomplete || terms[0].Passages > depth.Rarest
		if r.rarest, err = v.lexical(ctx, r.rarest, r.scope, terms[:1], depth.Rarest); err != nil {
			return r, err
		}
	}
	return r, nil
}

// lexical appends the turns of the passages that rank best for terms.
func (v *Verifier) lexical(ctx context.Context, keys []retrieval.TurnKey, scope retrieval.Scope, terms []retrieval.WeightedLexeme, limit int) ([]retrieval.TurnKey, error) {
	among := retrieval.Rarest(terms, v.limits.PassagesRead, v.limits.RarestLexemes)
	candidates, err := v.index.Lexical(ctx, scope, retrieval.LexicalQuery{Terms: terms, Among: among, Limit: limit})
	for _, c := range candidates {
		keys = append(keys, c.TurnKey)
	}
	return keys, err
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
