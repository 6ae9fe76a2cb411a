package export

import (
	_ "embed"
	"html/template"
	"io"
	"net/url"
	"strings"

	"github.com/pullquote/pullquote/answer"
)

//go:embed page.html.tmpl
var pageTemplate string

// writeHTML writes one page that needs nothing else. Each quotation leads to its
// words in the transcript.
func writeHTML(w io.Writer, d *Document) error {
	page, err := template.New("page").Funcs(template.FuncMap{"fragment": fragmentURL}).Parse(pageTemplate)
	if err != nil {
		return err
	}
	return page.Execute(w, struct {
		Generator, Title string
		Sections         []section
	}{generator, d.Title(), d.sections()})
}

const fragmentWords = 6 // at either end of a quotation, by which a browser finds it

// fragmentURL adds a text fragment (WICG Scroll to Text Fragment) to a
// permalink, so that a browser finds the words themselves.
func fragmentURL(c answer.Citation) string {
	words := strings.Fields(c.Quote)
	directive := fragmentText(strings.Join(words, " "))
	if len(words) > 2*fragmentWords {
		directive = fragmentText(strings.Join(words[:fragmentWords], " ")) + "," + fragmentText(strings.Join(words[len(words)-fragmentWords:], " "))
	}
	if !strings.Contains(c.URL, "#") {
		return c.URL + "#:~:text=" + directive
	}
	return c.URL + ":~:text=" + directive
}

// fragmentText encodes words for a text fragment, in which "-" and "," mean
// something.
func fragmentText(s string) string {
	return strings.ReplaceAll(url.PathEscape(s), "-", "%2D")
}
