package api

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/wire"
	"github.com/pullquote/pullquote/retrieval"
)

// openAIProblem is a problem that clients of OpenAI's API understand, too: they look for
// an error of OpenAI's shape, and RFC 9457 lets problems have members of their own.
type openAIProblem struct {
	problem
	Error openAIError `json:"error"`
}

type openAIError struct {
	Message string     `json:"message"`
	Type    string     `json:"type"`
	Param   *string    `json:"param"`
	Code    fault.Code `json:"code"`
}

// openAIErrorOf is the error of a problem. The parameter that is wrong is null where it is
// not one alone.
func openAIErrorOf(p problem, param *string) openAIError {
	kind := "invalid_request_error"
	switch {
	case p.Code == fault.Unauthorized:
		kind = "authentication_error"
	case p.Code == fault.Forbidden:
		kind = "permission_error"
	case p.Code == fault.RateLimited, p.Code == fault.BudgetSpent:
		kind = "rate_limit_error"
	case p.Status >= http.StatusInternalServerError:
		kind = "server_error"
	}
	return openAIError{Message: p.Detail, Type: kind, Param: param, Code: p.Code}
}

// paramError is an error of one parameter of a request.
type paramError struct {
	param string
	err   error
}

func (e *paramError) Error() string { return e.err.Error() }
func (e *paramError) Unwrap() error { return e.err }

// wrong is the error of a parameter that cannot be accepted as it is.
func wrong(param string, code fault.Code, format string, args ...any) error {
	return &paramError{param, fault.New(code, format, args...)}
}

// openAI answers the errors of a handler of OpenAI's API in its shape.
func (s *server) openAI(h handler) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		err := ended(r, h(w, r))
		if err == nil || clientGone(r, err) {
			return err
		}
		s.logFailure(r, err)
		p := problemOf(err).of(r)
		var param *string
		if e, ok := errors.AsType[*paramError](err); ok {
			param = &e.param
		}
		body, err := wire.Encode(openAIProblem{p, openAIErrorOf(p, param)})
		if err != nil {
			return err
		}
		p.setRetryAfter(w.Header())
		w.Header().Set("Content-Type", "application/problem+json")
		w.WriteHeader(p.Status)
		w.Write(body)
		return nil
	}
}

// chatModel is how chats ask for Pullquote; behind a slash they may name a collection.
const chatModel = "pullquote"

// modelsResponse lists models as OpenAI does.
type modelsResponse struct {
	Object string         `json:"object"`
	Data   []modelSummary `json:"data"`
}

type modelSummary struct {
	ID      string `json:"id"`
	Object  string `json:"object"`
	Created int64  `json:"created"` // not known: 0
	OwnedBy string `json:"owned_by"`
}

// listModels lists Pullquote itself, first because chats begin with the first model, and the
// model of the vectors that are served.
func (s *server) listModels(w http.ResponseWriter, r *http.Request) error {
	response := modelsResponse{Object: "list"}
	for _, id := range []string{chatModel, embeddings.NameOf(s.Embedder)} {
		response.Data = append(response.Data, modelSummary{ID: id, Object: "model", OwnedBy: chatModel})
	}
	return writeJSON(w, http.StatusOK, response)
}

// maxConversationJSON bounds a request that brings its conversation along, with whatever a
// chat has in it.
const maxConversationJSON = 8 << 20

// chatAsked is what OpenAI's two endpoints of chats have in common. Their other fields say
// how a model is to write, which is nothing that can be said of quotations: they are not
// read.
type chatAsked struct {
	Model    string            `json:"model"` // pullquote, or pullquote/COLLECTION
	Stream   bool              `json:"stream"`
	Metadata map[string]string `json:"metadata"` // comes back with the answer; a conversation_id goes on with a conversation that is kept
	// Filter is Pullquote's addition, read as strictly as in its own endpoints.
	Filter json.RawMessage `json:"filter"`
}

// chatMessage is a message of a chat. Only the questions of its user are read: what a system
// message wants said, or an assistant has said, is not the record's.
type chatMessage struct {
	Role    string      `json:"role"`
	Content chatContent `json:"content"`
}

// chatContent is text, or a list of parts.
type chatContent struct {
	text  string
	other string // the type of a part that is not text; empty where all are
}

// UnmarshalJSON takes whatever there is: what is not text matters only if it is asked.
func (c *chatContent) UnmarshalJSON(data []byte) error {
	if json.Unmarshal(data, &c.text) == nil {
		return nil
	}
	var parts []struct {
		Type string `json:"type"`
		Text string `json:"text"`
	}
	if json.Unmarshal(data, &parts) != nil {
		c.other = "unknown"
		return nil
	}
	var texts []string
	for _, p := range parts {
		if p.Type == "text" || p.Type == "input_text" {
			texts = append(texts, p.Text)
		} else {
			c.other = p.Type
		}
	}
	c.text = strings.Join(texts, "\n")
	return nil
}

// request is the question of a chat's messages with those before it. The name is the
// parameter's that has the messages.
func (c chatAsked) request(messages []chatMessage, name string) (answer.Request, error) {
	req := answer.Request{ConversationID: c.Metadata["conversation_id"]}
	var err error
	if req.Filter, err = c.filter(); err != nil {
		return req, err
	}
	var questions []chatContent
	for _, m := range messages {
		if m.Role == "user" {
			questions = append(questions, m.Content)
		}
	}
	if len(questions) == 0 {
		return req, wrong(name, fault.Invalid, "%s has no question; send a message of the role user", name)
	}
	last := questions[len(questions)-1]
	switch {
	case last.other != "":
		return req, wrong(name, fault.Invalid, "the question has a part of the type %s; send text alone", last.other)
	case !wire.IsText(last.text):
		return req, wrong(name, fault.Invalid, "the question has a NUL character; remove it")
	}
	req.Question = last.text
	if req.ConversationID != "" {
		return req, nil
	}
	for _, q := range questions[:len(questions)-1] {
		if isQuestion(q.text) {
			req.History = append(req.History, q.text)
		}
	}
	return req, nil
}

// isQuestion reports whether an earlier message can have been answered.
func isQuestion(text string) bool {
	return strings.TrimSpace(text) != "" && wire.IsText(text) && len([]rune(text)) <= retrieval.MaxQueryRunes
}

// filter is what the model's name and the filter narrow the record to.
func (c chatAsked) filter() (f retrieval.Filter, err error) {
	name, collection, named := strings.Cut(c.Model, "/")
	switch {
	case c.Model == "":
		return f, wrong("model", fault.Invalid, "model is missing; use %s", chatModel)
	case name != chatModel || named && collection == "" || !wire.IsText(c.Model):
		return f, wrong("model", fault.NotFound, "there is no model %q here; use %s, or %s/COLLECTION", c.Model, chatModel, chatModel)
	}
	if len(c.Filter) > 0 && string(c.Filter) != "null" {
		if err := wire.Decode("filter", c.Filter, &f); err != nil {
			return f, wrong("filter", fault.Invalid, "in filter, %s", fault.MessageOf(err))
		}
	}
	if named && f.Collection != "" && f.Collection != collection {
		return f, wrong("filter", fault.Invalid, "the model names the collection %s and the filter %s; name one", collection, f.Collection)
	}
	if named {
		f.Collection = collection
	}
	return f, nil
}

// metadata of an answer to a chat: what came with the question, and where the answer is.
func (c chatAsked) metadata(a *answer.Answer) map[string]string {
	with := map[string]string{"answer_id": a.ID, "conversation_id": a.ConversationID}
	for name, value := range c.Metadata {
		if with[name] == "" {
			with[name] = value
		}
	}
	return with
}
