package container

import (
	"context"
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/decode"
	"github.com/pullquote/pullquote/transcript/container/internal/foreign"
	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

// isText takes every file for plain text.
func isText([]byte, Options) bool { return true }

// openText reads plain text: a line is a line, and a blank one begins a paragraph.
func openText(ctx context.Context, data []byte, o Options) (*Content, error) {
	text, warnings, err := decode.Lines(data, o.ContentType)
	if err != nil {
		return nil, err
	}
	return &Content{Text: text, Lines: textLines(ctx, text), Warnings: warnings}, nil
}

// Text makes text of a file's bytes, as Open does of a transcript's: it recognises the encoding, and
// says of what is no text what it is instead, as an *Error.
func Text(data []byte) (string, error) {
	if err := foreign.Refuse(data, Options{}); err != nil {
		return "", err
	}
	plain, _, err := decode.Text(data, "")
	return plain, err
}

// textLines are the lines of a text that are not blank.
func textLines(ctx context.Context, plain string) []Line {
	lines := make([]Line, 0, countLines(plain))
	gap := true
	n := 0
	for raw := range strings.SplitSeq(plain, "\n") {
		if n++; content.Ended(ctx, n) {
			break
		}
		line := strings.TrimSpace(raw)
		if line != "" {
			lines = append(lines, Line{Text: line, Gap: gap, Indent: text.Indent(raw)})
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
