package api

import (
	"context"
	"net/http"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/fault"
)

// clippingsRequest names the quotations that a reader collected.
type clippingsRequest struct {
	Title     string            `json:"title"` // of the document that they leave as
	Citations []answer.Clipping `json:"citations"`
}

// maxClippings bounds the quotations of one document.
const maxClippings = 500

func readClippings(r *http.Request) (req clippingsRequest, err error) {
	if err := readJSON(r, &req); err != nil {
		return req, err
	}
	if n := len(req.Citations); n == 0 || n > maxClippings {
		return req, fault.New(fault.Invalid, "there are %d citations; give 1 to %d", n, maxClippings)
	}
	for i, c := range req.Citations {
		if c.Turn < 0 || c.Start < 0 || c.End < 1 {
			return req, fault.New(fault.Invalid, "citation %d: turn %d, start %d and end %d are no place; turns and code points count from 0", i+1, c.Turn, c.Start, c.End)
		}
	}
	return req, nil
}

// clippingsResponse has what the record has at each place, in the order of the request.
type clippingsResponse struct {
	Citations []citedClipping `json:"citations"`
}

// citedClipping is a citation, or the problem why there is none.
type citedClipping struct {
	Citation *answer.ChosenCitation `json:"citation"`
	Problem  *problem               `json:"problem"`
}

// citeClippings reads the words at the places that are named.
func (s *server) citeClippings(w http.ResponseWriter, r *http.Request) error {
	req, err := readClippings(r)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(r.Context(), s.Timeout)
	defer cancel()
	cited, err := s.Verifier.CiteClippings(ctx, s.Library, req.Citations)
	if err != nil {
		return err
	}
	response := clippingsResponse{make([]citedClipping, len(cited))}
	for i, c := range cited {
		if c.Err != nil {
			p := problemOf(c.Err)
			response.Citations[i].Problem = &p
			continue
		}
		response.Citations[i].Citation = &c.ChosenCitation
	}
	return writeJSON(w, http.StatusOK, response)
}
