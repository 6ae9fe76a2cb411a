package talkbank_test

import (
	"testing"

	"github.com/pullquote/pullquote/transcript/container"
	"github.com/pullquote/pullquote/transcript/container/internal/containertest"
)

func TestGolden(t *testing.T) {
	containertest.Golden(t, "testdata/*.txtar", containertest.File(container.Open))
}

func FuzzCHAT(f *testing.F) {
	containertest.Fuzz(f, "chat", container.Open, "testdata/*.txtar")
}
