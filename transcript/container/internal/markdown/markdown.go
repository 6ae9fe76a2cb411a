// Package markdown opens texts in Markdown: the marks become what they mean of a
// line (heading, bold type, item of a list, cells of a table) and are no part of the
// text any more. Front matter becomes fields.
//
// It is read line by line rather than by the letter of CommonMark, because people
// write transcripts in Markdown that is not quite Markdown: they indent
// paragraphs, which are no code; begin lines with "1968. "; break lines where
// the line ends; close bold type behind a blank; and mean the asterisks of
// "2 * 3" and "sn*w". What is no mark of theirs beyond doubt stays text.
package markdown

import (
	"context"
	"regexp"
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/decode"
)

// Is recognises Markdown by front matter, a heading at the start, or two marks that
// hardly occur in plain text; one is enough where the file is called Markdown.
func Is(data []byte, o content.Options) bool {
	start := decode.Sniff(data, o)
	if _, _, found := cutFrontMatter(start); found {
		return true
	}
	enough := 2
	if e := o.Extension(); e == ".md" || e == ".markdown" || o.MediaType() == "text/markdown" {
		enough = 1
	}
	if atxHeading.MatchString(strings.TrimSpace(start[:min(len(start), 100)])) {
		return true
	}
	marks := 0
	for _, m := range typicalMarks {
		if strings.Contains(start, m.sign) {
			marks += len(m.pattern.FindAllStringIndex(start, enough))
		}
	}
	return marks >= enough
}

// typicalMarks hardly occur in plain text: headings, bold type, links, rules of tables,
// escaped underscores. Each has a sign, without which there is no need to look for it.
var typicalMarks = []struct {
	sign    string
	pattern *regexp.Regexp
}{
	{"#", regexp.MustCompile(`(?m)^#{1,6}[ \t]+[^#\s]`)},
	{"**", regexp.MustCompile(`(?m)(?:^|\s)\*\*[^*\s][^*\n]*\*\*`)},
	{"](", regexp.MustCompile(`\[[^\]\n]+\]\((?:https?://|mailto:|/|#)[^)\s]*\)`)},
	{"---", regexp.MustCompile(`(?m)^[ \t]*\|?[ \t]*:?-{3,}:?[ \t]*\|[-:| \t]*$`)},
	{`\_\_`, regexp.MustCompile(`(?m)^\\_\\_|\\_\\_$`)},
}

// Open reads front matter as fields and the rest as lines without markup.
func Open(ctx context.Context, data []byte, o content.Options) (*content.Content, error) {
	text, warnings, err := decode.Lines(data, o.ContentType)
	if err != nil {
		return nil, err
	}
	c := &content.Content{Text: text, Warnings: warnings}
	if front, rest, found := cutFrontMatter(text); found {
		c.Fields, text = frontFields(front), rest
	}
	raw := strings.Split(text, "\n")
	p := parser{raw: raw, targets: linkTargets(raw), gap: true}
	for p.at < len(p.raw) && !content.Ended(ctx, p.at) {
		p.block()
		if err := content.CheckLines(len(p.lines), len(text)); err != nil { // a tag may break one
			return nil, err
		}
	}
	p.flush()
	c.Lines = readFences(p.lines)
	return c, nil
}

// readFences takes code for text where four fifths of all lines stand in code blocks:
// somebody used one to show a text as it was typed.
func readFences(lines []content.Line) []content.Line {
	code := 0
	for _, l := range lines {
		if l.Code {
			code++
		}
	}
	for i := range lines {
		lines[i].Code = lines[i].Code && code*5 < len(lines)*4
	}
	return lines
}
