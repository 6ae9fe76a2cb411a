package answer

import (
	"cmp"
	"context"
	"log/slog"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/pullquote/pullquote/answer/quotation"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript"
)

// Verdict is what became of a quotation that was checked against the record.
type Verdict struct {
	Quote          string              `json:"quote"` // as the draft has it
	ClaimedSpeaker transcript.Optional `json:"claimed_speaker"`
	Line           int                 `json:"line,omitempty"`
	Status         Status              `json:"status"`
	// Citation is where it stands: the one place when it holds, the first of Places when misattributed, else null.
	Citation *Citation `json:"citation"`
	// Closest is the nearest passage when altered, and when not found if any is near.
	Closest *Closest `json:"closest"`
	// Places are all who said it when misattributed or ambiguous, and the pieces in
	// their order when stitched.
	Places []Citation `json:"places"`
	Note   string     `json:"note,omitempty"`
}

// Holds reports whether the quotation may be printed as it is, or with the
// record's words put in.
func (v Verdict) Holds() bool { return v.Status.Holds() }

// Closest is the passage of the record that comes nearest to a quotation.
type Closest struct {
	Quote    string     `json:"quote"` // the record's words
	Diff     []DiffPart `json:"diff"`  // what makes the quotation that passage
	Citation Citation   `json:"citation"`
}

// Verifier checks quotations against the record. It is safe for concurrent use.
type Verifier struct {
	citer
	limits Verification
	index  retrieval.Index
	log    *slog.Logger
}

// NewVerifier makes a Verifier; publicURL is the base of the links in citations.
func NewVerifier(index retrieval.Index, publicURL string, log *slog.Logger, options ...Option) *Verifier {
	return &Verifier{citer{publicURL}, evidenceOf(options).Verification, index, log}
}

// VerifyAll checks the quotations of a draft; the verdicts are in their order.
func (v *Verifier) VerifyAll(ctx context.Context, quotes []DraftQuote, filter retrieval.Filter) ([]Verdict, error) {
	if len(quotes) > v.limits.MaxQuotations {
		return nil, fault.New(fault.TooLarge, "the draft has %d quotations, and at most %d are checked at once; divide it", len(quotes), v.limits.MaxQuotations)
	}
	verdicts := make([]Verdict, len(quotes))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(v.limits.AtOnce)
	for i, q := range quotes {
		group.Go(func() (err error) {
			verdicts[i], err = v.Verify(ctx, q, filter)
			return err
		})
	}
	return verdicts, group.Wait()
}

// Verify checks a quotation. The passages that may have it are looked up in the
// index by its words; then Judge decides on their turns.
func (v *Verifier) Verify(ctx context.Context, q DraftQuote, filter retrieval.Filter) (Verdict, error) {
	start := time.Now()
	filter, err := filter.Validate()
	if err != nil {
		return Verdict{}, err
	}
	if len([]rune(q.Text)) > v.limits.MaxRunes {
		return Verdict{}, fault.New(fault.TooLarge, "the quotation on line %d is longer than %d characters; is it closed?", q.Line, v.limits.MaxRunes)
	}
	found, err := v.lookUp(ctx, q, filter, v.limits.Whole, []string{q.Text})
	if err != nil {
		return Verdict{}, err
	}
	turns := quotation.NewTurns(found.hits, v.limits.Compare)
	judgement := turns.Judge(q)
	if !judgement.Certain() { // pieces of it may be where the whole did not lead
		portions, err := v.lookUp(ctx, q, filter, v.limits.Portion, quotation.Portions(q.Text, v.limits.Compare.Pieces))
		if err != nil {
			return Verdict{}, err
		}
		found.hits = distinctTurns(append(portions.hits, found.hits...))
		turns = quotation.NewTurns(found.hits, v.limits.Compare)
		judgement = turns.Judge(q)
	}
	if judgement.Status == StatusNotFound && found.incomplete && judgement.Note == "" {
		judgement.Note = "its words are too common to have been looked for everywhere; name the speaker or narrow the filter"
	}
	v.log.Debug("a quotation was checked", "status", judgement.Status, "turns", len(found.hits), "ms", retrieval.Milliseconds(time.Since(start)))
	return v.verdict(q, judgement, turns), nil
}

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

// verdict tells a judgement with citations.
func (v *Verifier) verdict(q DraftQuote, j quotation.Judgement, turns *quotation.Turns) Verdict {
	result := Verdict{
		Quote: q.Text, ClaimedSpeaker: transcript.Optional(q.Speaker), Line: q.Line,
		Status: j.Status, Places: []Citation{}, Note: j.Note,
	}
	for _, m := range j.Matches {
		result.Places = append(result.Places, v.cite(turns, m, len(result.Places)+1))
	}
	switch {
	case j.Status.Holds():
		result.Citation, result.Places = &result.Places[0], []Citation{}
	case j.Status == StatusMisattributed:
		result.Citation = &result.Places[0]
	}
	if j.Closest != nil {
		result.Closest = &Closest{turns.Text(*j.Closest), j.Diff, v.cite(turns, *j.Closest, 1)}
	}
	return result
}

// cite makes the citation of a match.
func (v *Verifier) cite(turns *quotation.Turns, m quotation.Match, number int) Citation {
	c := v.citer.cite(turns.Hit(m), m.Span)
	c.Number, c.Status = number, m.Status
	return c
}
