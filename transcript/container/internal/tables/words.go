package tables

import (
	"strings"
	"unicode/utf8"

	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

// wordsOf joins the words at a path; where an array is on it, those of each of its
// elements.
func wordsOf(n *node, path []string) string {
	if len(path) == 0 {
		if n.kind == arrayNode {
			parts := make([]string, len(n.children))
			for i, child := range n.children {
				parts[i] = wordsOf(child, nil)
			}
			return joinWords(parts)
		}
		return n.text
	}
	if n.kind == arrayNode {
		var parts []string
		for _, child := range n.children {
			if text := wordsOf(child, path); text != "" {
				parts = append(parts, text)
			}
		}
		return joinWords(parts)
	}
	if child := n.field(path[0]); child != nil {
		return wordsOf(child, path[1:])
	}
	return ""
}

// joinWords joins pieces of text, with blanks between them unless a third of them bring
// their own.
func joinWords(parts []string) string {
	blanks, alone := 0, false
	for _, p := range parts {
		trimmed := strings.TrimSpace(p)
		if p != trimmed {
			blanks++
		}
		alone = alone || trimmed == ""
	}
	if alone || blanks*3 > len(parts) {
		return strings.Join(parts, "")
	}
	var b strings.Builder
	for i, p := range parts {
		first, _ := utf8.DecodeRuneInString(p)
		if i > 0 && !strings.ContainsRune(".,;:!?)”’…", first) {
			b.WriteByte(' ')
		}
		b.WriteString(p)
	}
	return b.String()
}

// valueAt is the text or number at a path, on one line; empty where there is none.
func valueAt(e *node, path []string) string {
	if n := e.at(path); n != nil && n.kind < objectNode {
		clean, _, _ := text.DropInvisible(n.text)
		return text.OneLine(clean)
	}
	return ""
}
