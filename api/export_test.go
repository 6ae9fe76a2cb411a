package api

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/pullquote/pullquote/answer"
	"github.com/pullquote/pullquote/internal/export"
	"github.com/pullquote/pullquote/internal/wire"
)

// Answers, conversations and searches leave in every format as files, and what
// can be taken back holds.
func TestExports(t *testing.T) {
	t.Parallel()
	config := newConfig(t)
	addLighthouse(t, config)
	handler := newDescribed(t, New(config))
	var a answer.Answer
	unmarshal(t, post(t, handler, "/v1/answers", `{"question": "How far does the new lamp reach?"}`).Body.String(), &a)
	exports := map[string]func(query string) *httptest.ResponseRecorder{
		"answer": func(query string) *httptest.ResponseRecorder {
			return get(t, handler, "/v1/answers/"+a.ID+"/export?"+query)
		},
		"conversation": func(query string) *httptest.ResponseRecorder {
			return get(t, handler, "/v1/conversations/"+a.ConversationID+"/export?"+query)
		},
		"search": func(query string) *httptest.ResponseRecorder {
			return post(t, handler, "/v1/search?"+query, `{"query": "new lamp", "limit": 2}`)
		},
	}
	for name, of := range exports {
		for _, format := range export.Formats() {
			response := of("style=mla&format=" + format.Name)
			if response.Code != http.StatusOK || response.Header().Get("Content-Type") != format.MediaType {
				t.Fatalf("%s as %s: %d %s", name, format.Name, response.Code, response.Body)
			}
			if file := response.Header().Get("Content-Disposition"); !strings.HasPrefix(file, "attachment; filename=pullquote-") || !strings.HasSuffix(file, format.Extension) {
				t.Errorf("%s as %s is called %s", name, format.Name, file)
			}
			if format.Name != "md" && format.Name != "json" {
				continue
			}
			var verified verifyResponse
			unmarshal(t, post(t, handler, "/v1/verify", fmt.Sprintf(`{"text": %s}`, quoted(t, response.Body.String()))).Body.String(), &verified)
			if len(verified.Quotes) == 0 {
				t.Errorf("%s as %s has no quotations", name, format.Name)
			}
			for _, v := range verified.Quotes {
				if v.Status != answer.StatusUnchanged {
					t.Errorf("%s as %s: “%s” is %s", name, format.Name, v.Quote, v.Status)
				}
			}
		}
		for _, query := range []string{"format=odt", "format=md&style=harvard", "format=md&page=1"} {
			if response := of(query); response.Code != http.StatusUnprocessableEntity {
				t.Errorf("%s with %s: %d", name, query, response.Code)
			}
		}
	}
}

func quoted(t *testing.T, s string) string {
	t.Helper()
	data, err := wire.Encode(s)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
