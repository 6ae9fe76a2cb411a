package people

import (
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/internal/names"
)

// chooseDate chooses the date of the event from a title block: the one of the highest rank,
// of those the one that stands there most often, of those the first. The rank is 0 if there
// is none.
func chooseDate(rows []row) (date names.Date, rank int) {
	counts := map[string]int{}
	best := -1
	for i, r := range rows {
		if r.date.ISO == "" {
			continue
		}
		counts[r.date.ISO]++
		if best < 0 || dateRank(r) > dateRank(rows[best]) {
			best = i
		}
	}
	if best < 0 {
		return names.Date{}, 0
	}
	for i, r := range rows {
		if r.date.ISO != "" && dateRank(r) == dateRank(rows[best]) && counts[r.date.ISO] > counts[rows[best].date.ISO] {
			best = i
		}
	}
	return rows[best].date, dateRank(rows[best])
}

// The ranks of dates, the best last.
const (
	pageDate  = iota + 1 // when the page or its covering letter was made: posted, updated
	namedDate            // stands in a line that says something else
	fieldDate            // stands in a field beside the text
	eventDate            // has a line of its own, or is said to be the event's
)

// dateRank is the rank of the date in a line of a title block.
func dateRank(r row) int {
	lower := strings.ToLower(r.text)
	switch {
	case r.event:
		return eventDate
	case r.letter, letters.ContainsAny(lower, pageVerbs...):
		return pageDate
	case r.kind == rowDate || r.kind == rowTitle:
		return eventDate
	}
	return namedDate
}

var pageVerbs = lexicon.Phrases("verbs beside the date of a page")
