package marks

import (
	"github.com/pullquote/pullquote/transcript/internal/labels/styles"
)

// Use is a way of setting labels apart, as a document uses it.
type Use struct {
	Name     string `json:"name"`     // colon, full stop, own line, ...
	Lines    int    `json:"lines"`    // that have its form
	Turns    int    `json:"turns"`    // that begin on them
	Followed bool   `json:"followed"` // whether the form was taken for more than chance
}

// Uses are the styles of which a document has the form.
func (t *Text) Uses() []Use {
	uses := make([]Use, len(t.surveys))
	for i, s := range styles.All() {
		uses[i] = Use{Name: s.Name(), Lines: t.surveys[i].Lines, Followed: t.proven[i]}
	}
	for _, m := range t.Marks {
		if m.Kind == LineTurn {
			uses[m.Style].Turns++
		}
	}
	seen := uses[:0]
	for _, u := range uses {
		if u.Lines > 0 {
			seen = append(seen, u)
		}
	}
	return seen
}
