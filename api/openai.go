package api

import (
	"net/http"

	"github.com/pullquote/pullquote/embeddings"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/internal/wire"
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

// openAI answers the errors of a handler of OpenAI's API in its shape.
func (s *server) openAI(h handler) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		err := h(w, r)
		if err == nil || clientGone(r, err) {
			return err
		}
		s.logFailure(r, err)
		p := problemOf(err)
		kind := "invalid_request_error"
		if p.Status >= http.StatusInternalServerError {
			kind = "server_error"
		}
		body, err := wire.Encode(openAIProblem{p, openAIError{Message: p.Detail, Type: kind, Code: p.Code}})
		if err != nil {
			return err
		}
		w.Header().Set("Content-Type", "application/problem+json")
		w.WriteHeader(p.Status)
		w.Write(body)
		return nil
	}
}

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

// listModels lists the model of the vectors that are served.
func (s *server) listModels(w http.ResponseWriter, r *http.Request) error {
	model := modelSummary{ID: embeddings.NameOf(s.Embedder), Object: "model", OwnedBy: "pullquote"}
	return writeJSON(w, http.StatusOK, modelsResponse{"list", []modelSummary{model}})
}
