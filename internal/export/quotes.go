package export

import (
	"context"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/draft"
	"github.com/pullquote/pullquote/retrieval"
)

// Quotes reads the quotations of a file that is to be checked: of an exported
// document those with a note, and apart from them what was added to it since; of
// any other file those of a draft.
func Quotes(file []byte, source draft.Source) (cited []answer.CitedQuote, rest draft.Draft, err error) {
	exported, isExport, err := Read(file)
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

// Verify checks the quotations of a file: those with a note, and then the others, of which so
// many are too short to check.
func Verify(ctx context.Context, v Verifier, library answer.Transcripts, file []byte, source draft.Source, filter retrieval.Filter) (verdicts []answer.Verdict, short int, err error) {
	cited, rest, err := Quotes(file, source)
	if err != nil {
		return nil, 0, err
	}
	rechecked, err := v.Recheck(ctx, library, cited)
	if err != nil {
		return nil, 0, err
	}
	checked, err := v.VerifyAll(ctx, rest.Quotes, filter)
	return append(rechecked, checked...), rest.Short, err
}
