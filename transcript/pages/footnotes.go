package pages

import "regexp"

const smallType = .93 // of the size of most text, below which type is small

// noteStart is how a note begins: with its number or mark.
var noteStart = regexp.MustCompile(`^(?:[\[(]?(?:\d{1,3}|[*†‡§¶]{1,3})[\])]?\.?(?:\s|\pL|["“‘«„])|[\[(]?[a-z][\])]\s)`)

// setFootnotesAside marks the lines of small type at the foot of a column, from the first on
// that begins as a note does. A note that its end cuts goes on at the foot of the next.
func (d *document) setFootnotesAside() {
	open := false // the column before ends in a note
	for _, s := range d.spans() {
		end := s.end
		for end > s.first && d.lines[end-1].part == furniture {
			end--
		}
		start := end
		for start > s.first && d.isSmall(start-1) {
			start--
		}
		if start == s.first {
			open = false
			continue // all of it is set small
		}
		for start < end && !open && !noteStart.MatchString(d.lines[start].text) {
			start++
		}
		for i := start; i < end; i++ {
			d.lines[i].part = footnote
		}
		open = start < end
	}
}

func (d *document) isSmall(i int) bool {
	return d.lines[i].part == text && d.lines[i].Size < smallType*d.size
}
