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

func TestNearest(t *testing.T) {
	t.Parallel()
	names := []string{"search", "ask", "chat", "conversations", "Oslo talks"}
	for _, test := range []struct{ word, want string }{
		{"serach", "search"}, {"aks", "ask"}, {"Chat", "chat"}, {"conv", "conversations"}, {"conversation", "conversations"},
		{"oslo talk", "Oslo talks"}, {"quote", ""}, {"x", ""}, {"", ""}, {"marmalade", ""},
	} {
		if got := words.Nearest(test.word, names); got != test.want {
			t.Errorf("%q is read as %q, want %q", test.word, got, test.want)
		}
	}
}
