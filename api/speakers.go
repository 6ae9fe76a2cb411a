package api

import (
	"cmp"
	"net/http"

	"github.com/pullquote/pullquote/internal/access"
	"github.com/pullquote/pullquote/internal/wire"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
)

// speakersPage is a page of the directory; NextCursor is null on the last.
type speakersPage struct {
	Speakers   []retrieval.Speaker `json:"speakers"`
	NextCursor model.Optional      `json:"next_cursor"`
}

func (s *server) listSpeakers(w http.ResponseWriter, r *http.Request) error {
	values, limit, err := pageQuery(r, "collection", "name")
	if err != nil {
		return err
	}
	page, err := s.Library.Speakers(r.Context(), retrieval.SpeakersQuery{
		Collection: cmp.Or(values.Get("collection"), access.Collection(r.Context())),
		Name:       values.Get("name"),
		Cursor:     values.Get("cursor"),
		Limit:      limit,
	})
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, speakersPage{wire.List(page.Speakers), model.Optional(page.NextCursor)})
}

func (s *server) getSpeaker(w http.ResponseWriter, r *http.Request) error {
	speaker, err := s.Library.Speaker(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, speaker)
}

// editedSpeakers are the entries that an edit has changed: the one that was
// edited, then the one that was split off it, if any.
type editedSpeakers struct {
	Speakers []retrieval.Speaker `json:"speakers"`
}

func (s *server) editSpeaker(w http.ResponseWriter, r *http.Request) error {
	var edit retrieval.SpeakerEdit
	if err := readJSON(r, &edit); err != nil {
		return err
	}
	edited, err := s.Library.EditSpeaker(r.Context(), r.PathValue("id"), edit)
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, editedSpeakers{edited})
}
