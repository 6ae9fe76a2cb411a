package quotation

import (
	"testing"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/retrieval"
)

// A name that is misspelt by a letter finds its speaker, if it can be nobody else's.
func TestRespelt(t *testing.T) {
	named := func(names ...string) []retrieval.PrintedName {
		var printed []retrieval.PrintedName
		for _, name := range names {
			printed = append(printed, retrieval.PrintedName{Name: name})
		}
		return printed
	}
	for _, tt := range []struct {
		name, credit string
		record       []retrieval.PrintedName
		want         string // the speaker; empty for none
	}{
		{"a letter is another", "Maren Liskova", named("Maren Liskowa", "Odd Berg"), "Maren Liskowa"},
		{"a letter is missing", "Mare Liskowa", named("Maren Liskowa"), ""},
		{"a letter is missing in a long name", "Maren Liskwa", named("Maren Liskowa"), "Maren Liskowa"},
		{"a letter too many", "Maren Lisskowa", named("Maren Liskowa"), "Maren Liskowa"},
		{"two letters change places", "Maren Liksowa", named("Maren Liskowa"), "Maren Liskowa"},
		{"the family name alone", "Liskova", named("Maren Liskowa"), "Maren Liskowa"},
		{"with a title", "Ms. Liskova", named("Maren Liskowa"), "Maren Liskowa"},
		{"with an initial", "M. Liskova", named("Maren Liskowa"), "Maren Liskowa"},
		{"a given name of four letters that sounds the same", "Inez Hartwig", named("Ines Hartwig"), "Ines Hartwig"},
		{"with an accent", "Inès Hartwich", named("Ines Hartwig"), ""},

		{"nothing is misspelt", "Maren Liskowa", named("Maren Liskowa"), ""},
		{"two letters are wrong", "Maren Liszkova", named("Maren Liskowa"), ""},
		{"both names are wrong", "Marin Liskova", named("Maren Liskowa"), ""},
		{"somebody has the name", "Maren Liskova", named("Maren Liskowa", "Maren Liskova"), ""},
		{"somebody has the family name", "Liskova", named("Maren Liskowa", "Jon Liskova"), ""},
		{"two are as near", "Maren Liskofa", named("Maren Liskowa", "Maren Liskova"), ""},
		{"two have the family name", "Liskova", named("Maren Liskowa", "Jon Liskowa"), ""},
		{"the given name is another's", "Joan Hartwig", named("John Hartwig"), ""},
		{"the given name is the other sex's", "Daniela Hartwig", named("Daniel Hartwig"), ""},
		{"a short given name", "Tim Hartwig", named("Tom Hartwig"), ""},
		{"a short family name", "Maren Lisk", named("Maren Risk"), ""},
		{"another family name with the first letter another", "Hartwig", named("Jon Bartwig"), ""},
		{"a given name alone", "Marin", named("Maren Liskowa"), ""},
		{"no name", "the mayor", named("Maren Liskowa"), ""},
		{"a script in which a letter is a name", "林素美", named("林素梅"), ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			respelt, name, ok := Respelt(tt.credit, tt.record)
			if name != tt.want || ok != (tt.want != "") {
				t.Fatalf("%q is taken for %q", tt.credit, name)
			}
			if ok && !Agrees(lexicon.ReadName(respelt), retrieval.Hit{Speaker: "Maren Liskowa"}) && !Agrees(lexicon.ReadName(respelt), retrieval.Hit{Speaker: "Ines Hartwig"}) {
				t.Errorf("%q is spelt %q, which agrees with nobody", tt.credit, respelt)
			}
		})
	}
}
