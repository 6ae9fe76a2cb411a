package tables_test

import (
	"strings"
	"testing"

	"github.com/pullquote/pullquote/transcript/container"
	"github.com/pullquote/pullquote/transcript/container/internal/containertest"
)

func TestGolden(t *testing.T) {
	containertest.Golden(t, "testdata/*.txtar", containertest.File(container.Open))
}

func TestRefusals(t *testing.T) {
	deep := strings.Repeat(`{"a":`, 100) + "1" + strings.Repeat("}", 100)
	for _, tt := range []struct{ name, data, kind, code, message string }{
		{"nested JSON", deep, "", "invalid", "nested more than 64 deep at byte"},
		{"JSON that is mostly values", "[" + strings.Repeat(`{},`, 1<<19) + "{}]", "json", "too_large", "too many values"},
		{"a table of one column", "words\nIs it safe?\n", "csv", "invalid", "one column only"},
		{"a table without speech", "a,b\n1,2\n3,4\n", "csv", "invalid", "no column of the table holds speech"},
		{"a table of endless columns", "speaker,text\n" + strings.Repeat(",", 2000), "", "too_large", "more than 1000 columns"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := container.Open(t.Context(), []byte(tt.data), container.Options{Kind: tt.kind})
			containertest.Refused(t, err, tt.code, tt.message)
		})
	}
}

func FuzzJSON(f *testing.F) {
	containertest.Fuzz(f, "json", container.Open, "testdata/*.txtar", ".json", ".ndjson")
}

func FuzzCSV(f *testing.F) {
	containertest.Fuzz(f, "csv", container.Open, "testdata/*.txtar", ".csv", ".tsv")
}
