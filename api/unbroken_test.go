package api

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// However long a sentence goes on, or the question before it, what answers quote is short
// enough to be read, and is the record's.
func TestAnswersFromAnUnbrokenSentence(t *testing.T) {
	t.Parallel()
	config := newConfig(t)
	const size = 256 << 10
	var question, sentence strings.Builder
	for i := 0; question.Len() < size; i++ {
		fmt.Fprintf(&question, "would berth %d be dredged or ", i)
		fmt.Fprintf(&sentence, "berth %d was dredged by the harbour and ", i)
	}
	add(t, config, "unbroken.txt", []byte("MS. MARCHETTI: "+question.String()+"will it be?\n\nMR. CASTELLAN: "+sentence.String()+"that is all.\n"))
	recorded := post(t, newDescribed(t, New(config)), "/v1/answers", `{"question": "Who dredged berth 400?"}`)
	const most = 200 << 10 // a dozen of the longest quotations, and the statements with them
	if recorded.Code != http.StatusOK || recorded.Body.Len() > most {
		t.Errorf("status %d, %d bytes: %.300s", recorded.Code, recorded.Body.Len(), recorded.Body)
	}
}
