package api

import (
	"cmp"
	"context"
	"io"
	"net/http"
	"slices"

	"github.com/pullquote/pullquote/internal/access"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/wire"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
)

func (s *server) addTranscript(w http.ResponseWriter, r *http.Request) error {
	req, dryRun, err := s.readUpload(r)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(r.Context(), s.UploadTimeout)
	defer cancel()
	if dryRun {
		return s.previewTranscript(ctx, w, req)
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

// transcriptPreview is what would be stored of a file. Present is the transcript that the
// collection has of this very file, Replaces the one of which it would become a new version;
// they are null where there is none.
type transcriptPreview struct {
	model.Transcript
	TurnCount    int                         `json:"turn_count"`
	SpeakerCount int                         `json:"speaker_count"`
	Filename     model.Optional              `json:"filename"`
	SHA256       string                      `json:"sha256"`
	Present      *retrieval.StoredTranscript `json:"present"`
	Replaces     *retrieval.StoredTranscript `json:"replaces"`
}

// previewTranscript answers an upload of which nothing is stored.
func (s *server) previewTranscript(ctx context.Context, w http.ResponseWriter, req retrieval.AddRequest) error {
	p, err := s.Library.Preview(ctx, req)
	if err != nil {
		return err
	}
	for _, stored := range []*retrieval.StoredTranscript{p.Present, p.Replaces} {
		if stored != nil {
			*stored = wire.Transcript(*stored)
		}
	}
	t := *p.Transcript
	t.Speakers, t.Turns, t.Warnings = wire.List(t.Speakers), wire.List(t.Turns), wire.List(t.Warnings)
	return writeJSON(w, http.StatusOK, transcriptPreview{
		Transcript: t, TurnCount: len(t.Turns), SpeakerCount: len(t.Speakers),
		Filename: model.Optional(p.Filename), SHA256: p.SHA256, Present: p.Present, Replaces: p.Replaces,
	})
}

// transcriptsPage is a page of records; NextCursor is null on the last.
type transcriptsPage struct {
	Transcripts []retrieval.StoredTranscript `json:"transcripts"`
	NextCursor  model.Optional               `json:"next_cursor"`
}

func (s *server) listTranscripts(w http.ResponseWriter, r *http.Request) error {
	values, limit, err := pageQuery(r, "collection", "words", "order")
	if err != nil {
		return err
	}
	order := retrieval.Order(values.Get("order"))
	if order != "" && !slices.Contains(retrieval.Orders(), order) {
		return fault.New(fault.Invalid, "order %q is unknown; use one of %q", order, retrieval.Orders())
	}
	page, err := s.Library.List(access.Managing(r.Context()), retrieval.ListQuery{
		Collection: cmp.Or(values.Get("collection"), access.Collection(r.Context())),
		Words:      values.Get("words"),
		Order:      order,
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
	stored, err := s.Library.Get(access.Managing(r.Context()), r.PathValue("id"))
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, wire.Transcript(stored))
}

func (s *server) deleteTranscript(w http.ResponseWriter, r *http.Request) error {
	if err := s.Library.Delete(access.Managing(r.Context()), r.PathValue("id")); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

type turnsResponse struct {
	Turns []model.Turn `json:"turns"`
}

func (s *server) getTurns(w http.ResponseWriter, r *http.Request) error {
	turns, err := s.Library.Turns(access.Managing(r.Context()), r.PathValue("id"))
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, turnsResponse{wire.List(turns)})
}

func (s *server) getText(w http.ResponseWriter, r *http.Request) error {
	text, err := s.Library.Text(access.Managing(r.Context()), r.PathValue("id"))
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	io.WriteString(w, text)
	return nil
}
