package captions_test

import (
	"testing"

	"github.com/pullquote/pullquote/transcript/container"
	"github.com/pullquote/pullquote/transcript/container/internal/containertest"
)

func TestGolden(t *testing.T) {
	containertest.Golden(t, "testdata/*.txtar", containertest.File(container.Open))
}

func TestRefusals(t *testing.T) {
	for _, tt := range []struct{ name, data, code, message string }{
		{"captions without cues", "WEBVTT\n\nNOTE nothing", "invalid", "the WebVTT file has no cues"},
		{"captions without words", "1\n00:00:01,000 --> 00:00:02,000\n\n", "invalid", "the SubRip file has no cues"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := container.Open(t.Context(), []byte(tt.data), container.Options{})
			containertest.Refused(t, err, tt.code, tt.message)
		})
	}
}

func FuzzCaptions(f *testing.F) {
	containertest.Fuzz(f, "vtt", container.Open, "testdata/*.txtar")
}
