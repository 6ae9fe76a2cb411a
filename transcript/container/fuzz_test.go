package container

import (
	"testing"

	"github.com/pullquote/pullquote/transcript/container/internal/containertest"
)

const golden = "testdata/lines/*.txtar"

func FuzzText(f *testing.F)  { containertest.Fuzz(f, "text", Open, golden) }
func FuzzAkoma(f *testing.F) { containertest.Fuzz(f, "akn", Open, golden, ".xml") }
