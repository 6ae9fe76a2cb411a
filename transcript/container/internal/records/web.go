package records

import (
	"strings"

	"golang.org/x/net/html"

	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

// webParagraphs are the paragraphs of a piece of a web page that stands in a text. Numbers
// of columns, which are links without words, leave none.
func webParagraphs(fragment string) []string {
	var paragraphs []string
	var b strings.Builder
	end := func() {
		if words := text.OneLine(b.String()); words != "" {
			paragraphs = append(paragraphs, words)
		}
		b.Reset()
	}
	z := html.NewTokenizer(strings.NewReader(fragment))
	z.SetMaxBuf(len(fragment) + 1)
	for {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			end()
			return paragraphs
		case html.TextToken:
			b.Write(z.Text())
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			if !webInline[string(name)] {
				end()
			}
		}
	}
}

var webInline = text.WordSet(`a abbr b em i span strong sub sup u q small font mark s del ins cite`)

// raw is the text inside a node as it stands.
func (n *node) raw() string {
	if n == nil {
		return ""
	}
	var b strings.Builder
	n.gather(&b)
	return b.String()
}
