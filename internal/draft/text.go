package draft

import (
	"html"
	"regexp"
	"strings"
)

var (
	fence     = regexp.MustCompile("^\\s*(```|~~~)")
	heading   = regexp.MustCompile(`^\s{0,3}#{1,6}\s+(.*?)\s*#*$`)
	rule      = regexp.MustCompile(`^\s*([-*_=]\s*){3,}$`)
	listItem  = regexp.MustCompile(`^\s*([-*+]|\d{1,3}[.)])\s+`)
	firstItem = regexp.MustCompile(`^\s*([-*+]|1[.)])\s+`) // only this may interrupt a paragraph
	quoteMark = regexp.MustCompile(`^(\s{0,3}>\s?)+`)
)

// readText reads plain text and Markdown: paragraphs between blank lines, headings,
// list items and lines that begin with > as block quotations. Code is left out.
func readText(text string) []block {
	var r textReader
	for line := range strings.Lines(text) {
		r.line++
		r.read(strings.TrimSuffix(line, "\n"))
	}
	r.end()
	return r.blocks
}

type textReader struct {
	blocks []block
	open   block
	line   int
	quoted int // block quotations so far
	code   bool
}

func (r *textReader) read(line string) {
	quoted := quoteMark.MatchString(line)
	if quoted != (r.open.quoted > 0) {
		r.end()
		if r.open.quoted = 0; quoted {
			r.quoted++
			r.open.quoted = r.quoted
		}
	}
	line = quoteMark.ReplaceAllString(line, "")
	switch {
	case fence.MatchString(line):
		r.end()
		r.code = !r.code
	case r.code:
	case strings.TrimSpace(line) == "", rule.MatchString(line):
		r.end()
	case heading.MatchString(line):
		r.end()
		r.add(heading.FindStringSubmatch(line)[1])
		r.end()
	case !quoted && (firstItem.MatchString(line) || r.open.empty() && listItem.MatchString(line)):
		r.end()
		r.add(listItem.ReplaceAllString(line, ""))
	default:
		r.add(line)
	}
}

func (r *textReader) add(line string) {
	line = withoutMarkup(line)
	if len(r.open.text) > 0 {
		line = "\n" + line
	}
	r.open.add(line, r.line)
}

// end ends the paragraph that is open. The next is of the same block quotation.
func (r *textReader) end() {
	if !r.open.empty() {
		r.blocks = append(r.blocks, r.open)
	}
	r.open = block{quoted: r.open.quoted}
}

// inlineMarkup is Markdown inside a line, with what is left of it.
var inlineMarkup = []struct {
	pattern *regexp.Regexp
	text    string
}{
	{regexp.MustCompile("``([^`]+?)''"), "“$1”"}, // as TeX writes quotation marks
	{regexp.MustCompile("`+[^`]*`+"), ""},        // code
	{regexp.MustCompile(`!\[[^\]]*\]\([^)]*\)`), ""},
	{regexp.MustCompile(`\[\^[^\]]+\]:?`), ""}, // footnotes
	{regexp.MustCompile(`\[([^\]]+)\]\([^)]*\)`), "$1"},
	{regexp.MustCompile(`\[([^\]]+)\]\[[^\]]*\]`), "$1"},
	{regexp.MustCompile(`~~[^~]*~~`), ""},
	{regexp.MustCompile(`<[qQ]>`), "“"},
	{regexp.MustCompile(`</[qQ]>`), "”"},
	{regexp.MustCompile(`</?[a-zA-Z][^>]*>`), ""},
	{regexp.MustCompile(`\*+`), ""},
	{regexp.MustCompile(`(^|[^\pL\pN_])_+([\pL\pN"“'‘«])`), "$1$2"},
	{regexp.MustCompile(`([\pL\pN.,!?"”'’»])_+([^\pL\pN_]|$)`), "$1$2"},
	{regexp.MustCompile("\\\\([!-/:-@\\[-`{-~])"), "$1"},
}

func withoutMarkup(line string) string {
	for _, m := range inlineMarkup {
		line = m.pattern.ReplaceAllString(line, m.text)
	}
	return html.UnescapeString(line)
}
