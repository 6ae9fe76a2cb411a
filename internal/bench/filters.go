package bench

import (
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
)

// filter is one with the part of the record that it leaves in its name.
type filter struct {
	name string
	retrieval.Filter
}

// filters are narrow and wide ones of each kind.
func (c *Corpus) filters() []filter {
	dates := func(part float64) retrieval.Filter {
		first := c.documents() / 2 * days / c.documents()
		return retrieval.Filter{From: day(first, 0), To: day(first, int(part*days)-1)}
	}
	filters := []filter{
		{"speaker 10 %", retrieval.Filter{Speaker: speakerOfTenth}},
		{"speaker 1 %", retrieval.Filter{Speaker: speakerOfHundredth}},
		{"role 40 %", retrieval.Filter{Role: model.RoleAnswer}},
		{"role 10 %", retrieval.Filter{Role: model.RoleModerator}},
		{"role 1 %", retrieval.Filter{Role: model.RoleNarration}},
		{"dates 50 %", dates(0.5)},
		{"dates 10 %", dates(0.1)},
		{"dates 1 %", dates(0.01)},
	}
	for i := range filters {
		filters[i].Collection = Collection
	}
	return filters
}
