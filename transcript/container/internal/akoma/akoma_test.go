package akoma_test

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
	for _, tt := range []struct{ name, data, code, message string }{
		{"XML without speeches", "<?xml version='1.0'?>\n<book><p>Night.</p></book>", "invalid", "the XML has no speeches"},
		{"XML that breaks off", "<?xml version='1.0'?>\n<debate>\n<speech by='#a'><p>Yes", "invalid", "malformed in line 3"},
		{"nested XML", "<?xml version='1.0'?>" + strings.Repeat("<a>", 300), "invalid", "nested more than 256 deep"},
		{"XML with entities", `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><speech by="#x">&c;</speech>`,
			"unsupported", "declares entities of its own"},
		{"XML with an entity that nobody declares", `<?xml version="1.0"?><speech by="#x">&c;</speech>`, "invalid", "malformed in line 1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := container.Open(t.Context(), []byte(tt.data), container.Options{})
			containertest.Refused(t, err, tt.code, tt.message)
		})
	}
}

func FuzzAkoma(f *testing.F) {
	containertest.Fuzz(f, "akn", container.Open, "testdata/*.txtar")
}
