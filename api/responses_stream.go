package api

import (
	"context"
	"net/http"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/fault"
)

// A responseStream tells a response in the making: the response, in it a message, in that a
// text, each begun and in the end complete.
type responseStream struct {
	events *eventStream
	asked  responseRequest
	writer chatWriter
	made   response
	number int // of the next event
}

// responseEvent has of its fields those that belong to its type.
type responseEvent struct {
	Type     string    `json:"type"`
	Number   int       `json:"sequence_number"`
	Response *response `json:"response,omitempty"`
	*itemPlace
	Item *responseItem `json:"item,omitempty"`
	*partPlace
	Part            *responsePart       `json:"part,omitempty"`
	Delta           *string             `json:"delta,omitempty"`
	Text            *string             `json:"text,omitempty"`
	Logprobs        *[]struct{}         `json:"logprobs,omitempty"`
	AnnotationIndex *int                `json:"annotation_index,omitempty"`
	Annotation      *responseAnnotation `json:"annotation,omitempty"`
	*responseFault
}

// itemPlace is the place of the message: a response has one.
type itemPlace struct {
	OutputIndex int `json:"output_index"`
}

// partPlace is the place of the text: a message has one.
type partPlace struct {
	ItemID       string `json:"item_id"`
	ContentIndex int    `json:"content_index"`
}

// responseFault is an error that comes while a response is told.
type responseFault struct {
	Code    fault.Code `json:"code"`
	Message string     `json:"message"`
	Param   *string    `json:"param"`
}

// streamResponse sends a response as it is made.
func (s *server) streamResponse(ctx context.Context, w http.ResponseWriter, r *http.Request, req answer.Request, asked responseRequest) error {
	stream := &responseStream{events: newEventStream(w), asked: asked}
	stream.writer.begin, stream.writer.tell = stream.begin, stream.tell
	return s.stream(r, stream.events, func() error {
		a, err := s.writeChat(ctx, req, &stream.writer, stream.writer.hear)
		if err != nil {
			return err
		}
		return stream.end(a)
	}, stream.fail)
}

// send sends events in order.
func (s *responseStream) send(events ...responseEvent) error {
	for _, e := range events {
		e.Number = s.number
		s.number++
		if err := s.events.send(e.Type, e); err != nil {
			return err
		}
	}
	return nil
}

// inText is an event of the text.
func (s *responseStream) inText(name string) responseEvent {
	return responseEvent{Type: name, itemPlace: &itemPlace{}, partPlace: &partPlace{ItemID: s.made.message().ID}}
}

func (s *responseStream) begin(answerID string) error {
	s.made = s.asked.begun(answerID)
	item, part := s.made.message(), s.writer.part()
	added := s.inText("response.content_part.added")
	added.Part = &part
	return s.send(
		responseEvent{Type: "response.created", Response: &s.made},
		responseEvent{Type: "response.in_progress", Response: &s.made},
		responseEvent{Type: "response.output_item.added", itemPlace: &itemPlace{}, Item: &item},
		added,
	)
}

// tell sends a piece of the text, and behind it the links that are in it.
func (s *responseStream) tell(p chatPiece) error {
	delta := s.inText("response.output_text.delta")
	delta.Delta, delta.Logprobs = &p.text, &[]struct{}{}
	if err := s.send(delta); err != nil {
		return err
	}
	for i, annotation := range annotationsOf(p.links) {
		index := len(s.writer.links) - len(p.links) + i
		added := s.inText("response.output_text.annotation.added")
		added.AnnotationIndex, added.Annotation = &index, &annotation
		if err := s.send(added); err != nil {
			return err
		}
	}
	return nil
}

func (s *responseStream) end(a *answer.Answer) error {
	s.made.complete(s.asked, a, &s.writer)
	item := s.made.Output[0]
	textDone, partDone := s.inText("response.output_text.done"), s.inText("response.content_part.done")
	textDone.Text, textDone.Logprobs = &item.Content[0].Text, &[]struct{}{}
	partDone.Part = &item.Content[0]
	return s.send(textDone, partDone,
		responseEvent{Type: "response.output_item.done", itemPlace: &itemPlace{}, Item: &item},
		responseEvent{Type: "response.completed", Response: &s.made},
	)
}

// fail tells an error, as an event and as the end of the response, if it has begun.
func (s *responseStream) fail(p problem) error {
	err := s.send(responseEvent{Type: "error", responseFault: &responseFault{Code: p.Code, Message: p.Detail}})
	if err != nil || s.made.ID == "" {
		return err
	}
	s.made.Status, s.made.Error = "failed", &responseError{p.Code, p.Detail}
	return s.send(responseEvent{Type: "response.failed", Response: &s.made})
}
