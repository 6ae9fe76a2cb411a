package container_test

import (
	"testing"

	"github.com/pullquote/pullquote/transcript/container"
	"github.com/pullquote/pullquote/transcript/container/internal/containertest"
)

func TestOpenRecognises(t *testing.T) {
	for kind, file := range map[string]string{
		"pdf": "%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj 2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n" +
			"3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 90 90]/Contents 4 0 R/Resources<</Font<</F <</Type/Font/Subtype/Type1/BaseFont/Courier>>>>>>>> endobj\n" +
			"4 0 obj <</Length 30>> stream\nBT /F 9 Tf 9 9 Td (Yes.) Tj ET\nendstream endobj\ntrailer <</Root 1 0 R>>",
		"html":     "<!DOCTYPE html><p>Will it hold?</p>",
		"vtt":      "WEBVTT\n\n00:01.000 --> 00:02.000\nWill it hold?",
		"srt":      "1\n00:00:01,000 --> 00:00:02,000\nWill it hold?",
		"akn":      `<akomaNtoso><debate><speech by="#roe"><p>Will it hold?</p></speech></debate></akomaNtoso>`,
		"xml":      `<debate><speech by="#roe"><p>Will it hold?</p></speech></debate>`,
		"json":     `[{"speaker": "Jane Roe", "text": "Will it hold?"}]`,
		"csv":      "speaker,text\nJane Roe,Will it hold?\n",
		"markdown": "# The harbour\n\n**Jane Roe:** Will it hold?",
		"text":     "JANE ROE: Will it hold?",
	} {
		c, err := container.Open(t.Context(), []byte(file), container.Options{})
		if err != nil {
			t.Errorf("%s: %v", kind, err)
			continue
		}
		containertest.Check(t, c)
		if c.Kind != kind || len(c.Lines) == 0 {
			t.Errorf("a file of kind %s was taken for %s, with %d lines", kind, c.Kind, len(c.Lines))
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	for _, tt := range []struct{ name, data, kind, code, message string }{
		{"an old Office file that is cut off", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\x00\x00", "", "invalid", "ends early"},
		{"a container that does not exist", "words", "opera", "invalid", `no container "opera"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := container.Open(t.Context(), []byte(tt.data), container.Options{Kind: tt.kind})
			containertest.Refused(t, err, tt.code, tt.message)
		})
	}
}

func FuzzText(f *testing.F) {
	containertest.Fuzz(f, "text", container.Open, "internal/*/testdata/*.txtar")
}
