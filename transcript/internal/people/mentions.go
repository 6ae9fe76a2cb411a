package people

import (
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/labels"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/internal/names"
	"github.com/pullquote/pullquote/transcript/model"
)

// mention is a full name that the document has somewhere.
type mention struct {
	name   string
	titles []string // before it, in small letters
}

// mentions lists full names under their folded surnames.
type mentions map[string][]mention

// of are the different names that a label may stand for.
func (ms mentions) of(l labels.Name) []string {
	var list []string
	for _, m := range ms[l.Surname()] {
		if !agree(l.Titles, m.titles) {
			continue
		}
		if first := l.Words[0]; len(l.Words) > 1 && lexicon.IsInitial(first) && names.InitialsOf(m.name)[:1] != lexicon.Fold(first)[:1] {
			continue
		}
		list = names.AddName(list, m.name)
	}
	return list
}

// addLabels adds the full names that labels have: others may have their surnames.
func (ms mentions) addLabels(labels []*labels.Label) {
	for _, l := range labels {
		if name := l.Name.Words; l.Part.IsPerson() && l.Name.Full() && lexicon.AreNameWords(name) {
			surname := l.Name.Surname()
			ms[surname] = append(ms[surname], mention{names.TitleCaseCaps(strings.Join(name, " ")), l.Name.Titles})
		}
	}
}

// gatherTurns looks for full names where people are introduced: in the words of
// moderators, and where others introduce themselves or hand over, which they do
// in their first turns.
func (ms mentions) gatherTurns(turns []model.Turn, reader labels.Reader) {
	surnames := surnamesOf(turns, reader)
	heard := map[*labels.Label]int{}
	for _, turn := range turns {
		l := reader.Read(string(turn.Label))
		heard[l]++
		switch {
		case turn.Label == "":
		case l.Part == labels.PartModerator || l.Part == labels.PartPresider:
			ms.gather(letters.Head(turn.Text, moderatorWindow), surnames)
		case l.Part == labels.PartNamed && heard[l] <= introducingTurns:
			if start := letters.Head(turn.Text, speakerWindow); introduces(start) {
				ms.gather(start, surnames)
			}
		}
	}
}

const (
	moderatorWindow = 4000 // bytes of a moderator's turn in which people are introduced
	speakerWindow   = 1500 // bytes of anybody else's

	introducingTurns = 10 // of a speaker, in which others are introduced
)

// introduces reports whether somebody is introduced in a text.
func introduces(text string) bool {
	return letters.ContainsAny(strings.ToLower(text), introducings...)
}

var introducings = lexicon.Phrases("introducing of others")

// gather adds the full names of text that end with one of the surnames.
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

const mostGivenNames = 3 // before a surname

// nameStart is where the name begins that ends with words[i].
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

// titlesBefore are the titles at the end of words.
func titlesBefore(words []names.Word) []string {
	var titles []string
	for i := len(words) - 1; i >= 0 && len(titles) < 6; i-- {
		w := words[i]
		if w.After != "" || !lexicon.GoesOnOffice(w.Text) {
			break
		}
		titles = append(titles, lexicon.Bare(w.Text))
	}
	return titles
}

// agree reports whether two rows of titles can belong to one person: Mr. and
// Mrs. cannot.
func agree(a, b []string) bool {
	return !(letters.HasWord(a, lexicon.TitlesOfWomen) && letters.HasWord(b, lexicon.TitlesOfMen) || letters.HasWord(a, lexicon.TitlesOfMen) && letters.HasWord(b, lexicon.TitlesOfWomen))
}

// surnamesOf are the surnames that the labels of the turns hold.
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
