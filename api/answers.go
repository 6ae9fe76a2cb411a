package api

import (
	"context"
	"mime"
	"net/http"
	"strconv"
	"strings"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/wire"
	"github.com/pullquote/pullquote/transcript/model"
)

// createAnswer answers at once, or as events for a client that accepts them.
func (s *server) createAnswer(w http.ResponseWriter, r *http.Request) error {
	var req answer.Request
	if err := readJSON(r, &req); err != nil {
		return err
	}
	var err error
	if req.Key, err = idempotencyKey(r); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(r.Context(), s.Timeout)
	defer cancel()
	if acceptsEvents(r) {
		return s.streamAnswer(ctx, w, r, req)
	}
	a, err := s.Answers.Answer(ctx, req, nil)
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, wire.Answer(*a))
}

// acceptsEvents reports whether a client takes events, and does not say that it takes none: by a
// weight of 0 (RFC 9110, section 12.4.2).
func acceptsEvents(r *http.Request) bool {
	for accepted := range strings.SplitSeq(r.Header.Get("Accept"), ",") {
		if mediaType, parameters, _ := mime.ParseMediaType(accepted); mediaType == "text/event-stream" {
			weight, err := strconv.ParseFloat(parameters["q"], 64)
			return err != nil || weight > 0
		}
	}
	return false
}

// streamAnswer tells the answer in the making.
func (s *server) streamAnswer(ctx context.Context, w http.ResponseWriter, r *http.Request, req answer.Request) error {
	events := newEventStream(w)
	return s.stream(r, events, func() error {
		a, err := s.Answers.Answer(ctx, req, func(e answer.Event) error { return events.send(eventOf(e)) })
		if err != nil {
			return err
		}
		return events.send("done", wire.Answer(*a))
	}, func(p problem) error { return events.send("error", p) })
}

// eventOf is the name and the data of an event.
func eventOf(e answer.Event) (name string, data any) {
	switch e := e.(type) {
	case answer.Retrieval:
		return "retrieval", answer.Retrieval{Hits: wire.List(e.Hits)}
	case answer.Cited:
		return "citation", e.Citation
	case answer.WithheldEvent:
		return "withheld", e.Withheld
	default:
		return "delta", e
	}
}

func (s *server) getAnswer(w http.ResponseWriter, r *http.Request) error {
	a, err := s.Answers.Get(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, wire.Answer(*a))
}

// answersPage is a page of answers; NextCursor is null on the last.
type answersPage struct {
	Answers    []answer.AnswerSummary `json:"answers"`
	NextCursor model.Optional         `json:"next_cursor"`
}

func (s *server) listAnswers(w http.ResponseWriter, r *http.Request) error {
	values, limit, err := pageQuery(r)
	if err != nil {
		return err
	}
	page, err := s.Answers.Answers(r.Context(), answer.ConversationsQuery{Cursor: values.Get("cursor"), Limit: limit})
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, answersPage{wire.List(page.Answers), model.Optional(page.NextCursor)})
}

func (s *server) deleteAnswer(w http.ResponseWriter, r *http.Request) error {
	if err := s.Answers.DeleteAnswer(r.Context(), r.PathValue("id")); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}
