package marks

import (
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/labels"
)

// joins reports whether a label joins several people that others name alone:
// ROE AND POE, Jane Roe/John Poe.
func (j *labelJudge) joins(l *labels.Label) bool {
	pieces := jointPieces(l.Text)
	if len(pieces) < 2 {
		return false
	}
	for _, piece := range pieces {
		name := labels.ReadName(piece)
		if j.counts[lexicon.Fold(piece)] == 0 && !j.surnames()[name.Surname()] && !(name.Full() && name.IsName()) {
			return false
		}
	}
	return true
}

// jointPieces divides a label between the people that it may join.
func jointPieces(text string) []string {
	folded := strings.NewReplacer(" AND ", "/", " and ", "/", "&", "/", ", ", "/").Replace(text)
	pieces := strings.Split(folded, "/")
	for i := range pieces {
		pieces[i] = strings.TrimSpace(pieces[i])
	}
	return pieces
}

// surnames are those of the labels that are certain.
func (j *labelJudge) surnames() map[string]bool {
	if j.known == nil {
		j.known = map[string]bool{}
		for l := range j.certain {
			if l.Part.IsPerson() && len(l.Name.Words) > 0 {
				j.known[l.Name.Surname()] = true
			}
		}
	}
	return j.known
}
