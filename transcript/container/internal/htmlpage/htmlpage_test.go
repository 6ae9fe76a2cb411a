package htmlpage_test

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
		{"a page without words", "<!DOCTYPE html><script>load()</script>", "invalid", "no words besides its navigation"},
		{"a page of tags", strings.Repeat("<p>", 2_000_001), "too_large", "more than 2000000 tags"},
		{"pages one behind the other", "<!DOCTYPE html>" + strings.Repeat("<body>Yes.", 300), "too_large", "more than 200 web pages"},
		{"a page of lines", "<!DOCTYPE html><pre>" + strings.Repeat("a\n", 1<<20), "too_large", "lines that are read of a file of its size"},
		{"a page that nests without end", "<html>" + strings.Repeat("<div>", 1000), "invalid", "nests elements too deep"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := container.Open(t.Context(), []byte(tt.data), container.Options{})
			containertest.Refused(t, err, tt.code, tt.message)
		})
	}
}

// A title that names the program which made the page, or its file, is none.
func TestTitlesOfGenerators(t *testing.T) {
	for head, want := range map[string]string{
		`<title>Created by Quay Converter 3 (HTML Version)</title>`:                                 "",
		`<title>Quay Press</title><meta name="generator" content="Quay Press 4.1">`:                 "",
		`<title>Untitled Document</title>`:                                                          "",
		`<title>minutes-0405.docx</title>`:                                                          "",
		`<meta name="dc.title" content="Microsoft Word - minutes"><title>Harbour Board</title>`:     "Harbour Board",
		`<title> - LIGHTHOUSES: WHO PAYS?</title>`:                                                  "LIGHTHOUSES: WHO PAYS?",
		`<title>Created Equal: the Harbour Act</title><meta name="generator" content="Quay Press">`: "Created Equal: the Harbour Act",
	} {
		c, err := container.Open(t.Context(), []byte("<html><head>"+head+"</head><body><p>ROE: Yes.</p></body></html>"), container.Options{})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, f := range c.Fields {
			if f.Name == "title" {
				got = f.Value
			}
		}
		if got != want {
			t.Errorf("%s: title %q, want %q", head, got, want)
		}
	}
}

func FuzzHTML(f *testing.F) {
	containertest.Fuzz(f, "html", container.Open, "testdata/*.txtar")
}
