package answer

import "context"

// Model writes prose: a chat model behind an OpenAI-compatible server, or a
// scripted one in tests. Its methods may be called concurrently.
type Model interface {
	// Name is the model's name, as an answer shows it.
	Name() string
	// Complete sends a prompt and calls delta with each piece of the reply as it
	// comes, in order and from the calling goroutine. It returns when the reply is
	// complete. An error of delta ends the request and is returned as it is. Any
	// other error means that the reply is not complete, whatever delta was given
	// before; it carries a code of internal/fault. What can be tried again is,
	// within the context's deadline, as long as delta has not been called.
	Complete(ctx context.Context, p Prompt, delta func(string) error) (Usage, error)
}

// Prompt is what a model is asked.
type Prompt struct {
	System    string
	User      string
	MaxTokens int // of the reply; what comes after them is an incomplete reply
}
