package styles_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode"

	"github.com/pullquote/pullquote/transcript"
	"github.com/pullquote/pullquote/transcript/internal/labels/styles"
	"github.com/pullquote/pullquote/transcript/model"
	"github.com/pullquote/pullquote/transcript/transcripttest"
)

// Each style has an archive of its name, with texts whose turns begin with it, and
// beside them what must not be taken for a label.
func TestTurns(t *testing.T) {
	begun := map[string]int{} // the turns of each style, by archive
	transcripttest.Archives(t, "testdata", func(t *testing.T, filename string, data []byte) *model.Transcript {
		got, explained, err := transcript.Explain(t.Context(), data, transcript.Options{Filename: filename})
		if err != nil {
			t.Fatal(err)
		}
		archive := strings.Split(t.Name(), "/")[1]
		for _, use := range explained.Labels {
			begun[archive+": "+use.Name] += use.Turns
		}
		return got
	})
	for _, style := range styles.All() {
		archive := snakeCase(strings.TrimPrefix(fmt.Sprintf("%T", style), "styles."))
		if begun[archive+": "+style.Name()] == 0 {
			t.Errorf("testdata/%s.txtar has no turn that begins with the label's %s", archive, style.Name())
		}
		if _, err := os.Stat(archive + ".go"); err != nil {
			t.Errorf("the style has no file of its own: %v", err)
		}
	}
}

// snakeCase is ownLine as own_line.
func snakeCase(name string) string {
	var b strings.Builder
	for _, r := range name {
		if unicode.IsUpper(r) {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
