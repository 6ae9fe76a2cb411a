package api

import (
	"net/http"

	"github.com/pullquote/pullquote/internal/access"
	"github.com/pullquote/pullquote/internal/wire"
	"github.com/pullquote/pullquote/retrieval"
)

// collectionsList are all collections: there are few.
type collectionsList struct {
	Collections []retrieval.Collection `json:"collections"`
}

func (s *server) listCollections(w http.ResponseWriter, r *http.Request) error {
	all, err := s.Library.Collections(access.Managing(r.Context()))
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, collectionsList{wire.List(all)})
}

// collectionEdit is what can be changed of a collection.
type collectionEdit struct {
	Name string `json:"name"`
}

func (s *server) renameCollection(w http.ResponseWriter, r *http.Request) error {
	var edit collectionEdit
	if err := readJSON(r, &edit); err != nil {
		return err
	}
	renamed, err := s.Library.RenameCollection(r.Context(), r.PathValue("name"), edit.Name)
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, renamed)
}

// deleteCollection tells what was deleted: how many transcripts.
func (s *server) deleteCollection(w http.ResponseWriter, r *http.Request) error {
	deleted, err := s.Library.DeleteCollection(r.Context(), r.PathValue("name"))
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, deleted)
}
