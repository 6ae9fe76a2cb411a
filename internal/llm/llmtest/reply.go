package llmtest

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// Reply is what a script answers with: a stream of events, or a Body.
type Reply struct {
	Status int               // 200 when 0
	Header map[string]string // more headers
	Body   string            // sent as it is, instead of events
	Events []Event
	Whole  bool // the events become one JSON document, whatever was asked for
}

// Event is a part of a stream.
type Event struct {
	kind kind
	text string
	wait time.Duration
}

type kind int

const (
	content kind = iota
	thought
	finish
	line
	pause
	hang
	cut
)

// Content is a piece of the reply.
func Content(text string) Event { return Event{kind: content, text: text} }

// Thought is a piece of what the model thinks, in a field of its own.
func Thought(text string) Event { return Event{kind: thought, text: text} }

// Finish ends the reply: with the reason, the count of tokens if it was asked for, and
// the mark of the stream's end.
func Finish(reason string) Event { return Event{kind: finish, text: reason} }

// Line is a line of the stream as it is, and a blank one.
func Line(text string) Event { return Event{kind: line, text: text} }

// Pause waits before the next event; for tests in a bubble of testing/synctest.
func Pause(d time.Duration) Event { return Event{kind: pause, wait: d} }

// Hang waits until the client has gone.
func Hang() Event { return Event{kind: hang} }

// Cut ends the connection.
func Cut() Event { return Event{kind: cut} }

// Stream is a reply of these events. Without Finish it ends too early.
func Stream(events ...Event) Reply { return Reply{Events: events} }

// Say is a complete reply in these pieces.
func Say(pieces ...string) Reply {
	var events []Event
	for _, p := range pieces {
		events = append(events, Content(p))
	}
	return Stream(append(events, Finish("stop"))...)
}

// Refuse is an error in OpenAI's form.
func Refuse(status int, code, message string) Reply {
	return Reply{Status: status, Header: map[string]string{"Content-Type": "application/json"}, Body: errorObject(code, message)}
}

func errorObject(code, message string) string {
	return encode(map[string]any{"error": map[string]any{"message": message, "type": "scripted_error", "param": nil, "code": code}})
}

// Text is the reply's content in one.
func (r Reply) Text() string {
	var b strings.Builder
	for _, e := range r.Events {
		if e.kind == content {
			b.WriteString(e.text)
		}
	}
	return b.String()
}

func (r Reply) send(w http.ResponseWriter, req *http.Request, asked Request) {
	// Only a server that has read a request notices that its client leaves.
	_, _ = io.Copy(io.Discard, req.Body)
	for name, value := range r.Header {
		w.Header().Set(name, value)
	}
	status := r.Status
	if status == 0 {
		status = http.StatusOK
	}
	s := &sender{w: w, req: req, asked: asked, words: len(strings.Fields(r.Text()))}
	switch {
	case len(r.Events) == 0:
		w.WriteHeader(status)
		s.write(r.Body)
	case r.Whole || !asked.Stream:
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		s.write(s.document(r))
	default:
		w.Header().Set("Content-Type", "text/event-stream")
		w.WriteHeader(status)
		for _, e := range r.Events {
			s.send(e)
		}
	}
}

// sender writes a stream.
type sender struct {
	w     http.ResponseWriter
	req   *http.Request
	asked Request
	words int // of the reply, which are its tokens
}

func (s *sender) send(e Event) {
	switch e.kind {
	case content:
		s.chunk(map[string]any{"content": e.text}, nil)
	case thought:
		s.chunk(map[string]any{"content": nil, "reasoning_content": e.text}, nil)
	case finish:
		s.chunk(map[string]any{}, e.text)
		if s.asked.IncludeUsage {
			s.data(map[string]any{"object": "chat.completion.chunk", "choices": []any{}, "usage": s.usage()})
		}
		s.write("data: [DONE]\n\n")
	case line:
		s.write(e.text + "\n\n")
	case pause:
		select {
		case <-time.After(e.wait):
		case <-s.req.Context().Done():
		}
	case hang:
		<-s.req.Context().Done()
	case cut:
		panic(http.ErrAbortHandler) // which is how a handler hangs up
	}
}

func (s *sender) chunk(delta map[string]any, finish any) {
	choice := map[string]any{"index": 0, "delta": delta, "finish_reason": finish}
	s.data(map[string]any{
		"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": s.asked.Model,
		"choices": []any{choice}, "usage": nil,
	})
}

// document is a reply to a request that does not stream.
func (s *sender) document(r Reply) string {
	reason := any(nil)
	for _, e := range r.Events {
		if e.kind == finish {
			reason = e.text
		}
	}
	message := map[string]any{"role": "assistant", "content": r.Text()}
	return encode(map[string]any{
		"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": s.asked.Model, "usage": s.usage(),
		"choices": []any{map[string]any{"index": 0, "message": message, "finish_reason": reason}},
	})
}

func (s *sender) usage() map[string]int {
	prompt := len(strings.Fields(s.asked.System + " " + s.asked.User))
	return map[string]int{"prompt_tokens": prompt, "completion_tokens": s.words, "total_tokens": prompt + s.words}
}

func (s *sender) data(object any) { s.write("data: " + encode(object) + "\n\n") }

// write sends at once. The client may have gone, which is its right.
func (s *sender) write(text string) {
	_, _ = io.WriteString(s.w, text)
	_ = http.NewResponseController(s.w).Flush()
}

func encode(object any) string {
	b, err := json.Marshal(object)
	if err != nil {
		panic(fmt.Sprintf("llmtest: %v", err)) // nothing here cannot be encoded
	}
	return string(b)
}
