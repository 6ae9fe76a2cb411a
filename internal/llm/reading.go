package llm

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/sashabaranov/go-openai"

	"github.com/pullquote/pullquote/answer"
)

// Ways in which a reply is none.
var (
	errCut        = errors.New("the reply ends without a finish reason")
	errLength     = answer.ErrReplyLimit
	errAllThought = fmt.Errorf("nothing but thoughts: %w", errLength)
	errFiltered   = errors.New("the reply was cut by a content filter")
	errEmpty      = errors.New("the reply is empty")
	errFlood      = errors.New("the reply goes on beyond its token limit")
)

// errFinish is a finish reason that is none of a reply in words.
type errFinish openai.FinishReason

func (e errFinish) Error() string { return fmt.Sprintf("the reply finished with %q", string(e)) }

// usageWait is how long a stream is read beyond its finish reason: many servers send
// the count of tokens after it.
const usageWait = time.Second

// reading is a reply as far as it has been read.
type reading struct {
	to       *listener
	limit    int // bytes of the reply
	size     int // bytes so far
	thoughts thoughts
	finish   openai.FinishReason // empty: not finished
	usage    answer.Usage
}

// stream reads a reply that comes in pieces. It postpones silence with each of them,
// and does not count the time that the listener takes.
func (r *reading) stream(s *openai.ChatCompletionStream, silence *time.Timer, t Timeouts) error {
	wait := t.FirstToken
	for {
		chunk, err := s.Recv()
		silence.Stop()
		switch {
		case err != nil && r.finish != "":
			return r.end() // what comes after the finish reason is not needed
		case errors.Is(err, io.EOF):
			return errCut
		case err != nil:
			return err
		}
		if err := r.chunk(chunk); err != nil {
			return err
		}
		switch {
		case r.finish != "":
			wait = min(wait, usageWait)
		case r.to.heard:
			wait = t.BetweenTokens
		}
		silence.Reset(wait)
	}
}

// chunk takes a piece of the reply. Some have nothing of it: they show that the model
// reads the prompt, or thinks.
func (r *reading) chunk(c openai.ChatCompletionStreamResponse) error {
	r.count(c.Usage)
	for _, choice := range c.Choices {
		if choice.Index != 0 || r.finish != "" {
			continue
		}
		if err := r.hear(choice.Delta.Content); err != nil {
			return err
		}
		r.finish = choice.FinishReason
	}
	return nil
}

// document reads the reply of a server that does not stream.
func (r *reading) document(body []byte) error {
	var d struct {
		openai.ChatCompletionResponse
		Error *openai.APIError `json:"error"`
	}
	if err := json.Unmarshal(body, &d); err != nil {
		return err
	}
	if d.Error != nil {
		return d.Error
	}
	r.count(&d.Usage)
	if len(d.Choices) > 0 {
		r.finish = d.Choices[0].FinishReason
		if err := r.hear(d.Choices[0].Message.Content); err != nil {
			return err
		}
	}
	return r.end()
}

func (r *reading) hear(text string) error {
	text, err := r.thoughts.pass(text)
	if err != nil {
		return err
	}
	if r.size += len(text); r.size > r.limit {
		return errFlood
	}
	return r.to.hear(text)
}

// end judges a reply that is over.
func (r *reading) end() error {
	switch r.finish {
	case "", openai.FinishReasonNull:
		return errCut
	case openai.FinishReasonStop, "eos_token", "stop_sequence": // the latter two by Text Generation Inference
		if err := r.to.hear(r.thoughts.rest()); err != nil {
			return err
		}
		if !r.to.heard {
			return errEmpty
		}
		return nil
	case openai.FinishReasonLength:
		if !r.to.heard {
			return errAllThought
		}
		return errLength
	case openai.FinishReasonContentFilter:
		return errFiltered
	}
	return errFinish(r.finish)
}

// mostTokens is more than a call can take of any model. What a server tells beyond is an error of
// its own, and would spend a budget that it has nothing to do with.
const mostTokens = 20_000_000

// count takes the tokens that the server tells. Where they cannot be, none are told.
func (r *reading) count(u *openai.Usage) {
	if u == nil || min(u.PromptTokens, u.CompletionTokens, u.TotalTokens) < 0 || max(u.PromptTokens, u.CompletionTokens, u.TotalTokens) > mostTokens {
		return
	}
	r.usage = answer.Usage{PromptTokens: u.PromptTokens, CompletionTokens: u.CompletionTokens, TotalTokens: u.TotalTokens}
}
