package api

import (
	"context"
	"net/http"
	"strconv"

	"github.com/pullquote/pullquote/internal/correction"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/wire"
	"github.com/pullquote/pullquote/retrieval"
)

// editTranscript mends what is said of a transcript as a whole.
func (s *server) editTranscript(w http.ResponseWriter, r *http.Request) error {
	var facts correction.Facts
	if err := readJSON(r, &facts); err != nil {
		return err
	}
	return s.revise(w, r, http.StatusOK, func(ctx context.Context, id string) (retrieval.StoredTranscript, bool, error) {
		return s.Library.Edit(ctx, id, facts)
	})
}

// editTurn mends a turn.
func (s *server) editTurn(w http.ResponseWriter, r *http.Request) error {
	turn, err := strconv.Atoi(r.PathValue("n"))
	if err != nil {
		return fault.New(fault.NotFound, "there is no turn %q; turns have numbers, from 0 on", r.PathValue("n"))
	}
	var edit correction.TurnEdit
	if err := readJSON(r, &edit); err != nil {
		return err
	}
	return s.revise(w, r, http.StatusOK, func(ctx context.Context, id string) (retrieval.StoredTranscript, bool, error) {
		return s.Library.EditTurn(ctx, id, turn, edit)
	})
}

// reparse reads the file of a transcript again. Nothing is asked of the client, so its
// body, if there is one, is not read.
func (s *server) reparse(w http.ResponseWriter, r *http.Request) error {
	return s.revise(w, r, http.StatusCreated, s.Library.Reparse)
}

// revise answers with the transcript as it is now, and where it stands if that is a new
// version.
func (s *server) revise(w http.ResponseWriter, r *http.Request, made int, do func(context.Context, string) (retrieval.StoredTranscript, bool, error)) error {
	ctx, cancel := context.WithTimeout(r.Context(), s.UploadTimeout)
	defer cancel()
	stored, changed, err := do(ctx, r.PathValue("id"))
	if err != nil {
		return err
	}
	if !changed {
		return writeJSON(w, http.StatusOK, wire.Transcript(stored))
	}
	w.Header().Set("Location", "/v1/transcripts/"+stored.ID)
	return writeJSON(w, made, wire.Transcript(stored))
}
