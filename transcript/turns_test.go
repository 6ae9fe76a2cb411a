package transcript

import (
	"testing"

	"github.com/pullquote/pullquote/transcript/model"
	"github.com/pullquote/pullquote/transcript/transcripttest"
)

// The archives of testdata/turns show what labels have beside them and what stands
// between turns, and what must not be taken for a label. The styles of labels have theirs
// in package styles.
func TestTurns(t *testing.T) {
	transcripttest.Archives(t, "testdata/turns", func(t *testing.T, filename string, data []byte) *model.Transcript {
		got, err := Parse(t.Context(), data, Options{Filename: filename})
		if err != nil {
			t.Fatal(err)
		}
		return got
	})
}
