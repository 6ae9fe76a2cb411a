package container

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/pullquote/pullquote/transcript/container/content"
)

// Whatever a file holds, it is unwrapped to lines that keep their promises, or
// refused with an error that is one line.

func FuzzText(f *testing.F)     { fuzzKind(f, "", "text") }
func FuzzMarkdown(f *testing.F) { fuzzKind(f, ".md", "markdown") }
func FuzzCaptions(f *testing.F) { fuzzKind(f, ".vtt .srt", "vtt") }
func FuzzJSON(f *testing.F)     { fuzzKind(f, ".json .ndjson", "json") }
func FuzzCSV(f *testing.F)      { fuzzKind(f, ".csv .tsv", "csv") }
func FuzzAkoma(f *testing.F)    { fuzzKind(f, ".xml", "akn") }

// fuzzKind begins with the golden files of these extensions.
func fuzzKind(f *testing.F, extensions, kind string) {
	files, err := filepath.Glob("testdata/lines/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		if input := archive.Files[0]; extensions == "" || strings.Contains(extensions, filepath.Ext(input.Name)) {
			f.Add(input.Data)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, o := range []content.Options{{Kind: kind}, {}} {
			c, err := Open(data, o)
			if err == nil {
				checkContent(t, c)
				continue
			}
			var known *content.Error
			if !errors.As(err, &known) || strings.Contains(known.Message, "\n") {
				t.Fatalf("an error of type %T: %q", err, err)
			}
		}
	})
}
