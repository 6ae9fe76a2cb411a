package people

import (
	"slices"
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/internal/names"
	"github.com/pullquote/pullquote/transcript/model"
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
		f.guests(title, f.isInterviewed),
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

// isInterviewed reports whether a title names the person as who is interviewed. Words alone with
// the form of a name, "Harbour Dues", are one only if the text speaks of somebody by it.
func (f *Front) isInterviewed(n naming) bool {
	before := n.before()
	switch {
	case !n.isBilled(), n.isBehind(beforeInterviewers):
		return false
	case len(before) > 0 && !strings.ContainsAny(before[len(before)-1].After, ":–—-"), n.isBefore(behindBilled):
		return true
	}
	return n.isPresented() && !f.isThing(n.words[n.first:n.last+1]) || f.speaksOf(n.words[n.first:n.last+1])
}

// isPresented reports whether what stands behind the name and a comma may be what the person is,
// and is no year and no participle, or whether a title stands before it: "Jane Roe, Diver", but
// "Harbour Dues, Explained".
func (n naming) isPresented() bool {
	if n.first > 0 && lexicon.IsTitle(n.words[n.first-1].Text) {
		return true
	}
	next := names.Reader{Words: n.words, At: n.last + 1}
	return n.words[n.last].Comma() && !next.Done() && !strings.ContainsAny(next.Peek(0).Text, "0123456789") && !strings.HasSuffix(next.Peek(0).Folded, "ed")
}

// isThing reports whether the text has one of the words in small letters, as it has no names.
func (f *Front) isThing(words []names.Word) bool {
	return slices.ContainsFunc(words, func(w names.Word) bool { return f.said[w.Folded] && !lexicon.Particles[w.Folded] })
}

// speaksOf reports whether the text has the first or the last of the words of a name with a
// capital, and none in small letters.
func (f *Front) speaksOf(words []names.Word) bool {
	return !f.isThing(words) && (f.said[words[0].Text] || f.said[words[len(words)-1].Text])
}

// textsOf are the texts of turns.
func textsOf(turns []model.Turn) []string {
	texts := make([]string, len(turns))
	for i, turn := range turns {
		texts[i] = turn.Text
	}
	return texts
}

// hear takes the words of the text down in which people are spoken of, as they are written.
func (f *Front) hear(texts ...string) {
	f.said = map[string]bool{}
	for _, text := range texts {
		for _, w := range names.Scan(letters.Head(text, introductionLimit)) {
			f.said[strings.TrimSuffix(lexicon.PlainMarks(w.Text), "'s")] = true
		}
	}
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

var (
	spokenWith         = lexicon.Phrases("phrases before the guest")
	beforeInterviewers = lexicon.Phrases("words before interviewers")
)
