package export

import (
	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/draft"
)

// Quotes reads the quotations of a file that is to be checked: of an exported
// document those with a note, and apart from them what was added to it since; of
// any other file those of a draft.
func Quotes(file []byte, source draft.Source) (cited []answer.CitedQuote, quotes []answer.DraftQuote, err error) {
	exported, isExport, err := Read(file)
	if err != nil {
		return nil, nil, err
	}
	if isExport {
		file, source = []byte(exported.Rest), draft.Source{ContentType: "text/plain"}
	}
	quotes, err = draft.Quotes(file, source)
	return exported.Quotes, quotes, err
}
