package container

import (
	"strings"
	"unicode"
)

// Plain text: a line is a line, and a blank one begins a paragraph.

func isText([]byte, Options) bool { return true }

func openText(data []byte, o Options) (*Content, error) {
	text, warnings, err := decodeLines(data, o.ContentType)
	if err != nil {
		return nil, err
	}
	return &Content{Text: text, Lines: textLines(text), Warnings: warnings}, nil
}

const tabWidth = 8

// textLines are the lines of a text that are not blank.
func textLines(text string) []Line {
	lines := make([]Line, 0, countLines(text))
	gap := true
	for raw := range strings.SplitSeq(text, "\n") {
		line := strings.TrimSpace(raw)
		if line != "" {
			lines = append(lines, Line{Text: line, Gap: gap, Indent: indentOf(raw)})
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

// indentOf counts the columns of white space at the start of a line.
func indentOf(line string) int {
	columns := 0
	for _, r := range line {
		switch {
		case r == '\t':
			columns += tabWidth - columns%tabWidth
		case unicode.IsSpace(r):
			columns++
		default:
			return columns
		}
	}
	return columns
}

// head is the start of a text, up to n bytes.
func head(text string, n int) string { return text[:min(len(text), n)] }
