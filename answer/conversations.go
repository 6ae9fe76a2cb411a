package answer

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/transcript/model"
)

// Conversation is a sequence of answers, oldest first.
type Conversation struct {
	ID        string         `json:"id"`
	Title     model.Optional `json:"title"` // null until somebody gives one
	CreatedAt time.Time      `json:"created_at"`
	Answers   []Answer       `json:"answers"`
}

// ConversationStore keeps conversations, those without an answer too. Errors
// carry a code of internal/fault.
type ConversationStore interface {
	// Conversations is a page, the newest first; "invalid" for a cursor that is none.
	Conversations(ctx context.Context, q ConversationsQuery) (ConversationsPage, error)
	// NewConversation keeps an empty conversation.
	NewConversation(ctx context.Context, c *Conversation) error
	// NameConversation sets the title of a conversation; an empty one is none.
	NameConversation(ctx context.Context, id, title string) error
	// DeleteConversation removes a conversation with its answers.
	DeleteConversation(ctx context.Context, id string) error
}

// ConversationsQuery asks for a page of conversations, or of answers.
type ConversationsQuery struct {
	Cursor string // NextCursor of the page before; empty for the first
	Limit  int    // see retrieval.PageLimit
}

// ConversationsPage is a page of conversations, the newest first.
type ConversationsPage struct {
	Conversations []ConversationSummary
	NextCursor    string // empty on the last page
}

// ConversationSummary is what a list shows of a conversation.
type ConversationSummary struct {
	ID          string         `json:"id"`
	Title       model.Optional `json:"title"` // null until somebody gives one: then the question tells what it is about
	CreatedAt   time.Time      `json:"created_at"`
	UpdatedAt   time.Time      `json:"updated_at"` // when its last answer was made
	Question    model.Optional `json:"question"`   // the first; null as long as there is none
	AnswerCount int            `json:"answer_count"`
}

// AnswerStore keeps the answers of all conversations. Errors carry a code of
// internal/fault.
type AnswerStore interface {
	Answer(ctx context.Context, id string) (*Answer, error)
	// Answers is a page, the newest first; "invalid" for a cursor that is none.
	Answers(ctx context.Context, q ConversationsQuery) (AnswersPage, error)
	// DeleteAnswer removes an answer from its conversation.
	DeleteAnswer(ctx context.Context, id string) error
}

// AnswersPage is a page of answers, the newest first.
type AnswersPage struct {
	Answers    []AnswerSummary
	NextCursor string // empty on the last page
}

// AnswerSummary is what a list shows of an answer.
type AnswerSummary struct {
	ID             string    `json:"id"`
	ConversationID string    `json:"conversation_id"`
	CreatedAt      time.Time `json:"created_at"`
	Question       string    `json:"question"`
	Answerable     bool      `json:"answerable"`
}

// Answers is a page of answers.
func (s *Service) Answers(ctx context.Context, q ConversationsQuery) (AnswersPage, error) {
	return s.store.Answers(ctx, q)
}

// DeleteAnswer removes an answer.
func (s *Service) DeleteAnswer(ctx context.Context, id string) error {
	return s.store.DeleteAnswer(ctx, id)
}

// Conversations is a page of conversations.
func (s *Service) Conversations(ctx context.Context, q ConversationsQuery) (ConversationsPage, error) {
	return s.store.Conversations(ctx, q)
}

// Conversation reads a conversation.
func (s *Service) Conversation(ctx context.Context, id string) (*Conversation, error) {
	return s.store.Conversation(ctx, id)
}

// NewConversation begins a conversation, to which questions add their answers.
// Under a key that is not empty, it begins one however often it is called.
func (s *Service) NewConversation(ctx context.Context, key string) (*Conversation, error) {
	begin := func(id string) (*Conversation, error) {
		c := &Conversation{ID: id, CreatedAt: time.Now().UTC(), Answers: []Answer{}}
		return c, s.store.NewConversation(ctx, c)
	}
	if key == "" {
		return begin(newID())
	}
	return once(ctx, s.store, key, Conversation{}, s.store.Conversation, begin)
}

func newID() string { return uuid.Must(uuid.NewV7()).String() }

// maxTitle bounds the title of a conversation, in code points.
const maxTitle = 200

// NameConversation sets the title of a conversation, which is one line; an empty one is none.
func (s *Service) NameConversation(ctx context.Context, id, title string) (*Conversation, error) {
	title = strings.Join(strings.Fields(title), " ")
	if utf8.RuneCountInString(title) > maxTitle {
		return nil, fault.New(fault.Invalid, "the title is longer than %d characters; shorten it", maxTitle)
	}
	if err := s.store.NameConversation(ctx, id, title); err != nil {
		return nil, err
	}
	return s.store.Conversation(ctx, id)
}

// DeleteConversation removes a conversation with its answers.
func (s *Service) DeleteConversation(ctx context.Context, id string) error {
	return s.store.DeleteConversation(ctx, id)
}
