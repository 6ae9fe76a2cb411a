package words_test

import (
	"testing"

	"github.com/pullquote/pullquote/internal/words"
)

func TestEdits(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"", "abc", 3}, {"kitten", "sitting", 3}, {"flaw", "lawn", 2}, {"same", "same", 0}} {
		if got := words.Edits(test.a, test.b); got != test.want {
			t.Errorf("%q becomes %q by %d edits, want %d", test.a, test.b, got, test.want)
		}
		if got := words.Edits(test.b, test.a); got != test.want {
			t.Errorf("%q becomes %q by %d edits, want %d", test.b, test.a, got, test.want)
		}
	}
}
