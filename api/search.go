package api

import (
	"context"
	"net/http"

	"github.com/pullquote/pullquote/internal/export"
	"github.com/pullquote/pullquote/internal/wire"
	"github.com/pullquote/pullquote/retrieval"
)

type searchRequest struct {
	Query   string           `json:"query"`
	History []string         `json:"history"` // earlier questions of the conversation, oldest first
	Limit   int              `json:"limit"`
	Filter  retrieval.Filter `json:"filter"`
}

type searchResponse struct {
	Hits       []retrieval.Hit        `json:"hits"`
	DidYouMean []retrieval.Respelling `json:"did_you_mean,omitempty"`
	Notice     string                 `json:"notice,omitempty"` // what the user should know of the search
}

func (s *server) search(w http.ResponseWriter, r *http.Request) error {
	values, err := query(r, "format", "style")
	if err != nil {
		return err
	}
	if _, err := export.StyleOf(values.Get("style")); err != nil {
		return err
	}
	var req searchRequest
	if err := readJSON(r, &req); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(r.Context(), s.Timeout)
	defer cancel()
	result, err := s.Searcher.Search(ctx, retrieval.Query{Text: req.Query, History: req.History, Filter: req.Filter, Limit: req.Limit})
	if err != nil {
		return err
	}
	if values.Get("format") != "" {
		return s.exportSearch(w, r, req, result, values)
	}
	return writeJSON(w, http.StatusOK, searchResponse{wire.List(result.Hits), result.Reading.DidYouMean, result.Notice()})
}
