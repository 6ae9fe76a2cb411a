package api

import (
	"net/http"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/wire"
	"github.com/pullquote/pullquote/transcript/model"
)

// feedbackRequest is what a reader says of an answer.
type feedbackRequest struct {
	Rating   answer.Rating  `json:"rating"`
	Reason   model.Optional `json:"reason"`
	Citation *int           `json:"citation"`
}

func (s *server) rateAnswer(w http.ResponseWriter, r *http.Request) error {
	var req feedbackRequest
	if err := readJSON(r, &req); err != nil {
		return err
	}
	f, err := s.Answers.Rate(r.Context(), answer.Feedback{
		AnswerID: r.PathValue("id"), Citation: req.Citation, Rating: req.Rating, Reason: req.Reason,
	})
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusCreated, f)
}

// feedbackPage is a page of feedback; NextCursor is null on the last.
type feedbackPage struct {
	Feedback   []answer.Feedback `json:"feedback"`
	NextCursor model.Optional    `json:"next_cursor"`
}

func (s *server) listFeedback(w http.ResponseWriter, r *http.Request) error {
	values, limit, err := pageQuery(r, "answer")
	if err != nil {
		return err
	}
	page, err := s.Answers.Feedback(r.Context(), answer.FeedbackQuery{
		AnswerID: values.Get("answer"),
		Cursor:   values.Get("cursor"),
		Limit:    limit,
	})
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, feedbackPage{wire.List(page.Feedback), model.Optional(page.NextCursor)})
}
