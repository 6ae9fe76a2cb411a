package api

import (
	"cmp"
	"net/http"
	"strconv"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/access"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
)

// How many questions a page offers, and the transcripts whose questions are tried for it: the
// newest.
const (
	defaultExamples    = 4
	maxExamples        = 20
	transcriptsToTryIn = 6
)

// exampleQuestions offers questions that the record answers within a filter.
func (s *server) exampleQuestions(w http.ResponseWriter, r *http.Request) error {
	values, err := query(r, "collection", "transcript", "speaker", "role", "from", "to", "limit")
	if err != nil {
		return err
	}
	q := answer.ExamplesQuery{Filter: filterOf(values), Limit: defaultExamples}
	if text := values.Get("limit"); text != "" {
		if q.Limit, err = strconv.Atoi(text); err != nil || q.Limit < 1 || q.Limit > maxExamples {
			return fault.New(fault.Invalid, "limit %q is out of range; use 1 to %d", text, maxExamples)
		}
	}
	if q.Transcripts = []string{q.Filter.Transcript}; q.Filter.Transcript == "" {
		page, err := s.Library.List(r.Context(), retrieval.ListQuery{Collection: cmp.Or(q.Filter.Collection, access.Collection(r.Context())), Limit: transcriptsToTryIn})
		if err != nil {
			return err
		}
		q.Transcripts = nil
		for _, stored := range page.Transcripts {
			q.Transcripts = append(q.Transcripts, stored.ID)
		}
	}
	examples, err := s.Answers.Examples(r.Context(), q)
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, examples)
}
