package tables

import (
	"context"
	"encoding/csv"
	"errors"
	"html"
	"io"
	"regexp"
	"strconv"
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/decode"
)

// delimiter is the character that divides most of the first 50 lines into as many
// columns; 0 if none does.
func delimiter(table string) (comma rune, columns int) {
	best := 0
	for _, c := range "\t,;|" {
		r := csv.NewReader(strings.NewReader(head(table, decode.SniffBytes)))
		r.Comma, r.LazyQuotes, r.FieldsPerRecord, r.ReuseRecord = c, true, -1, true
		counts := map[int]int{}
		for range 50 {
			row, err := r.Read()
			if err != nil {
				break
			}
			counts[len(row)]++
		}
		for n, times := range counts {
			if score := times * min(n, 4); n > 1 && score > best {
				best, comma, columns = score, c, n
			}
		}
	}
	return comma, columns
}

// isHeader reports whether a row names columns: its cells are short, and at least so
// many of them are known names.
func isHeader(row []string, atLeast int) bool {
	known := 0
	for _, cell := range row {
		key := foldKey(strings.Trim(cell, "\" "))
		if len(cell) > 40 || len(strings.Fields(cell)) > 4 {
			return false
		}
		if wordsNames[key] || speakerNames[key] || startNames[key] {
			known++
		}
	}
	return known >= atLeast
}

// readRows makes a tree of a table: an array of rows, each with its cells by name. If
// lazy, quotation marks may stand within a cell.
func readRows(ctx context.Context, text string, comma rune, lazy bool) (*node, error) {
	r := csv.NewReader(content.Reader(ctx, strings.NewReader(text)))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord, r.ReuseRecord = comma, lazy, -1, true
	root := &node{kind: arrayNode}
	left := fewestNodes + len(text)/bytesANode
	var names []string
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return root, nil
		}
		if err != nil {
			return nil, err
		}
		if len(row) > content.MostColumns {
			return nil, content.TooLarge("a row of the table has more than %d columns; it is no transcript", content.MostColumns)
		}
		if left -= 1 + len(row); left < 0 {
			return nil, content.TooLarge("the table has too many cells for its size; leave out what is no speech")
		}
		if names == nil {
			if isHeader(row, 1) {
				names = append([]string{}, row...)
				continue
			}
			names = []string{}
		}
		root.children = append(root.children, rowNode(row, names))
	}
}

// rowNode makes an object of a row. In a table without a header cells are named by
// their number, and the first two that hold times are start and end.
func rowNode(row, names []string) *node {
	n := &node{kind: objectNode}
	times := 0
	for i, cell := range row {
		if cell = plainCell(cell); cell == "" {
			continue
		}
		name := strconv.Itoa(i + 1)
		switch _, isTime := readTime(cell); {
		case i < len(names):
			name = strings.TrimSpace(names[i])
		case len(names) == 0 && isTime && strings.Contains(cell, ":") && times < 2:
			name = []string{"start", "end"}[times]
			times++
		}
		n.children = append(n.children, &node{name: name, text: cell})
	}
	return n
}

var cellTag = regexp.MustCompile(`</?[a-zA-Z][^<>]*>`)

// plainCell is a cell without HTML tags and character references.
func plainCell(cell string) string {
	if strings.ContainsAny(cell, "<&") {
		cell = html.UnescapeString(cellTag.ReplaceAllString(cell, ""))
	}
	return strings.TrimSpace(cell)
}
