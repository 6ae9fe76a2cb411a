package container

import (
	"testing"

	"github.com/pullquote/pullquote/transcript/container/internal/containertest"
)

const golden = "testdata/lines/*.txtar"

func FuzzText(f *testing.F)  { containertest.Fuzz(f, "text", Open, golden) }
func FuzzJSON(f *testing.F)  { containertest.Fuzz(f, "json", Open, golden, ".json", ".ndjson") }
func FuzzCSV(f *testing.F)   { containertest.Fuzz(f, "csv", Open, golden, ".csv", ".tsv") }
func FuzzAkoma(f *testing.F) { containertest.Fuzz(f, "akn", Open, golden, ".xml") }
