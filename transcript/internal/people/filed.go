package people

import (
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/internal/names"
)

const fewestFiled = 2 // labels with the family name first, below which "Roe, Reuters" is as likely

// listFiled lists the names of the labels that have the family name first, "Roe, Jane", if that
// is how the document prints people: no label is a name of another form, of which the comma
// would divide an affiliation.
func (n *namer) listFiled() {
	filed, given := map[*labels.Label]string{}, map[string]bool{}
	for _, l := range n.order {
		if l.Part != labels.PartNamed {
			continue
		}
		family, first, _ := strings.Cut(labels.WithoutNote(l.Text), ", ")
		if !isFiled(family, first) || given[first] {
			if len(l.Name.Titles) == 0 {
				return
			}
			continue
		}
		given[first] = true
		filed[l] = names.TitleCaseCaps(first + " " + family)
	}
	if len(filed) >= fewestFiled {
		n.filed = filed
	}
}

// isFiled reports whether two parts of a label, between which a comma stands, may be a family
// name and a given name. Behind the comma may be an affiliation as well: ROE, BBC; Roe, Harbour
// Radio.
func isFiled(family, given string) bool {
	words := strings.Fields(given)
	if !lexicon.IsFamilyName(family) || !lexicon.AreGivenNames(given) || names.IsInstitution(words[len(words)-1]) {
		return false
	}
	if letters.IsAllCaps(words[0]) && (!letters.IsAllCaps(family) || !strings.ContainsAny(words[0], "AEIOUY")) {
		return lexicon.IsInitial(words[0])
	}
	return len(words) == 1 || lexicon.IsInitial(words[1])
}
