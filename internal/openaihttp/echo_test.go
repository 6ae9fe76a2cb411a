package openaihttp_test

import (
	"testing"

	"github.com/pullquote/pullquote/internal/openaihttp"
)

func TestUnechoed(t *testing.T) {
	sent := []string{"The gate is late.\n“Who pays for it?” she asked.", "Renwick?"}
	for _, test := range []struct{ name, said, want string }{
		{"nothing repeated", "the context is too long", "the context is too long"},
		{"two words that may be its own", "the gate of the model", "the gate of the model"},
		{"a sentence", "cannot read: The gate is late.", "cannot read: […]."},
		{"two sentences", "cannot read: the gate is late. \"Who pays for it?\" she asked. Sorry", "cannot read: […]. Sorry"},
		{"two places", "the gate is, and pays for it", "[…], and […]"},
		{"within JSON", `{"error":"bad input: The gate is late.\n“Who pays for it?\u201d"}`, `{"error":"bad input: […]?\u201d"}`},
		{"a short text as a whole", "no such word: RENWICK", "no such word: […]"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := openaihttp.Unechoed(test.said, sent...); got != test.want {
				t.Errorf("\n got %s\nwant %s", got, test.want)
			}
		})
	}
}
