package answer

import (
	"context"
	"log/slog"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/pullquote/pullquote/answer/quotation"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/observe"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
)

// Verdict is what became of a quotation that was checked against the record.
type Verdict struct {
	Quote          string         `json:"quote"` // as the draft has it
	ClaimedSpeaker model.Optional `json:"claimed_speaker"`
	Line           int            `json:"line,omitempty"`
	Status         Status         `json:"status"`
	// Edits are what an editor changed when edited.
	Edits []Edit `json:"edits"`
	// Citation is where it stands: the one place when it holds or is edited, the first of Places when misattributed, else null.
	Citation *Citation `json:"citation"`
	// Closest is the nearest passage when altered, and when not found if any is near.
	Closest *Closest `json:"closest"`
	// Places are all who said it when misattributed or ambiguous, and the pieces in
	// their order when stitched.
	Places []Citation `json:"places"`
	Note   string     `json:"note,omitempty"`
}

// Holds reports whether the quotation is the record's wording, to the letter or with
// the record's words put in.
func (v Verdict) Holds() bool { return v.Status.Holds() }

// Fails reports whether the quotation has to be mended before it is printed.
func (v Verdict) Fails() bool { return v.Status.Fails() }

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
	ctx, end := observe.Start(ctx, observe.Draft)
	defer end()
	verdicts := make([]Verdict, len(quotes))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(max(1, v.limits.AtOnce))
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
	filter, err := filter.Validate(ctx)
	if err != nil {
		return Verdict{}, err
	}
	if len([]rune(q.Text)) > v.limits.MaxRunes {
		return Verdict{}, fault.New(fault.TooLarge, "the quotation on line %d is longer than %d characters; is it closed?", q.Line, v.limits.MaxRunes)
	}
	judgement, turns, err := v.judge(ctx, q, filter)
	if err != nil {
		return Verdict{}, err
	}
	v.log.DebugContext(ctx, "a quotation was checked", "status", judgement.Status, "turns", turns.Len(), "ms", retrieval.Milliseconds(time.Since(start)))
	verdict := v.verdict(q, judgement, turns)
	if verdict.Fails() && q.Within != nil && q.Within.Speaker != "" {
		if within, err := v.Verify(ctx, *q.Within, filter); err != nil || !within.Fails() || verdict.Status == StatusNotFound {
			return within, err
		}
	}
	if q.Loose && verdict.Fails() {
		return v.verdict(q, quotation.Judgement{Status: StatusUnchecked, Note: "it may be the draft's own words, as a term or a pull quote is; the record does not have it of whom the draft names"}, turns), nil
	}
	if q.Continues == "" || verdict.Fails() {
		return verdict, nil
	}
	return v.asPart(ctx, q, filter, verdict)
}

// asPart is the verdict on a quotation that goes on with an interrupted sentence: its own,
// where the record has the whole, or not even what it goes on with; else that on the whole.
// The comma before an interruption may be the draft's own, and stand outside of the marks.
func (v *Verifier) asPart(ctx context.Context, q DraftQuote, filter retrieval.Filter, own Verdict) (Verdict, error) {
	var whole Verdict
	bare := strings.TrimRight(q.Continues, ",，、 ")
	for _, before := range distinct([]string{q.Continues, bare, bare + ","}) {
		part := DraftQuote{Text: before + " " + q.Text, Speaker: q.Speaker, Line: q.Line}
		judgement, turns, err := v.judge(ctx, part, filter)
		if err != nil {
			return Verdict{}, err
		}
		if whole = v.verdict(part, judgement, turns); !whole.Fails() {
			own.Note = whole.Note
			return own, nil
		}
	}
	before, _, err := v.judge(ctx, DraftQuote{Text: q.Continues, Speaker: q.Speaker}, filter)
	if err != nil || before.Status.Fails() {
		return own, err
	}
	whole.Quote = q.Text
	if whole.Status == StatusNotFound {
		whole.Status = StatusStitched
	}
	whole.Note = join("; ", "the draft interrupts a sentence here that the record does not have as one", whole.Note)
	return whole, nil
}

// judge judges a quotation, whose speaker's name may be misspelt by a letter.
func (v *Verifier) judge(ctx context.Context, q DraftQuote, filter retrieval.Filter) (quotation.Judgement, *quotation.Turns, error) {
	if q.Unchecked != "" {
		turns := quotation.NewTurns(nil, v.limits.Compare)
		return turns.JudgeDraft(q), turns, nil
	}
	names, respelt, err := v.credited(ctx, q.Speaker, filter)
	if err == nil && q.NamedAround != nil {
		q.NamedAround, names, err = v.mentioned(ctx, *q.NamedAround, filter)
	}
	if err != nil {
		return quotation.Judgement{}, nil, err
	}
	written := q.Speaker
	if respelt.credit != "" {
		q.Speaker = respelt.credit
	}
	judgement, turns, err := v.judgeAs(ctx, q, filter, names)
	if err == nil && respelt.credit != "" && judgement.Status != StatusMisattributed && len(judgement.Matches) > 0 {
		judgement.Note = join("; ", "the draft writes "+written+"; the record "+respelt.name, judgement.Note)
	}
	return judgement, turns, err
}

// judgeAs judges a quotation on the turns to which the whole of it leads and, as long as
// others could change the judgement, on those to which its portions lead.
func (v *Verifier) judgeAs(ctx context.Context, q DraftQuote, filter retrieval.Filter, names []retrieval.PrintedName) (quotation.Judgement, *quotation.Turns, error) {
	found, err := v.lookUp(ctx, q, filter, v.limits.Whole, []string{quotation.Wanted(q.Text)})
	if err != nil {
		return quotation.Judgement{}, nil, err
	}
	turns := quotation.NewTurns(found.hits, v.limits.Compare, names...)
	judgement := turns.JudgeDraft(q)
	if judgement.Certain() {
		return judgement, turns, nil
	}
	portions, err := v.lookUp(ctx, q, filter, v.limits.Portion, quotation.Portions(q.Text, v.limits.Compare.Pieces))
	if err != nil {
		return quotation.Judgement{}, nil, err
	}
	turns = quotation.NewTurns(distinctTurns(append(portions.hits, found.hits...)), v.limits.Compare, names...)
	judgement = turns.JudgeDraft(q)
	if found.incomplete && judgement.Note == "" && slices.Contains([]Status{StatusNotFound, StatusAltered, StatusStitched}, judgement.Status) {
		judgement.Note = "its words are too common to have been looked for everywhere; name the speaker or narrow the filter"
	}
	return judgement, turns, nil
}

// verdict tells a judgement with citations.
func (v *Verifier) verdict(q DraftQuote, j quotation.Judgement, turns *quotation.Turns) Verdict {
	result := Verdict{
		Quote: q.Text, ClaimedSpeaker: model.Optional(q.Speaker), Line: q.Line,
		Status: j.Status, Edits: append([]Edit{}, j.Edits...), Places: []Citation{}, Note: j.Note,
	}
	for _, m := range j.Matches {
		result.Places = append(result.Places, v.place(turns, m, len(result.Places)+1))
	}
	switch {
	case j.Status.Holds(), j.Status == StatusEdited:
		result.Citation, result.Places = &result.Places[0], []Citation{}
	case j.Status == StatusMisattributed:
		result.Citation = &result.Places[0]
	}
	if result.Citation != nil {
		result.Note = join("; ", result.Note, result.Citation.Caution())
	}
	if j.Closest != nil {
		result.Closest = &Closest{turns.Text(*j.Closest), j.Diff, v.place(turns, *j.Closest, 1)}
	}
	return result
}

// place is the citation of a match.
func (v *Verifier) place(turns *quotation.Turns, m quotation.Match, number int) Citation {
	c := v.cite(readTurn(turns.Hit(m)), m.Span)
	c.Number, c.Status = number, m.Status
	return c
}
