package people

import (
	"slices"
	"strings"
	"unicode"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/internal/names"
	"github.com/pullquote/pullquote/transcript/model"
)

// mention is a full name that stands somewhere in the document.
type mention struct {
	name   string
	folded string
	titles []string // before it, in small letters, in no order
}

// mentions lists the mentions of people under their surnames, folded.
type mentions map[string][]mention

// of lists the different full names for which the name in a label may stand: they have its
// surname, no title that contradicts its titles, and its initial, if it has one.
func (ms mentions) of(n labels.Name) []string {
	if namesakes := ms[n.Surname()]; len(namesakes) == mostNamesakes {
		return []string{namesakes[0].name, namesakes[1].name}
	}
	others := map[string]bool{} // names of men where the label is a woman's, and the reverse
	for _, m := range ms[n.Surname()] {
		others[m.name] = others[m.name] || !agree(n.Titles, m.titles)
	}
	var list []string
	for _, m := range ms[n.Surname()] {
		if others[m.name] {
			continue
		}
		if first := n.Words[0]; len(n.Words) > 1 && lexicon.IsInitial(first) && names.InitialsOf(m.name)[:1] != lexicon.Fold(first)[:1] {
			continue
		}
		list = names.AddName(list, m.name)
	}
	return list
}

const mostNamesakes = 100 // mentions of one surname that are kept; of so many, nobody is meant

// addLabels adds the labels that are full names: other labels may have their surnames.
func (ms mentions) addLabels(list []*labels.Label) {
	for _, l := range list {
		if l.Part.IsPerson() && l.Name.Full() && l.Name.IsName() {
			ms.add(strings.Join(l.Name.Words, " "), l.Name.Titles)
		}
	}
}

// add adds a full name, with the titles before it, unless the document has it already. A place
// is none: Port Roe.
func (ms mentions) add(name string, titles []string) {
	if first, _, _ := strings.Cut(name, " "); names.IsInstitution(first) {
		return
	}
	name = names.TitleCaseCaps(name)
	surname := lexicon.Fold(letters.LastWord(name))
	if len(ms[surname]) == mostNamesakes || slices.ContainsFunc(ms[surname], func(m mention) bool { return m.name == name && slices.Equal(m.titles, titles) }) {
		return
	}
	ms[surname] = append(ms[surname], mention{name, lexicon.Fold(name), titles})
}

const (
	introducingBytes = 4000 // of a turn's start in which people are introduced
	introducingTurns = 10   // of a speaker, in which others are introduced
)

// gatherTurns gathers the full names with which people are introduced, or addressed right
// before or behind their own words: by whoever conducts the event, and by others in their
// first turns. Whoever is only mentioned may be anybody.
func (ms mentions) gatherTurns(turns []model.Turn, reader labels.Reader) {
	surnames := surnamesOf(turns, reader)
	heard := map[*labels.Label]int{}
	for i, turn := range turns {
		l := reader.Read(string(turn.Label))
		heard[l]++
		if turn.Label == "" || !l.Part.Conducts() && (l.Part != labels.PartNamed || heard[l] > introducingTurns) {
			continue
		}
		beside := map[string]bool{}
		for _, k := range []int{i - 1, i + 1} {
			if k >= 0 && k < len(turns) {
				beside[reader.Read(string(turns[k].Label)).Name.Surname()] = true
			}
		}
		ms.gather(letters.Head(turn.Text, introducingBytes), surnames, func(at naming) bool {
			return at.isIntroduced() || beside[at.surname()] && at.isAddressed()
		})
	}
}

// gather adds the full names in a text that end with one of the surnames, folded, and are
// those of people who take part, as the words around them show.
func (ms mentions) gather(text string, surnames map[string]bool, takesPart func(naming) bool) {
	if len(surnames) == 0 || !hasAny(text, surnames) {
		return
	}
	words := names.Scan(text)
	for i, w := range words {
		if !w.Capital() || !surnames[lexicon.Fold(w.Text)] {
			continue
		}
		first := nameStart(words, i)
		if first == i || lexicon.IsInitial(words[first].Text) && i-first == 1 {
			continue
		}
		if at := (naming{words, first, i}); takesPart(at) {
			ms.add(names.Join(words[first:i+1]), titlesBefore(words[:first]))
		}
	}
}

// hasAny reports whether a text may have one of the surnames: most lines have none, and need
// not be taken apart.
func hasAny(text string, surnames map[string]bool) bool {
	for w := range strings.FieldsSeq(text) {
		w = strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) })
		if surnames[lexicon.Fold(w)] || strings.ContainsFunc(w, func(r rune) bool { return !unicode.IsLetter(r) }) {
			return true
		}
	}
	return false
}

const (
	mostGivenNames = 3 // words before a surname that are taken for given names
	mostTitleWords = 6 // words before a name that are taken for titles
)

// nameStart is the index of the word with which the name begins that ends with words[i]; i if
// no given name stands before it.
func nameStart(words []names.Word, i int) int {
	first := i
	for first > 0 && i-first < mostGivenNames {
		w := words[first-1]
		if w.After != "" || !lexicon.IsNameWord(w.Text) && !lexicon.Particles[w.Text] {
			break
		}
		if i-first > 0 && letters.IsAllCaps(words[first].Text) && !letters.IsAllCaps(w.Text) && !lexicon.IsInitial(w.Text) && !lexicon.Particles[w.Text] {
			break // Northland JANE ROE: another column, and a name in capitals
		}
		first--
	}
	for first < i && lexicon.Particles[words[first].Text] {
		first++
	}
	return first
}

// titlesBefore are the titles at the end of words, in small letters, the last one first.
func titlesBefore(words []names.Word) []string {
	var titles []string
	for i := len(words) - 1; i >= 0 && len(titles) < mostTitleWords; i-- {
		w := words[i]
		if w.After != "" || !lexicon.GoesOnOffice(w.Text) {
			break
		}
		titles = append(titles, lexicon.Bare(w.Text))
	}
	return titles
}

// agree reports whether two lists of titles can be one person's: Mr. and Mrs. cannot.
func agree(a, b []string) bool {
	return !contradict(a, b) && !contradict(b, a)
}

// contradict reports whether one list has a title of women, and the other one of men.
func contradict(women, men []string) bool {
	return letters.HasWord(women, lexicon.TitlesOfWomen) && letters.HasWord(men, lexicon.TitlesOfMen)
}

// surnamesOf are the surnames in the labels of turns, folded.
func surnamesOf(turns []model.Turn, reader labels.Reader) map[string]bool {
	surnames := map[string]bool{}
	seen := map[*labels.Label]bool{}
	for _, turn := range turns {
		l := reader.Read(string(turn.Label))
		if !seen[l] && l.Part.IsPerson() && len(l.Name.Words) > 0 {
			surnames[l.Name.Surname()] = true
		}
		seen[l] = true
	}
	return surnames
}
