package container

import (
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/decode"
	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

// Plain text: a line is a line, and a blank one begins a paragraph.

func isText([]byte, content.Options) bool { return true }

func openText(data []byte, o content.Options) (*content.Content, error) {
	text, warnings, err := decode.Lines(data, o.ContentType)
	if err != nil {
		return nil, err
	}
	return &content.Content{Text: text, Lines: textLines(text), Warnings: warnings}, nil
}

// textLines are the lines of a text that are not blank.
func textLines(plain string) []content.Line {
	lines := make([]content.Line, 0, countLines(plain))
	gap := true
	for raw := range strings.SplitSeq(plain, "\n") {
		line := strings.TrimSpace(raw)
		if line != "" {
			lines = append(lines, content.Line{Text: line, Gap: gap, Indent: text.Indent(raw)})
		}
		gap = line == ""
	}
	return lines
}

// countLines counts the lines of a text that are not blank.
func countLines(text string) int {
	n := 0
	for line := range strings.SplitSeq(text, "\n") {
		if strings.TrimSpace(line) != "" {
			n++
		}
	}
	return n
}
