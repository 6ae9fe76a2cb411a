package api

import (
	"context"
	"net/http"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/fault"
)

// clippingsRequest names the quotations that a reader collected.
type clippingsRequest struct {
	Title     string     `json:"title"` // of the document that they leave as
	Citations []clipping `json:"citations"`
}

// clipping is the place of a quotation. All of it has to be given.
type clipping struct {
	TranscriptID *string `json:"transcript_id"`
	Turn         *int    `json:"turn"`
	Start        *int    `json:"start"`
	End          *int    `json:"end"`
}

// read are the places that a request names.
func (req clippingsRequest) read() ([]answer.Clipping, error) {
	if n := len(req.Citations); n == 0 || n > maxClippings {
		return nil, fault.New(fault.Invalid, "there are %d citations; give 1 to %d", n, maxClippings)
	}
	places := make([]answer.Clipping, len(req.Citations))
	for i, c := range req.Citations {
		if c.TranscriptID == nil || c.Turn == nil || c.Start == nil || c.End == nil {
			return nil, fault.New(fault.Invalid, "citation %d: a place has all of transcript_id, turn, start and end", i+1)
		}
		p := answer.Clipping{TranscriptID: *c.TranscriptID, Turn: *c.Turn, Start: *c.Start, End: *c.End}
		if p.Turn < 0 || p.Start < 0 || p.End < 1 {
			return nil, fault.New(fault.Invalid, "citation %d: turn %d, start %d and end %d are no place; turns and code points count from 0", i+1, p.Turn, p.Start, p.End)
		}
		places[i] = p
	}
	return places, nil
}

// maxClippings bounds the quotations of one document.
const maxClippings = 500

func readClippings(r *http.Request) (title string, places []answer.Clipping, err error) {
	var req clippingsRequest
	if err := readJSON(r, &req); err != nil {
		return "", nil, err
	}
	places, err = req.read()
	return req.Title, places, err
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
	_, places, err := readClippings(r)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(r.Context(), s.Timeout)
	defer cancel()
	cited, err := s.Verifier.CiteClippings(ctx, s.Library, places)
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
