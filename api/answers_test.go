package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/answer"
)

// An answer is kept as it was given, in its conversation.
func TestAnswersAreKept(t *testing.T) {
	t.Parallel()
	config := newConfig(t)
	addLighthouse(t, config)
	handler := newDescribed(t, New(config))
	ask := func(body string) (a answer.Answer) {
		t.Helper()
		unmarshal(t, post(t, handler, "/v1/answers", body).Body.String(), &a)
		return a
	}
	first := ask(`{"question": "How far does the new lamp reach?"}`)
	second := ask(fmt.Sprintf(`{"question": "Who pays for the electricity?", "conversation_id": %q}`, first.ConversationID))

	var kept answer.Answer
	unmarshal(t, get(t, handler, "/v1/answers/"+first.ID).Body.String(), &kept)
	if first.Text == "" || !reflect.DeepEqual(kept, first) {
		t.Errorf("kept %+v\nof    %+v", kept, first)
	}
	var conversation answer.Conversation
	unmarshal(t, get(t, handler, "/v1/conversations/"+first.ConversationID).Body.String(), &conversation)
	if !reflect.DeepEqual(conversation.Answers, []answer.Answer{first, second}) {
		t.Errorf("the conversation has %+v;\nwant %+v, %+v", conversation.Answers, first, second)
	}
}

// A client that repeats its question before the first response is there begins one
// conversation with one answer.
func TestRepeatedAtTheSameTime(t *testing.T) {
	t.Parallel()
	config := newConfig(t)
	addLighthouse(t, config)
	handler := New(config)
	answers := make(chan answer.Answer)
	for range 4 {
		go func() {
			r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/v1/answers", strings.NewReader(`{"question": "How far does the new lamp reach?"}`))
			r.Header.Set("Content-Type", "application/json")
			r.Header.Set("Idempotency-Key", "reach")
			recorded := httptest.NewRecorder()
			handler.ServeHTTP(recorded, r)
			var a answer.Answer
			if err := json.Unmarshal(recorded.Body.Bytes(), &a); err != nil || recorded.Code != http.StatusOK {
				t.Errorf("answered with %d, %s: %v", recorded.Code, recorded.Body, err)
			}
			answers <- a
		}()
	}
	first := <-answers
	for range 3 {
		if a := <-answers; !reflect.DeepEqual(a, first) {
			t.Errorf("answered with %+v\nand       %+v", first, a)
		}
	}
	page, err := config.Answers.Conversations(t.Context(), answer.ConversationsQuery{Limit: 5})
	if err != nil || len(page.Conversations) != 1 || page.Conversations[0].AnswerCount != 1 {
		t.Errorf("the conversations are %+v: %v", page.Conversations, err)
	}
}

// A question that is repeated with events is answered at once: nothing is made.
func TestRepeatedWithEvents(t *testing.T) {
	t.Parallel()
	config := newConfig(t)
	addLighthouse(t, config)
	handler := newDescribed(t, New(config))
	ask := func() []event {
		r := askForEvents(t.Context(), "How far does the new lamp reach?")
		r.Header.Set("Idempotency-Key", "reach")
		recorded := httptest.NewRecorder()
		handler.ServeHTTP(recorded, r)
		return parseEvents(t, recorded.Body.String())
	}
	first, second := ask(), ask()
	if want := first[len(first)-1:]; len(first) < 3 || !slices.Equal(second, want) {
		t.Errorf("the repeated question is answered with %q; want %q", second, want)
	}
}
