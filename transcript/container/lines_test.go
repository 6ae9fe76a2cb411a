package container

import (
	"testing"

	"github.com/pullquote/pullquote/transcript/container/internal/containertest"
)

// Each archive in testdata/lines holds a file and what is unwrapped from it.
func TestLines(t *testing.T) {
	containertest.Golden(t, "testdata/lines/*.txtar", containertest.File(Open))
}
