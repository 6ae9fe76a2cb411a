package retrieval

import "context"

// PrintedName is a name under which somebody speaks in the scope of a filter.
type PrintedName struct {
	Name         string
	SpeakerID    string   // whose name it is in the directory
	Labels       []string // that stand for it, as printed
	Affiliations []string
}

// NamesQuery asks who speaks in the scope of a filter, whose speaker and role do not count.
type NamesQuery struct {
	Filter Filter
	Words  []string // only names with one of them, folded as NameWords are; nil for all
	Limit  int      // at least 1
}

// Names are the names under which people speak, in alphabetical order, up to a limit.
func (s *Searcher) Names(ctx context.Context, q NamesQuery) ([]PrintedName, error) {
	var err error
	if q.Filter, err = q.Filter.Validate(ctx); err != nil {
		return nil, err
	}
	return s.index.Names(ctx, q)
}
