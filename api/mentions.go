package api

import (
	"context"
	"net/http"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/retrieval"
)

type mentionsRequest struct {
	Phrase string           `json:"phrase"`
	Filter retrieval.Filter `json:"filter"`
	Cursor string           `json:"cursor"`
	Limit  int              `json:"limit"`
}

// mentions finds every place where a phrase stands.
func (s *server) mentions(w http.ResponseWriter, r *http.Request) error {
	var req mentionsRequest
	if err := readJSON(r, &req); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(r.Context(), s.Timeout)
	defer cancel()
	found, err := s.Answers.Mentions(ctx, answer.MentionsQuery(req))
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, found)
}
