package transcript

// uses are the styles of which a document has the form.
func (t *labelledText) uses() []LabelUse {
	uses := make([]LabelUse, len(t.surveys))
	for i, s := range styles() {
		uses[i] = LabelUse{Name: s.name, Lines: t.surveys[i].lines, Followed: t.proven[i]}
	}
	for _, m := range t.marks {
		if m.kind == lineTurn {
			uses[m.style].Turns++
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

// LabelUse is a way of setting labels apart, as a document uses it.
type LabelUse struct {
	Name     string `json:"name"`     // colon, full stop, own line, ...
	Lines    int    `json:"lines"`    // that have its form
	Turns    int    `json:"turns"`    // that begin on them
	Followed bool   `json:"followed"` // whether the form was taken for more than chance
}
