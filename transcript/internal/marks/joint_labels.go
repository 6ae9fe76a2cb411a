package marks

import (
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/labels"
)

// joins reports whether a label joins several people: ROE AND POE, Jane Roe/John Poe. Each
// must be known from a label alone, or be a full name.
func (j *judge) joins(l *labels.Label) bool {
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

// jointPieces divides the text of a label between the people whom it may join.
func jointPieces(text string) []string {
	marked := strings.NewReplacer(" AND ", "/", " and ", "/", "&", "/", ", ", "/").Replace(text)
	pieces := strings.Split(marked, "/")
	for i := range pieces {
		pieces[i] = strings.TrimSpace(pieces[i])
	}
	return pieces
}

// surnames lists the surnames of the certain labels, folded; it is worked out when it is
// first asked for.
func (j *judge) surnames() map[string]bool {
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
