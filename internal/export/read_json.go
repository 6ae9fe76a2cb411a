package export

import (
	"encoding/json"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// readJSON reads what writeJSON wrote.
func readJSON(file []byte) (e Exported, ok bool, err error) {
	var document struct {
		Export  *int `json:"pullquote_export"`
		Answers []struct {
			Citations []answer.Citation `json:"citations"`
		} `json:"answers"`
	}
	if err := json.Unmarshal(file, &document); err != nil || document.Export == nil {
		return e, false, nil // not ours, then
	}
	if *document.Export > jsonVersion {
		return e, true, fault.New(fault.Unsupported, "the export is of version %d and this program reads up to %d; use a newer one", *document.Export, jsonVersion)
	}
	for _, a := range document.Answers {
		for _, c := range a.Citations {
			e.Quotes = append(e.Quotes, answer.CitedQuote{
				DraftQuote:   answer.DraftQuote{Text: c.Quote, Speaker: string(c.Speaker)},
				TranscriptID: c.TranscriptID, Turn: c.Turn, Span: sentence.Span{Start: c.Start, End: c.End}, SHA256: c.SHA256,
				Credits: func(speaker string) bool { return speaker == string(c.Credit().Certain()) },
			})
		}
	}
	return e, true, nil
}

// ReadSearch reads the search of which a JSON document is.
func ReadSearch(file []byte) (Search, error) {
	var document struct {
		Search *Search `json:"search"`
	}
	if err := json.Unmarshal(file, &document); err != nil || document.Search == nil {
		return Search{}, fault.New(fault.Invalid, "it is no saved search; make one with `pullquote search --format json QUERY`")
	}
	return *document.Search, nil
}
