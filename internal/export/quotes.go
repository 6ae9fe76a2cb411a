package export

import (
	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/draft"
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
