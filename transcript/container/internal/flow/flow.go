// Package flow puts the text of a document together in reading order: runs of
// text into paragraphs, paragraphs into lines, and the cells of tables into rows.
//
// Web pages and the files of word processors share it, because both nest
// paragraphs and tables, and both use tables to place text on a page as well as to
// set facts side by side.
package flow

import (
	"strings"

	"github.com/pullquote/pullquote/transcript/container/content"
)

// Flow gathers the lines of a document with tables. A data table gives a line for
// each row; a layout table, which only places text on a page, gives its text.
type Flow struct {
	lines  []content.Line
	tables []*table // those that are open, the innermost last
}

// table is rows of cells of lines.
type table struct{ rows [][][]content.Line }

// Put adds lines to the cell that is open, or else to the document.
func (f *Flow) Put(lines ...content.Line) {
	if len(f.tables) == 0 {
		f.lines = append(f.lines, lines...)
		return
	}
	if len(lines) == 0 {
		return
	}
	cell := f.tables[len(f.tables)-1].cell()
	*cell = append(*cell, lines...)
}

// InTable reports whether a table is open.
func (f *Flow) InTable() bool { return len(f.tables) > 0 }

// BeginTable begins a table, inside the cell that is open if one is.
func (f *Flow) BeginTable() { f.tables = append(f.tables, new(table)) }

// BeginRow begins a row of the innermost table, if there is one.
func (f *Flow) BeginRow() {
	if n := len(f.tables); n > 0 {
		t := f.tables[n-1]
		t.rows = append(t.rows, nil)
	}
}

// BeginCell begins a cell of the row, if a table is open.
func (f *Flow) BeginCell() {
	if n := len(f.tables); n > 0 {
		row := f.tables[n-1].row()
		*row = append(*row, nil)
	}
}

// EndTable ends the innermost table and puts its rows where it began.
func (f *Flow) EndTable() {
	n := len(f.tables)
	if n == 0 {
		return
	}
	t := f.tables[n-1]
	f.tables = f.tables[:n-1]
	isData := t.isData()
	for _, row := range t.rows {
		if isData && filledCells(row) > 1 {
			f.Put(rowOf(row))
			continue
		}
		for _, cell := range row {
			f.Put(cell...)
		}
	}
}

// End is all lines; tables that are open are ended.
func (f *Flow) End() []content.Line {
	for len(f.tables) > 0 {
		f.EndTable()
	}
	return f.lines
}

// row is the row that is open; a table without any begins one.
func (t *table) row() *[][]content.Line {
	if len(t.rows) == 0 {
		t.rows = append(t.rows, nil)
	}
	return &t.rows[len(t.rows)-1]
}

// cell is the cell that is open; a row without any begins one.
func (t *table) cell() *[]content.Line {
	row := t.row()
	if len(*row) == 0 {
		*row = append(*row, nil)
	}
	return &(*row)[len(*row)-1]
}

// isData reports whether a table is one of data: it has several rows of several
// cells, and neither tables nor headings inside. Pages are laid out in one row of
// columns.
func (t *table) isData() bool {
	wide := 0
	for _, row := range t.rows {
		if filledCells(row) > 1 {
			wide++
		}
		for _, cell := range row {
			for _, l := range cell {
				if l.Cells != nil || l.Heading > 0 {
					return false
				}
			}
		}
	}
	return wide > 1
}

// filledCells counts the cells of a row that are not empty.
func filledCells(row [][]content.Line) int {
	n := 0
	for _, cell := range row {
		if len(cell) > 0 {
			n++
		}
	}
	return n
}

// rowOf makes one line of a row. Its bold beginning is that of the first cell.
func rowOf(row [][]content.Line) content.Line {
	cells := make([]string, len(row))
	for i, cell := range row {
		texts := make([]string, len(cell))
		for j, l := range cell {
			texts[j] = l.Text
		}
		cells[i] = strings.Join(texts, " ")
	}
	line := content.RowLine(cells)
	line.Gap = true
	if len(row[0]) > 0 {
		line.Strong, line.Number = row[0][0].Strong, row[0][0].Number
	}
	return line
}
