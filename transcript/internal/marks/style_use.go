package marks

// StyleUse says how a document uses a style of setting labels apart.
type StyleUse struct {
	Name     string `json:"name"`     // of the style: colon, full stop, own line, ...
	Lines    int    `json:"lines"`    // that have its form
	Turns    int    `json:"turns"`    // that begin on those lines
	Followed bool   `json:"followed"` // whether the form was taken for more than chance
}

// StyleUses lists the styles of which a document has the form, in the order of styles.All.
func (t *Text) StyleUses() []StyleUse {
	uses := make([]StyleUse, len(t.surveys))
	for i, s := range t.styles {
		uses[i] = StyleUse{Name: s.Name(), Lines: t.surveys[i].Lines, Followed: t.proven[i]}
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
