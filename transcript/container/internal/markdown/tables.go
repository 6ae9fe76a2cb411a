package markdown

import (
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

// isTable reports whether a table's first row stands here: a rule follows it.
func (p *parser) isTable() bool {
	if p.at+1 >= len(p.raw) || !strings.Contains(p.raw[p.at], "|") {
		return false
	}
	next := strings.TrimSpace(p.raw[p.at+1])
	return strings.Contains(next, "|") && strings.Contains(next, "-") && tableRule.MatchString(next)
}

// table reads the rows of a table, without the rule below the first.
func (p *parser) table() {
	p.flush()
	p.gap = true
	for first := p.at; p.at < len(p.raw) && strings.Contains(p.raw[p.at], "|"); p.at++ {
		if p.at == first+1 {
			continue
		}
		var cells []string
		for _, cell := range cutCells(strings.TrimSpace(p.raw[p.at])) {
			clean, _, _ := cleanInline(cell, p.targets)
			cells = append(cells, text.OneLine(clean))
		}
		p.add(content.RowLine(cells))
	}
	p.at--
	p.gap = true
}

// cutCells divides the row of a table into cells, at bars that are not escaped.
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
