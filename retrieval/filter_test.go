package retrieval

import (
	"strings"
	"testing"

	"github.com/pullquote/pullquote/internal/fault"
)

func TestQueryValidate(t *testing.T) {
	tests := []struct {
		name string
		q    Query
		want fault.Code // empty: accepted
		says string
	}{
		{"a plain question", Query{Text: "ferries?"}, "", ""},
		{"empty", Query{Text: " \n"}, fault.Invalid, "write what you want to find"},
		{"too long", Query{Text: strings.Repeat("a", MaxQueryRunes+1)}, fault.TooLarge, "shorten it"},
		{"a history too long", Query{Text: "q", History: make([]string, maxHistory+1)}, fault.TooLarge, "send the latest"},
		{"a question of the history too long", Query{Text: "q", History: []string{strings.Repeat("a", MaxQueryRunes+1)}}, fault.TooLarge, "of the history"},
		{"limit too high", Query{Text: "q", Limit: MaxLimit + 1}, fault.Invalid, "use 1 to 100"},
		{"transcript that is no id", Query{Text: "q", Filter: Filter{Transcript: "first"}}, fault.Invalid, "is not an id"},
		{"speaker without a word", Query{Text: "q", Filter: Filter{Speaker: "…."}}, fault.Invalid, "use a name"},
		{"unknown role", Query{Text: "q", Filter: Filter{Role: "heckler"}}, fault.Invalid, "the roles are"},
		{"a date that is none", Query{Text: "q", Filter: Filter{From: "2026-02-30"}}, fault.Invalid, "is not a date"},
		{"a year that is none", Query{Text: "q", Filter: Filter{To: "0000-12-31"}}, fault.Invalid, "is not a date"},
		{"dates the wrong way round", Query{Text: "q", Filter: Filter{From: "2026-02-02", To: "2026-02-01"}}, fault.Invalid, "swap them"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			q, err := tt.q.validate(t.Context())
			if tt.want == "" {
				if err != nil || q.Filter.Collection != DefaultCollection || q.Limit != DefaultLimit {
					t.Fatalf("validate() = %+v, %v", q, err)
				}
				return
			}
			if err == nil || fault.CodeOf(err) != tt.want || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("validate() says %v, want %s: …%s", err, tt.want, tt.says)
			}
		})
	}
}
