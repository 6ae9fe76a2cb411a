package tables

import (
	"context"
	"encoding/csv"
	"errors"
	"html"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/clock"
	"github.com/pullquote/pullquote/transcript/container/internal/decode"
	"github.com/pullquote/pullquote/transcript/container/internal/recognition"
	"github.com/pullquote/pullquote/transcript/container/internal/tree"
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
		key := recognition.FoldKey(strings.Trim(cell, "\" "))
		if len(cell) > 40 || len(strings.Fields(cell)) > 4 {
			return false
		}
		if wordsNames[key] || speakerNames[key] || isTimeKey(key) {
			known++
		}
	}
	return known >= atLeast
}

// isTimeKey reports whether a column's name is one for when somebody begins to speak.
func isTimeKey(key string) bool {
	_, named := unitOf(startNames, key)
	return named
}

// headsTimes reports whether a row names columns, although no name is known: the row below has a
// time where it has none.
func headsTimes(row, below []string) bool {
	heads := false
	for i, cell := range row {
		if clock.IsClock(plainCell(cell)) {
			return false
		}
		heads = heads || i < len(below) && clock.IsClock(plainCell(below[i]))
	}
	return heads && isHeader(row, 0)
}

// readRows makes a tree of a table: an array of rows, each with its cells by name. If
// lazy, quotation marks may stand within a cell.
func readRows(ctx context.Context, text string, comma rune, lazy bool) (*tree.Node, error) {
	r := csv.NewReader(content.Reader(ctx, strings.NewReader(text)))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord, r.ReuseRecord = comma, lazy, -1, true
	t := table{root: &tree.Node{Kind: tree.Array}}
	left := tree.Most(len(text))
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			t.close()
			return t.root, nil
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
		if !isRule(row) {
			t.add(row)
		}
	}
}

// isRule reports whether a row is the line that Markdown has below the names of the columns, and
// other tables between their rows: |---|:--|.
func isRule(row []string) bool {
	dashes := false
	for _, cell := range row {
		if strings.Trim(cell, " \t:=+-") != "" {
			return false
		}
		dashes = dashes || strings.Contains(cell, "---") || strings.Contains(cell, "===")
	}
	return dashes
}

// table makes the tree of its rows.
type table struct {
	root  *tree.Node
	first []string // the first row, until the second shows what it is
	names []string // of the columns; nil until it is known whether they have any
}

func (t *table) add(row []string) {
	switch {
	case t.names == nil && t.first == nil && isHeader(row, 1):
		t.names = slices.Clone(row)
		return
	case t.names == nil && t.first == nil:
		t.first = slices.Clone(row)
		return
	case t.names == nil && headsTimes(t.first, row):
		t.names = t.first
	case t.names == nil:
		t.close()
	}
	t.root.Children = append(t.root.Children, rowNode(row, t.names))
}

// close takes a first row that names no columns for one like the others.
func (t *table) close() {
	if t.names == nil && t.first != nil {
		t.names = []string{}
		t.root.Children = append(t.root.Children, rowNode(t.first, t.names))
	}
}

// rowNode makes an object of a row. In a table without a header cells are named by
// their number, and the first two that hold times are start and end.
func rowNode(row, names []string) *tree.Node {
	n := &tree.Node{Kind: tree.Object}
	times := 0
	for i, cell := range row {
		if cell = plainCell(cell); cell == "" {
			continue
		}
		name := strconv.Itoa(i + 1)
		switch isTime := clock.IsClock(cell); {
		case i < len(names):
			name = strings.TrimSpace(names[i])
		case len(names) == 0 && isTime && times < 2:
			name = []string{"start", "end"}[times]
			times++
		}
		n.Children = append(n.Children, &tree.Node{Name: name, Text: cell})
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
