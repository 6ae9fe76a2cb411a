package markdown

import (
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

// isTable reports whether a table's first row stands here: a rule follows it.
func (m *markdown) isTable() bool {
	if m.at+1 >= len(m.raw) || !strings.Contains(m.raw[m.at], "|") {
		return false
	}
	next := strings.TrimSpace(m.raw[m.at+1])
	return strings.Contains(next, "|") && strings.Contains(next, "-") && tableRule.MatchString(next)
}

func (m *markdown) table() {
	m.flush()
	m.gap = true
	for first := m.at; m.at < len(m.raw) && strings.Contains(m.raw[m.at], "|"); m.at++ {
		if m.at == first+1 {
			continue
		}
		var cells []string
		for _, cell := range cutCells(strings.TrimSpace(m.raw[m.at])) {
			clean, _ := cleanInline(cell, m.targets)
			cells = append(cells, text.OneLine(clean))
		}
		m.add(content.RowLine(cells))
	}
	m.at--
	m.gap = true
}

// cutCells divides the row of a table.
func cutCells(row string) []string {
	row = strings.TrimPrefix(row, "|")
	var cells []string
	start := 0
	for i := 0; i < len(row) && len(cells) < content.MostColumns; i++ {
		switch row[i] {
		case '\\':
			i++
		case '|':
			cells = append(cells, strings.TrimSpace(row[start:i]))
			start = i + 1
		}
	}
	if last := strings.TrimSpace(row[start:]); last != "" {
		cells = append(cells, last)
	}
	return cells
}
