package quotation

import (
	"cmp"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/retrieval"
	"github.com/pullquote/pullquote/transcript/model"
)

// credit is whether a name that is given with a quotation stands for the speaker of a turn.
type credit int

// What a credit may be.
const (
	creditOther   credit = iota // somebody else is meant
	creditUnclear               // namesakes are as likely meant
	creditOwn
)

// NameWords are the words of a credit by which the namesakes of a speaker are looked up: its
// family name; nil where it has no name.
func NameWords(credit string) []string {
	words := lexicon.ReadName(credit).Words
	return words[max(0, len(words)-1):]
}

// creditOf weighs a name against the speaker of a turn and the names of the record. It is the
// speaker's own if it agrees with the speaker and says more of them than of any namesake. Where
// its title is a namesake's rather, the namesake is meant: Senator Brown is not Nora Brown
// where the record has a Senator Brown. It comes with the namesakes who are, or may be, meant.
func creditOf(claim lexicon.Name, h retrieval.Hit, names []retrieval.PrintedName) (credit, []string) {
	if !Agrees(claim, h) {
		return creditOther, nil
	}
	if len(claim.Words) == 0 {
		return creditOwn, nil
	}
	own := fitOf(claim, ownName(h, names))
	if own.titles < 0 { // Mr. Quill is not the Mrs. Quill of the record
		return creditOther, nil
	}
	whose := creditOwn
	var meant []string
	for _, n := range namesakes(claim, h, names) {
		fit := fitOf(claim, n)
		switch {
		case !Agrees(claim, turnOf(n)): // another given name
			if whose > creditOther && own.titled && fit.titles > max(0, own.titles) {
				whose, meant = creditUnclear, append(meant, n.Name)
			}
		case fit.titles > own.titles && fit.given >= own.given:
			if whose > creditOther {
				whose, meant = creditOther, nil
			}
			meant = append(meant, n.Name)
		case whose > creditOther && cmp.Or(cmp.Compare(fit.given, own.given), cmp.Compare(fit.titles, own.titles)) >= 0:
			whose, meant = creditUnclear, append(meant, n.Name)
		}
	}
	return whose, meant
}

// Credits reports whether a name certainly stands for the speaker of a turn.
func (t *Turns) Credits(claim lexicon.Name, h retrieval.Hit) bool {
	whose, _ := creditOf(claim, h, t.names)
	return whose == creditOwn
}

// ownName is the speaker of a turn as the record's names have them, with the turn's own label.
func ownName(h retrieval.Hit, names []retrieval.PrintedName) retrieval.PrintedName {
	own := retrieval.PrintedName{Name: string(h.Speaker)}
	if i := slices.IndexFunc(names, func(n retrieval.PrintedName) bool { return n.Name == own.Name }); i >= 0 {
		own = names[i]
	}
	own.Labels = append(slices.Clone(own.Labels), string(h.Label))
	own.Affiliations = append(slices.Clone(own.Affiliations), string(h.Affiliation))
	return own
}

// namesakes are the others with the family name of a claim. A fuller or a shorter form of the
// speaker's full name is none; whom the directory has as one person does not count, since a
// user's mistake there must not credit anybody.
func namesakes(claim lexicon.Name, h retrieval.Hit, names []retrieval.PrintedName) []retrieval.PrintedName {
	full := lexicon.ReadName(string(h.Speaker))
	return slices.DeleteFunc(slices.Clone(names), func(n retrieval.PrintedName) bool {
		name := lexicon.ReadName(n.Name)
		return n.Name == string(h.Speaker) ||
			!Agrees(lexicon.Name{Words: claim.Words[len(claim.Words)-1:]}, turnOf(n)) ||
			len(full.Words) > 1 && len(name.Words) > 1 && Agrees(name, h)
	})
}

// turnOf is a turn under a name.
func turnOf(n retrieval.PrintedName) retrieval.Hit {
	return retrieval.Hit{Speaker: model.Optional(n.Name), Affiliation: model.Optional(strings.Join(n.Affiliations, " "))}
}

// fit is how much of a claim is known of a person.
type fit struct {
	given, titles int
	titled        bool // the record gives the person a title
}

func fitOf(claim lexicon.Name, n retrieval.PrintedName) fit {
	var f fit
	affiliation := lexicon.NameWords(strings.Join(n.Affiliations, " "))
	name := lexicon.ReadName(n.Name)
	if given := givenNames(claim, affiliation); len(given) > 0 && len(name.Words) > 1 && givenAgrees(givenName(given), name.Words) {
		f.given = 1
	}
	titles := name.Titles
	for _, label := range n.Labels {
		titles = slices.Concat(titles, lexicon.ReadName(label).Titles)
	}
	f.titled = len(titles) > 0
	titles = slices.Concat(titles, affiliation)
	for _, title := range claim.Titles {
		f.titles += titleFit(title, titles)
	}
	return f
}

// titleFit is how well a title agrees with those that a person is known to have: 2 if it is one
// of them, 1 if it is of the same sex as one, 0 if they do not tell, -1 if it is of the other sex.
func titleFit(title string, known []string) int {
	has := func(set map[string]bool) bool {
		return slices.ContainsFunc(known, func(t string) bool { return set[t] })
	}
	women, men := lexicon.TitlesOfWomen, lexicon.TitlesOfMen
	switch {
	case slices.ContainsFunc(known, func(t string) bool { return TitleInFull(t) == TitleInFull(title) }):
		return 2
	case women[title] && has(women), men[title] && has(men):
		return 1
	case women[title] && has(men), men[title] && has(women):
		return -1
	}
	return 0
}

// TitleInFull is a title, folded, without abbreviation.
func TitleInFull(title string) string { return cmp.Or(fullTitles[title], title) }

var fullTitles = func() map[string]string {
	full := map[string]string{}
	for _, forms := range lexicon.Rows("forms of titles") {
		for _, form := range forms {
			full[form] = forms[0]
		}
	}
	return full
}()
