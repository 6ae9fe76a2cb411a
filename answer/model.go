package answer

import (
	"context"
	"encoding/json"
	"errors"
)

// Model writes prose: a chat model behind an OpenAI-compatible server, or a
// scripted one in tests. Its methods may be called concurrently.
type Model interface {
	// Name is the model's name, as an answer shows it.
	Name() string
	// PromptTokens is how many tokens a prompt may have beside a reply of so many; 0:
	// nobody says.
	PromptTokens(ctx context.Context, reply int) int
	// Complete sends a prompt and calls delta with each piece of the reply as it
	// comes, in order and from the calling goroutine. It returns when the reply is
	// complete. An error of delta ends the request and is returned as it is. Any
	// other error means that the reply is not complete, whatever delta was given
	// before; it carries a code of internal/fault, and is ErrReplyLimit if the reply was
	// cut at MaxTokens, ErrBusy if the request was not sent. What can be tried again is, within the context's deadline, as
	// long as delta has not been called.
	Complete(ctx context.Context, p Prompt, delta func(string) error) (Usage, error)
}

// Prompt is what a model is asked.
type Prompt struct {
	System    string
	User      string
	MaxTokens int // of the reply; what comes after them is an incomplete reply

	// Format is the form of the reply where the model's server takes a schema; nil: any
	// text. What the server makes of it is not promised: a reply may be of either form.
	Format *Format
}

// Format is a structured output: what a model is told instead of Prompt.System, and the
// JSON schema that its reply follows.
type Format struct {
	Name   string // of letters
	System string
	Schema json.RawMessage
}

// ErrBusy says that a model has as many requests as it may have at once, which passes.
var ErrBusy = errors.New("the model is busy")

// ErrReplyLimit says that a reply was cut because it has all the tokens that it may.
var ErrReplyLimit = errors.New("the reply has reached its token limit")
