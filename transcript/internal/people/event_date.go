package people

import (
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/internal/names"
)

// chooseDate prefers a line that is a date, then one that is not of the paper
// or the page (a covering letter, a later change), then any. Of those that are as
// good it takes the date that stands there most often, then the first.
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

// The ranks of dates; those of the page are of its making.
const (
	pageDate = iota + 1
	namedDate
	eventDate
)

func dateRank(r row) int {
	lower := strings.ToLower(r.text)
	switch {
	case r.event:
		return eventDate
	case r.letter, letters.ContainsAny(lower, pageVerbs...):
		return pageDate
	case r.Kind == RowDate || r.Kind == rowTitle:
		return eventDate
	}
	return namedDate
}

var pageVerbs = lexicon.Phrases("verbs beside the date of a page")
