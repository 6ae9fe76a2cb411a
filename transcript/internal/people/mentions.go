package people

import (
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/internal/names"
	"github.com/pullquote/pullquote/transcript/model"
)

// mention is a full name that stands somewhere in the document.
type mention struct {
	name   string
	titles []string // before it, in small letters, in no order
}

// mentions lists the mentions of people under their surnames, folded.
type mentions map[string][]mention

// of lists the different full names for which the name in a label may stand: they have its
// surname, no title that contradicts its titles, and its initial, if it has one.
func (ms mentions) of(n labels.Name) []string {
	var list []string
	for _, m := range ms[n.Surname()] {
		if !agree(n.Titles, m.titles) {
			continue
		}
		if first := n.Words[0]; len(n.Words) > 1 && lexicon.IsInitial(first) && names.InitialsOf(m.name)[:1] != lexicon.Fold(first)[:1] {
			continue
		}
		list = names.AddName(list, m.name)
	}
	return list
}

// addLabels adds the labels that are full names: other labels may have their surnames.
func (ms mentions) addLabels(list []*labels.Label) {
	for _, l := range list {
		if l.Part.IsPerson() && l.Name.Full() && l.Name.IsName() {
			surname := l.Name.Surname()
			ms[surname] = append(ms[surname], mention{names.TitleCaseCaps(strings.Join(l.Name.Words, " ")), l.Name.Titles})
		}
	}
}

const (
	moderatorStart   = 4000 // bytes of a moderator's turn in which people are introduced
	speakerStart     = 1500 // bytes of anybody else's
	introducingTurns = 10   // of a speaker, in which others are introduced
)

// gatherTurns gathers full names where people are introduced: from the words of moderators,
// and from those first turns of others in which they introduce somebody.
func (ms mentions) gatherTurns(turns []model.Turn, reader labels.Reader) {
	surnames := surnamesOf(turns, reader)
	heard := map[*labels.Label]int{}
	for _, turn := range turns {
		l := reader.Read(string(turn.Label))
		heard[l]++
		switch {
		case turn.Label == "":
		case l.Part == labels.PartModerator || l.Part == labels.PartPresider:
			ms.gather(letters.Head(turn.Text, moderatorStart), surnames)
		case l.Part == labels.PartNamed && heard[l] <= introducingTurns:
			if start := letters.Head(turn.Text, speakerStart); introduces(start) {
				ms.gather(start, surnames)
			}
		}
	}
}

// introduces reports whether somebody is introduced in a text.
func introduces(text string) bool {
	return letters.ContainsAny(strings.ToLower(text), introducings...)
}

var introducings = lexicon.Phrases("introducing of others")

// gather adds the full names in a text that end with one of the surnames, folded.
func (ms mentions) gather(text string, surnames map[string]bool) {
	if len(surnames) == 0 {
		return
	}
	words := names.Scan(text)
	for i, w := range words {
		surname := lexicon.Fold(lexicon.WithoutPossessive(w.Text))
		if !w.Capital() || !surnames[surname] {
			continue
		}
		first := nameStart(words, i)
		if first == i || lexicon.IsInitial(words[first].Text) && i-first == 1 {
			continue
		}
		name := names.Join(append(words[first:i:i], names.NewWord(lexicon.WithoutPossessive(w.Text), "")))
		ms[surname] = append(ms[surname], mention{names.TitleCaseCaps(name), titlesBefore(words[:first])})
	}
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
