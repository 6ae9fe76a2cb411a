package retrieval_test

import (
	"strings"
	"testing"

	"github.com/pullquote/pullquote/internal/fault"
	"github.com/pullquote/pullquote/retrieval"
)

func TestParseEmbargo(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]retrieval.Embargo{
		"": "", "for-good": retrieval.ForGood, " 2026-12-24 ": "2026-12-24T00:00:00Z",
		"2026-12-24T18:00:00+02:00": "2026-12-24T16:00:00Z", "2026-12-24T18:00:00.5Z": "2026-12-24T18:00:01Z",
		"0001-01-01": "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z": "9999-12-31T23:59:59Z",
	} {
		if got, err := retrieval.ParseEmbargo(given); got != want || err != nil {
			t.Errorf("%q is %q, %v; want %q", given, got, err, want)
		}
	}
	for _, given := range []string{"tomorrow", "24.12.2026", "2026-02-30", "forever", "untold", "0000-12-31", "0001-01-01T00:00:00+01:00", "10000-01-01", "9999-12-31T23:59:59-01:00", "9999-12-31T23:59:59.5Z"} {
		if got, err := retrieval.ParseEmbargo(given); fault.CodeOf(err) != fault.Invalid {
			t.Errorf("%q is %q, %v", given, got, err)
		}
	}
}

// versionOf are turns with one letter for their words; capitals are under embargo.
func versionOf(letters string) (turns []retrieval.EmbargoedText) {
	for i, letter := range letters {
		turn := retrieval.EmbargoedText{Turn: i, Text: strings.ToLower(string(letter))}
		if turn.Text != string(letter) {
			turn.Embargo = retrieval.ForGood
		}
		turns = append(turns, turn)
	}
	return turns
}

func TestEmbargoesAreCarriedToTheNextVersion(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, former, next, want, another string }{
		{"nothing has changed", "aBc", "abc", "aBc", "aBc"},
		{"turns before it are new", "aBc", "xyabc", "xyaBc", "XYaBc"},
		{"its words were mended", "aBc", "axc", "aXc", "aXc"},
		{"it was divided", "aBc", "axyc", "aXYc", "aXYc"},
		{"it was joined with the next", "aBcd", "axd", "aXd", "aXd"},
		{"it was taken out", "aBc", "ac", "ac", "ac"},
		{"it moved", "aBcd", "acdb", "acdB", "acdB"},
		{"it moved and was mended", "aBcd", "acdx", "acdx", "acdX"},
		{"what is said often stands where it stood", "aYbyc", "aybyc", "aYbyc", "aYbyc"},
		{"another turn was mended", "aBcd", "abxd", "aBxd", "aBXd"},
		{"those around it changed places", "aBc", "cxa", "CXA", "CXA"},
		{"nothing is the same", "aB", "xyz", "XYZ", "XYZ"},
		{"the last one was mended", "abC", "abx", "abX", "abX"},
		{"there is none", "abc", "xyz", "xyz", "xyz"},
	} {
		for another, want := range map[bool]string{false: c.want, true: c.another} {
			next := versionOf(c.next)
			var got strings.Builder
			for i, embargo := range retrieval.CarryEmbargoes(versionOf(c.former), next, another) {
				letter := next[i].Text
				if embargo != "" {
					letter = strings.ToUpper(letter)
				}
				got.WriteString(letter)
			}
			if got.String() != want {
				t.Errorf("%s: %s to %s, of another file: %t, is %s, want %s", c.name, c.former, c.next, another, got.String(), want)
			}
		}
	}
}
