package mcpserver

import (
	"context"
	"strings"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/draft"
	"github.com/pullquote/pullquote/internal/export"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/wire"
	"github.com/pullquote/pullquote/retrieval"
)

type verifyArguments struct {
	Text string `json:"text" jsonschema:"The text, plain or Markdown, whose quotations are to be checked, with the words that say who is quoted."`
	retrieval.Filter
}

// verdicts are the shape of POST /v1/verify.
type verdicts struct {
	Quotes []answer.Verdict `json:"quotes" jsonschema:"A verdict for each quotation, in the order of the text."`
	Short  int              `json:"short" jsonschema:"How many quotations were too short to check, and credited to nobody."`
}

func (s *Server) verifyQuotes(ctx context.Context, in verifyArguments, _ func(string)) (verdicts, error) {
	filter, err := in.Filter.Validate(ctx) // also where there is no quotation to look for
	if err != nil {
		return verdicts{}, err
	}
	if strings.TrimSpace(in.Text) == "" {
		return verdicts{}, fault.New(fault.Invalid, "text is empty; give the text whose quotations are to be checked")
	}
	checked, err := export.Verify(ctx, s.Verifier, s.Library, []byte(in.Text), draft.Source{ContentType: "text/markdown"}, filter)
	if err != nil {
		return verdicts{}, err
	}
	return verdicts{wire.Verdicts(checked.Verdicts), checked.Draft.Short}, nil
}
