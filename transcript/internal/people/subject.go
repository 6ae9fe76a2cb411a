package people

import (
	"slices"
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/internal/names"
)

// findSubject finds who is interviewed: whom the title names as taking part, or else who
// speaks with the publication by the introduction, or else of whom alone it tells. Between
// two people it does not choose.
func (f *Front) findSubject() string {
	title := names.TitleCaseCaps(f.title)
	if publication := f.titlePublication(); publication != "" {
		_, title, _ = strings.Cut(title, publication)
		_, title, _ = strings.Cut(title, ":")
	}
	for _, found := range [][]string{
		f.guests(title, naming.isBilled),
		f.guests(f.introduction, naming.speaks),
		f.guests(f.introduction, naming.isSpokenWith),
		f.guests(f.introduction, naming.isSubject),
	} {
		switch len(found) {
		case 0:
		case 1:
			return f.withoutTrade(found[0])
		default:
			return ""
		}
	}
	return ""
}

// guests are the full names in a text of people who take part, the authors apart, and of
// those who are named together with one of them.
func (f *Front) guests(text string, takesPart func(naming) bool) []string {
	var found []string
	together := -1 // index of the word behind a guest, and behind the "and" that goes on with another
	for r := names.NewReader(text); !r.Done(); {
		first := r.At
		name, ok := r.FullName()
		if !ok || letters.IsAllCaps(r.Words[first].Text) || names.IsInstitution(r.Last().Text) {
			r.At = first + 1
			continue
		}
		if !f.isAuthor(name) && name != f.Publication && (first == together || takesPart(naming{r.Words, first, r.At - 1})) {
			found = f.addGuest(found, name)
			if together = r.At; r.Peek(0).Is("and") {
				together++
			}
		}
	}
	return found
}

// addGuest adds a guest to a list, unless a variant of the name is there: Jane Roe, Diver Jane
// Roe.
func (f *Front) addGuest(list []string, name string) []string {
	for i, known := range list {
		if strings.HasSuffix(known, " "+name) {
			list[i] = name
			return list
		}
		if strings.HasSuffix(name, " "+known) {
			return list
		}
	}
	return names.AddName(list, name)
}

// withoutTrade is a guest's name without the trade that the title has before it, if the
// introduction has the name so: Jane Roe of "Diver Jane Roe".
func (f *Front) withoutTrade(name string) string {
	for _, known := range names.FullNames(f.introduction) {
		if strings.HasSuffix(name, " "+known) {
			return known
		}
	}
	return name
}

// isAuthor reports whether a name is an author's.
func (f *Front) isAuthor(name string) bool {
	return slices.ContainsFunc(f.authors, func(author string) bool { return names.Same(author, name) })
}

// speaks reports whether the text says that the person speaks with somebody, as guests do with
// a publication: "Roe spoke with Harbour Weekly".
func (n naming) speaks() bool {
	for i, w := range n.words[:len(n.words)-1] {
		if lexicon.Fold(w.Text) == n.surname() && w.After == "" && n.words[i+1].Is(interviewVerbs...) {
			return true
		}
	}
	return false
}

// isSpokenWith reports whether somebody speaks with the person: "We talked to Jane Roe". With
// whom "she" speaks is the publication.
func (n naming) isSpokenWith() bool {
	before := n.before()
	for i := range before {
		r := names.Reader{Words: before, At: i}
		if r.TakeAny(spokenWith...) && leadsTo(before[r.At:]) {
			return i == 0 || !letters.HasWord([]string{before[i-1].Folded}, owners)
		}
	}
	return false
}

var spokenWith = lexicon.Phrases("phrases before the guest")
