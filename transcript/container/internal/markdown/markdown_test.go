package markdown_test

import (
	"testing"

	"github.com/pullquote/pullquote/transcript/container"
	"github.com/pullquote/pullquote/transcript/container/internal/containertest"
)

func TestGolden(t *testing.T) {
	containertest.Golden(t, "testdata/*.txtar", containertest.File(container.Open))
}

func FuzzMarkdown(f *testing.F) {
	containertest.Fuzz(f, "markdown", container.Open, "testdata/*.txtar", ".md")
}
