package api

import (
	"fmt"
	"reflect"
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
