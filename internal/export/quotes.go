package export

import (
	"context"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/draft"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// Quotes reads the quotations of a file that is to be checked: of an exported
// document those with a note, and apart from them what was added to it since; of
// any other file those of a draft.
func Quotes(file []byte, source draft.Source) (cited []answer.CitedQuote, rest draft.Draft, err error) {
	exported, isExport, err := Read(file, source)
	if err != nil {
		return nil, draft.Draft{}, err
	}
	if isExport {
		file, source = []byte(exported.Rest), draft.Source{ContentType: "text/plain"}
	}
	rest, err = draft.Read(file, source)
	return exported.Quotes, rest, err
}

// Verifier checks the quotations of a draft, and those of an exported answer at the places that
// they cite, against the record.
type Verifier interface {
	// VerifyAll returns a verdict for each quotation, in their order.
	VerifyAll(ctx context.Context, quotes []answer.DraftQuote, filter retrieval.Filter) ([]answer.Verdict, error)
	// Recheck does so for those of an exported answer.
	Recheck(ctx context.Context, library answer.Transcripts, quotes []answer.CitedQuote) ([]answer.Verdict, error)
}

// Checked is a file with a verdict on each of its quotations.
type Checked struct {
	// Verdicts are of the quotations that have a note, if the file is an exported document, and
	// behind them of those of Draft.
	Verdicts []answer.Verdict
	// Draft is the file, but for what has a note.
	Draft draft.Draft
}

// SpanOf is where the quotation of a verdict, by its index, stands in the draft's text; one
// with a note stands nowhere in it.
func (c Checked) SpanOf(verdict int) (span sentence.Span, ok bool) {
	if i := verdict - (len(c.Verdicts) - len(c.Draft.Spans)); i >= 0 {
		return c.Draft.Spans[i], true
	}
	return sentence.Span{}, false
}

// Verify checks the quotations of a file.
func Verify(ctx context.Context, v Verifier, library answer.Transcripts, file []byte, source draft.Source, filter retrieval.Filter) (Checked, error) {
	cited, rest, err := Quotes(file, source)
	if err != nil {
		return Checked{}, err
	}
	rechecked, err := v.Recheck(ctx, library, cited)
	if err != nil {
		return Checked{}, err
	}
	checked, err := v.VerifyAll(ctx, rest.Quotes, filter)
	return Checked{append(rechecked, checked...), rest}, err
}
