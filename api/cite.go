package api

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/transcript/sentence"
)

// cite makes the citation of words that a reader chose in a transcript.
func (s *server) cite(w http.ResponseWriter, r *http.Request) error {
	values, err := query(r, "start", "end", "whole_words")
	if err != nil {
		return err
	}
	req := answer.CiteRequest{TranscriptID: r.PathValue("id")}
	if req.Span, err = spanIn(values); err != nil {
		return err
	}
	if req.WholeWords, err = flagIn(values, "whole_words"); err != nil {
		return err
	}
	cited, err := s.Verifier.Cite(r.Context(), s.Library, req)
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, cited)
}

// spanIn is the span from start to end.
func spanIn(values url.Values) (span sentence.Span, err error) {
	for _, edge := range []struct {
		name string
		at   *int
	}{{"start", &span.Start}, {"end", &span.End}} {
		if *edge.at, err = strconv.Atoi(values.Get(edge.name)); err != nil {
			return span, fault.New(fault.Invalid, "%s is %q; give a number of code points in the canonical text", edge.name, values.Get(edge.name))
		}
	}
	return span, nil
}
