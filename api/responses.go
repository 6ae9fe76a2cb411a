package api

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
)

// responseRequest is OpenAI's request for a response, as far as it is read.
type responseRequest struct {
	common             chatAsked
	Input              responseInput `json:"input"`
	PreviousResponseID string        `json:"previous_response_id"` // goes on with the conversation of that answer
	Text               struct {
		Format textFormat `json:"format"`
	} `json:"text"`
}

// responseInput is a question, or the items of a conversation.
type responseInput []chatMessage

// UnmarshalJSON implements json.Unmarshaler. Items that are no messages have no role.
func (in *responseInput) UnmarshalJSON(data []byte) error {
	var question string
	if json.Unmarshal(data, &question) == nil {
		*in = responseInput{{Role: "user", Content: chatContent{text: question}}}
		return nil
	}
	if json.Unmarshal(data, (*[]chatMessage)(in)) != nil {
		return wrong("input", fault.Invalid, "input is neither a text nor a list of messages; send one of them")
	}
	return nil
}

// response is OpenAI's object of a response. Most of it says how a model was to write, and
// is what it is where nothing was asked.
type response struct {
	ID                 string                `json:"id"`
	Object             string                `json:"object"`
	CreatedAt          int64                 `json:"created_at"`
	Status             string                `json:"status"`
	Background         bool                  `json:"background"`
	Error              *responseError        `json:"error"`
	IncompleteDetails  *struct{}             `json:"incomplete_details"`
	Instructions       *string               `json:"instructions"`
	MaxOutputTokens    *int                  `json:"max_output_tokens"`
	Model              string                `json:"model"`
	Output             []responseItem        `json:"output"`
	ParallelToolCalls  bool                  `json:"parallel_tool_calls"`
	PreviousResponseID *string               `json:"previous_response_id"`
	Store              bool                  `json:"store"`
	Temperature        float64               `json:"temperature"`
	Text               map[string]textFormat `json:"text"`
	ToolChoice         string                `json:"tool_choice"`
	Tools              []struct{}            `json:"tools"`
	TopP               float64               `json:"top_p"`
	Truncation         string                `json:"truncation"`
	Usage              *responseUsage        `json:"usage"`
	Metadata           map[string]string     `json:"metadata"`
}

type responseError struct {
	Code    fault.Code `json:"code"`
	Message string     `json:"message"`
}

type responseItem struct {
	ID      string         `json:"id"`
	Type    string         `json:"type"`
	Status  string         `json:"status"`
	Role    string         `json:"role"`
	Content []responsePart `json:"content"`
}

type responsePart struct {
	Type        string               `json:"type"`
	Text        string               `json:"text"`
	Annotations []responseAnnotation `json:"annotations"`
	Logprobs    []struct{}           `json:"logprobs"`
}

type responseAnnotation struct {
	Type string `json:"type"`
	urlCitation
}

type responseUsage struct {
	InputTokens        int `json:"input_tokens"`
	InputTokensDetails struct {
		CachedTokens int `json:"cached_tokens"`
	} `json:"input_tokens_details"`
	OutputTokens        int `json:"output_tokens"`
	OutputTokensDetails struct {
		ReasoningTokens int `json:"reasoning_tokens"`
	} `json:"output_tokens_details"`
	TotalTokens int `json:"total_tokens"`
}

// responsePrefix makes of an answer's id one as OpenAI's of a response look.
const responsePrefix = "resp_"

// respond answers the last question of a conversation.
func (s *server) respond(w http.ResponseWriter, r *http.Request) error {
	var asked responseRequest
	if err := readForeign(w, r, &asked.common, &asked); err != nil {
		return err
	}
	if err := asked.Text.Format.check("text.format"); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(r.Context(), s.Timeout)
	defer cancel()
	if err := s.goOn(ctx, &asked); err != nil {
		return err
	}
	req, err := asked.common.request(asked.Input, "input")
	if err != nil {
		return err
	}
	if req.Key, err = idempotencyKey(r); err != nil {
		return err
	}
	if asked.common.Stream {
		return s.streamResponse(ctx, w, r, req, asked)
	}
	var writer chatWriter
	a, err := s.writeChat(ctx, req, &writer, nil)
	if err != nil {
		return err
	}
	made := asked.begun(a.ID)
	made.complete(asked, a, &writer)
	return writeJSON(w, http.StatusOK, made)
}

// goOn finds the conversation of the response before.
func (s *server) goOn(ctx context.Context, asked *responseRequest) error {
	if asked.PreviousResponseID == "" {
		return nil
	}
	id, found := strings.CutPrefix(asked.PreviousResponseID, responsePrefix)
	if !found || !retrieval.ValidID(id) {
		return wrong("previous_response_id", fault.NotFound, "there is no response %q; begin a conversation without it", asked.PreviousResponseID)
	}
	before, err := s.Answers.Get(ctx, id)
	if err != nil {
		return &paramError{"previous_response_id", err}
	}
	if asked.common.Metadata == nil {
		asked.common.Metadata = map[string]string{}
	}
	asked.common.Metadata["conversation_id"] = before.ConversationID
	return nil
}

// begun is a response that has no text yet.
func (q responseRequest) begun(answerID string) response {
	made := response{
		ID: responsePrefix + answerID, Object: "response", CreatedAt: time.Now().Unix(), Status: "in_progress", Model: q.common.Model,
		Output: []responseItem{}, Store: true, ParallelToolCalls: true, Temperature: 1, TopP: 1,
		Text: map[string]textFormat{"format": {"text"}}, ToolChoice: "auto", Tools: []struct{}{}, Truncation: "disabled",
		Metadata: map[string]string{"answer_id": answerID},
	}
	if q.PreviousResponseID != "" {
		made.PreviousResponseID = &q.PreviousResponseID
	}
	return made
}

// message is the response's message as long as it has no text.
func (r response) message() responseItem {
	return responseItem{
		ID: "msg_" + strings.TrimPrefix(r.ID, responsePrefix), Type: "message", Status: "in_progress", Role: "assistant", Content: []responsePart{},
	}
}

// complete adds the message and what is known of the answer.
func (r *response) complete(asked responseRequest, a *answer.Answer, w *chatWriter) {
	item := r.message()
	item.Status, item.Content = "completed", []responsePart{w.part()}
	r.Status, r.CreatedAt, r.Output, r.Metadata = "completed", a.CreatedAt.Unix(), []responseItem{item}, asked.common.metadata(a)
	r.Usage = &responseUsage{InputTokens: a.Usage.PromptTokens, OutputTokens: a.Usage.CompletionTokens, TotalTokens: a.Usage.TotalTokens}
}

// part is what has been written.
func (w *chatWriter) part() responsePart {
	return responsePart{Type: "output_text", Text: w.content.String(), Annotations: annotationsOf(w.links), Logprobs: []struct{}{}}
}

func annotationsOf(links []urlCitation) []responseAnnotation {
	annotations := []responseAnnotation{}
	for _, l := range links {
		annotations = append(annotations, responseAnnotation{"url_citation", l})
	}
	return annotations
}
