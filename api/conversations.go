package api

import (
	"net/http"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/correction"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/wire"
	"github.com/pullquote/pullquote/transcript/model"
)

// createConversation begins a conversation. Nothing is asked of the client, so its
// body, if there is one, is not read.
func (s *server) createConversation(w http.ResponseWriter, r *http.Request) error {
	key, err := idempotencyKey(r)
	if err != nil {
		return err
	}
	c, err := s.Answers.NewConversation(r.Context(), key)
	if err != nil {
		return err
	}
	w.Header().Set("Location", "/v1/conversations/"+c.ID)
	return writeJSON(w, http.StatusCreated, wire.Conversation(*c))
}

// conversationsPage is a page of conversations; NextCursor is null on the last.
type conversationsPage struct {
	Conversations []answer.ConversationSummary `json:"conversations"`
	NextCursor    model.Optional               `json:"next_cursor"`
}

func (s *server) listConversations(w http.ResponseWriter, r *http.Request) error {
	values, limit, err := pageQuery(r)
	if err != nil {
		return err
	}
	page, err := s.Answers.Conversations(r.Context(), answer.ConversationsQuery{
		Cursor: values.Get("cursor"),
		Limit:  limit,
	})
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, conversationsPage{wire.List(page.Conversations), model.Optional(page.NextCursor)})
}

func (s *server) getConversation(w http.ResponseWriter, r *http.Request) error {
	c, err := s.Answers.Conversation(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, wire.Conversation(*c))
}

// conversationEdit is what can be changed of a conversation.
type conversationEdit struct {
	Title correction.Setting `json:"title"`
}

func (s *server) nameConversation(w http.ResponseWriter, r *http.Request) error {
	var edit conversationEdit
	if err := readJSON(r, &edit); err != nil {
		return err
	}
	if !edit.Title.Given {
		return fault.New(fault.Invalid, "nothing is to be changed; give a title, or null for none")
	}
	c, err := s.Answers.NameConversation(r.Context(), r.PathValue("id"), string(edit.Title.Value))
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, wire.Conversation(*c))
}

func (s *server) deleteConversation(w http.ResponseWriter, r *http.Request) error {
	if err := s.Answers.DeleteConversation(r.Context(), r.PathValue("id")); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}
