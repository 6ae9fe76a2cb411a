package retrieval

import "github.com/pullquote/pullquote/internal/fault"

// DefaultPage and MaxPage bound the entries of one page of a list.
const (
	DefaultPage = 50
	MaxPage     = 200
)

// PageLimit is how many entries a page has, DefaultPage where nobody says (0); "invalid" beyond the bounds.
func PageLimit(limit int) (int, error) {
	switch {
	case limit == 0:
		return DefaultPage, nil
	case limit < 0 || limit > MaxPage:
		return 0, fault.New(fault.Invalid, "limit %d is out of range; use 1 to %d", limit, MaxPage)
	}
	return limit, nil
}

// CutPage divides what was read for a page, one entry more than its limit where there are
// others: the page, and the cursor of the next one, which is the ID of its last entry; empty on
// the last page.
func CutPage[T any](read []T, limit int, id func(T) string) (page []T, next string) {
	if len(read) <= limit {
		return read, ""
	}
	return read[:limit], id(read[limit-1])
}
