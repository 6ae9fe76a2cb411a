package word97

import (
	"encoding/binary"

	"golang.org/x/text/encoding/charmap"

	"github.com/pullquote/pullquote/transcript/container/content"
	"github.com/pullquote/pullquote/transcript/container/internal/flow"
)

// span is a range of character positions; to is behind the last.
type span struct{ from, to uint32 }

// parts are the spans of the text, the notes and the text boxes. Running heads and
// comments are left out.
func (w *wordFile) parts() []span {
	const text, notes, endnotes, boxes = 0, 1, 5, 6
	var parts []span
	var at uint32
	for i := range boxes + 1 {
		end := at + u32(w.main, fibLengths+4*i)
		if i == text || i == notes || i == endnotes || i == boxes {
			parts = append(parts, span{at, end})
		}
		at = max(at, end)
	}
	return parts
}

// read reads a span, piece by piece and in runs of one formatting.
func (w *wordFile) read(from, to uint32) {
	for _, p := range w.pieces {
		first, last := max(from, p.from), min(to, p.to)
		if first >= last {
			continue
		}
		at, end := p.start+(first-p.from)*p.width, p.start+(last-p.from)*p.width
		for at < end {
			set, until := w.runs.at(at)
			until = min(end, at+max(1, (until-at)/p.width)*p.width)
			w.add(at, until, p.width, set)
			at = until
		}
	}
	w.end(setting{})
	w.fields = nil
}

// add adds the characters in a range of bytes, which have one formatting.
func (w *wordFile) add(from, to, width uint32, set setting) {
	start := from
	for at := from; at < to && content.CheckLines(w.breaks, len(w.main)) == nil; at += width {
		unit := uint16(w.main[at])
		if width == 2 {
			unit = binary.LittleEndian.Uint16(w.main[at:])
		}
		if unit < ' ' && unit != '\t' {
			w.text(decodeWord(w.main[start:at], width), set)
			w.special(unit, at, set)
			start = at + width
		}
	}
	w.text(decodeWord(w.main[start:to], width), set)
}

// decodeWord decodes UTF-16, or Windows-1252 where characters are a byte wide.
func decodeWord(data []byte, width uint32) string {
	if width == 2 {
		return utf16Text(data)
	}
	text, _ := charmap.Windows1252.NewDecoder().Bytes(data) // it has a character for every byte
	return string(text)
}

// text adds text, unless it is hidden or the code of a field.
func (w *wordFile) text(text string, set setting) {
	if n := len(w.fields); text != "" && !set.hidden && (n == 0 || !w.fields[n-1]) {
		w.open.Add(text, set.Type)
	}
}

// special obeys a control character, which at is the offset of.
func (w *wordFile) special(unit uint16, at uint32, set setting) {
	const endCell, breakLine, breakPage, endParagraph, beginField, endCode, endField, hyphen, softHyphen = 7, 11, 12, 13, 19, 20, 21, 30, 31
	switch unit {
	case endParagraph, endCell, breakPage, breakLine:
		w.breaks++
	}
	switch unit {
	case endParagraph, endCell, breakPage:
		mark, _ := w.marks.at(at)
		mark.endsCell = unit == endCell
		w.end(mark)
	case breakLine:
		w.open.BreakLine()
	case beginField:
		w.fields = append(w.fields, true)
	case endCode:
		if n := len(w.fields); n > 0 {
			w.fields[n-1] = n > 1 && w.fields[n-2]
		}
	case endField:
		w.fields = w.fields[:max(0, len(w.fields)-1)]
	case hyphen:
		w.text("\u2011", set)
	case softHyphen:
		w.text("\u00AD", set)
	}
}

// end ends a paragraph; its mark has its formatting.
func (w *wordFile) end(mark setting) {
	w.open.Line.Heading = mark.heading
	lines := w.open.End()
	switch inTable := mark.inTable || mark.endsCell; {
	case mark.endsRow:
		w.rowDone = true
	case inTable:
		w.endInTable(lines, mark)
	default:
		w.EndTable()
		w.Put(lines...)
	}
	w.number++
	w.open = flow.NewParagraph(w.number)
}

// endInTable puts the lines of a paragraph into a table's cell.
func (w *wordFile) endInTable(lines []content.Line, mark setting) {
	if !w.InTable() {
		w.BeginTable()
		w.rowDone = true
	}
	if w.rowDone {
		w.BeginRow()
	}
	if w.rowDone || w.cellDone {
		w.BeginCell()
	}
	w.Put(lines...)
	w.rowDone, w.cellDone = false, mark.endsCell
}
