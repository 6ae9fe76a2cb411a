package api

import (
	"context"
	"net/http"
	"strconv"

	"github.com/pullquote/pullquote/internal/access"
	"github.com/pullquote/pullquote/internal/correction"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/wire"
	"github.com/pullquote/pullquote/retrieval"
)

// editTranscript mends what is said of a transcript as a whole.
func (s *server) editTranscript(w http.ResponseWriter, r *http.Request) error {
	var body struct {
		correction.Facts
		Embargo correction.Setting `json:"embargo,omitzero"`
	}
	if err := readJSON(r, &body); err != nil {
		return err
	}
	return s.revise(w, r, http.StatusOK, func(ctx context.Context, id string) (retrieval.StoredTranscript, bool, error) {
		return s.embargoAnd(ctx, id, nil, body.Embargo, body.Facts == correction.Facts{}, func() (retrieval.StoredTranscript, bool, error) {
			return s.Library.Edit(ctx, id, body.Facts)
		})
	})
}

// editTurn mends a turn.
func (s *server) editTurn(w http.ResponseWriter, r *http.Request) error {
	turn, err := strconv.Atoi(r.PathValue("n"))
	if err != nil {
		return fault.New(fault.NotFound, "there is no turn %q; turns have numbers, from 0 on", r.PathValue("n"))
	}
	var body struct {
		correction.TurnEdit
		Embargo correction.Setting `json:"embargo,omitzero"`
	}
	if err := readJSON(r, &body); err != nil {
		return err
	}
	return s.revise(w, r, http.StatusOK, func(ctx context.Context, id string) (retrieval.StoredTranscript, bool, error) {
		return s.embargoAnd(ctx, id, &turn, body.Embargo, body.TurnEdit == correction.TurnEdit{}, func() (retrieval.StoredTranscript, bool, error) {
			return s.Library.EditTurn(ctx, id, turn, body.TurnEdit)
		})
	})
}

// embargoAnd sets or lifts an embargo, if one is given, and makes the other changes, if there
// are any. The embargo comes first: a change carries it on.
func (s *server) embargoAnd(ctx context.Context, id string, turn *int, embargo correction.Setting, only bool, edit func() (retrieval.StoredTranscript, bool, error)) (retrieval.StoredTranscript, bool, error) {
	if !embargo.Given {
		return edit()
	}
	stored, err := s.Library.Embargo(ctx, id, turn, retrieval.Embargo(embargo.Value))
	if err != nil || only {
		return stored, err == nil, err
	}
	return edit()
}

// reparse reads the file of a transcript again. Nothing is asked of the client, so its
// body, if there is one, is not read.
func (s *server) reparse(w http.ResponseWriter, r *http.Request) error {
	return s.revise(w, r, http.StatusCreated, s.Library.Reparse)
}

// revise answers with the transcript as it is now, and where it stands if that is a new
// version.
func (s *server) revise(w http.ResponseWriter, r *http.Request, made int, do func(context.Context, string) (retrieval.StoredTranscript, bool, error)) error {
	ctx, cancel := context.WithTimeout(access.Managing(r.Context()), s.UploadTimeout)
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
