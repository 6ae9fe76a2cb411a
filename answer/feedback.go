package answer

import (
	"context"
	"strings"
	"time"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/transcript/model"
)

// Rating is what a reader thinks.
type Rating string

const (
	RatingUp   Rating = "up"
	RatingDown Rating = "down"
)

// Complaint is why an answer is no help to a reader. Its Word, which is never changed,
// begins the Reason of the feedback, so that feedback can be counted by it; the
// reader's own words follow after a colon.
type Complaint struct{ Word, Text string }

// Complaints are those that a reader chooses from.
func Complaints() []Complaint {
	return []Complaint{
		{"wrong speaker", "Wrong speaker"},
		{"wrong quotation", "Wrong quotation"},
		{"missed something", "It missed something"},
		{ComplaintOther, "Something else"},
	}
}

// ComplaintOther is the Word of a complaint that is told in the reader's words alone.
const ComplaintOther = "other"

// maxReason bounds the reason of a rating, in code points.
const maxReason = 2000

// Feedback is what a reader thinks of an answer or of one of its citations. Each
// has one rating, the latest.
type Feedback struct {
	ID        string         `json:"id"`
	AnswerID  string         `json:"answer_id"`
	Citation  *int           `json:"citation"` // its number; null for the answer as a whole
	Rating    Rating         `json:"rating"`
	Reason    model.Optional `json:"reason"`
	CreatedAt time.Time      `json:"created_at"`
}

// FeedbackStore keeps feedback. Errors carry a code of internal/fault.
type FeedbackStore interface {
	// SaveFeedback keeps a rating in place of the one before; "not_found" when there
	// is no such answer.
	SaveFeedback(ctx context.Context, f *Feedback) error
	// Feedback is a page, the newest first; "invalid" for a cursor or an id that is none.
	Feedback(ctx context.Context, q FeedbackQuery) (FeedbackPage, error)
}

// FeedbackQuery asks for a page of feedback.
type FeedbackQuery struct {
	AnswerID string // empty for that of all answers
	Cursor   string // FeedbackPage.NextCursor of the page before; empty for the first
	Limit    int    // see retrieval.PageLimit
}

// FeedbackPage is a page of feedback, the newest first.
type FeedbackPage struct {
	Feedback   []Feedback
	NextCursor string // empty on the last page
}

// Rate keeps what a reader thinks of a stored answer: AnswerID, Citation, Rating
// and Reason are the reader's, the rest is set here.
func (s *Service) Rate(ctx context.Context, f Feedback) (*Feedback, error) {
	f.Reason = model.Optional(strings.TrimSpace(string(f.Reason)))
	switch {
	case f.Rating != RatingUp && f.Rating != RatingDown:
		return nil, fault.New(fault.Invalid, "rating %q is unknown; use up or down", f.Rating)
	case len([]rune(f.Reason)) > maxReason:
		return nil, fault.New(fault.TooLarge, "the reason is longer than %d characters; shorten it", maxReason)
	}
	a, err := s.store.Answer(ctx, f.AnswerID)
	if err != nil {
		return nil, err
	}
	if f.Citation != nil && (*f.Citation < 1 || *f.Citation > len(a.Citations)) {
		return nil, fault.New(fault.Invalid, "the answer has no citation %d; use the number of one that it has, or leave it out for the whole answer", *f.Citation)
	}
	f.ID, f.CreatedAt = newID(), time.Now().UTC()
	return &f, s.store.SaveFeedback(ctx, &f)
}

// Feedback is a page of what readers thought.
func (s *Service) Feedback(ctx context.Context, q FeedbackQuery) (FeedbackPage, error) {
	return s.store.Feedback(ctx, q)
}
