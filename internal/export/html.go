package export

import (
	_ "embed"
	"html/template"
	"io"
	"net/url"
	"strings"
	"sync"

	"github.com/pullquote/pullquote/answer"
)

//go:embed page.html.tmpl
var pageTemplate string

var htmlPage = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("page").Funcs(template.FuncMap{"fragment": fragmentURL}).Parse(pageTemplate))
})

// writeHTML writes one page that needs nothing else. Each quotation leads to its
// words in the transcript.
func writeHTML(w io.Writer, d *Document) error {
	return htmlPage().Execute(w, struct {
		Generator, Title string
		Sections         []section
	}{generator, d.Title(), d.sections()})
}

// fragmentWords are those at either end of a quotation by which a browser finds it.
const fragmentWords = 6

// fragmentURL adds a text fragment (WICG Scroll to Text Fragment) to a
// permalink, so that a browser finds the words themselves.
func fragmentURL(c answer.Citation) string {
	directive := fragmentText(strings.Fields(c.Quote))
	paragraphs := strings.Split(strings.TrimSpace(c.Quote), "\n\n")
	first, last := strings.Fields(paragraphs[0]), strings.Fields(paragraphs[len(paragraphs)-1])
	if len(paragraphs) > 1 || len(first) > 2*fragmentWords { // a text between two others may be of several paragraphs
		directive = fragmentText(first[:min(len(first), fragmentWords)]) + "," + fragmentText(last[max(0, len(last)-fragmentWords):])
	}
	if !strings.Contains(c.URL, "#") {
		return c.URL + "#:~:text=" + directive
	}
	return c.URL + ":~:text=" + directive
}

// fragmentText encodes words for a text fragment, in which "-", "," and "&" mean
// something.
func fragmentText(words []string) string {
	return strings.NewReplacer("-", "%2D", "&", "%26").Replace(url.PathEscape(strings.Join(words, " ")))
}
