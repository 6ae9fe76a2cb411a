package api

import (
	"cmp"
	"context"
	"io"
	"net/http"

	"github.com/pullquote/pullquote/internal/wire"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
)

func (s *server) addTranscript(w http.ResponseWriter, r *http.Request) error {
	ctx, cancel := context.WithTimeout(r.Context(), s.UploadTimeout)
	defer cancel()
	req, err := s.readUpload(w, r)
	if err != nil {
		return err
	}
	stored, created, err := s.Library.Add(ctx, req)
	if err != nil {
		return err
	}
	status := http.StatusOK
	if created {
		status = http.StatusCreated
		w.Header().Set("Location", "/v1/transcripts/"+stored.ID)
	}
	return writeJSON(w, status, wire.Transcript(stored))
}

// transcriptsPage is a page of records; NextCursor is null on the last.
type transcriptsPage struct {
	Transcripts []retrieval.StoredTranscript `json:"transcripts"`
	NextCursor  model.Optional               `json:"next_cursor"`
}

func (s *server) listTranscripts(w http.ResponseWriter, r *http.Request) error {
	values, limit, err := pageQuery(r, "collection")
	if err != nil {
		return err
	}
	page, err := s.Library.List(r.Context(), retrieval.ListQuery{
		Collection: cmp.Or(values.Get("collection"), retrieval.DefaultCollection),
		Cursor:     values.Get("cursor"),
		Limit:      limit,
	})
	if err != nil {
		return err
	}
	for i, stored := range page.Transcripts {
		page.Transcripts[i] = wire.Transcript(stored)
	}
	return writeJSON(w, http.StatusOK, transcriptsPage{wire.List(page.Transcripts), model.Optional(page.NextCursor)})
}

func (s *server) getTranscript(w http.ResponseWriter, r *http.Request) error {
	stored, err := s.Library.Get(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, wire.Transcript(stored))
}

func (s *server) deleteTranscript(w http.ResponseWriter, r *http.Request) error {
	if err := s.Library.Delete(r.Context(), r.PathValue("id")); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

type turnsResponse struct {
	Turns []model.Turn `json:"turns"`
}

func (s *server) getTurns(w http.ResponseWriter, r *http.Request) error {
	turns, err := s.Library.Turns(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, turnsResponse{wire.List(turns)})
}

func (s *server) getText(w http.ResponseWriter, r *http.Request) error {
	text, err := s.Library.Text(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	io.WriteString(w, text)
	return nil
}
