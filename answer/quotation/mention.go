package quotation

import (
	"cmp"
	"slices"
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/retrieval"
)

// NamedAround are the people whom a text names around a quotation that it credits nobody with. A
// reader takes the words for theirs.
type NamedAround struct {
	Beside []string // in a place that says whose words they are: a bracket, a cell, a note
	Cited  []string // likewise, where it can be nothing but a person's name: (Roe 2026: 4)
	Likely []string // those beside it that look like a person's whole name
	Near   []string // in its sentence
	Around []string // in its paragraph

	NearText string // those places and the sentence, in which the speaker may be named in any form
	Text     string // of the paragraph
	Turns    bool   // another quotation comes before it in the paragraph, and its own sentence is about somebody else
}

// mentioned judges a quotation that the record has of a speaker, and the draft of nobody, by whom
// the draft names around it. Where the speaker is among them, it may say so in words that are not
// read, and nothing is objected to. Else it is another's where another's name stands in the place
// of a credit, and what is named in passing is noted.
func (t *Turns) mentioned(m *NamedAround, j Judgement) Judgement {
	if m == nil {
		return j
	}
	hit := t.turns[j.Matches[0].Hit].hit
	if hit.Speaker == "" || names(m.NearText, hit) || slices.ContainsFunc(slices.Concat(m.Beside, m.Near), func(name string) bool { return isOf(name, hit) }) {
		return j
	}
	there := names(m.Text, hit) || slices.ContainsFunc(m.Around, func(name string) bool { return isOf(name, hit) })
	beside := t.firstNamed(m.Beside)
	beside = cmp.Or(beside, first(m.Cited))
	switch {
	case beside != "" && !there:
		return Judgement{Status: StatusMisattributed, Matches: j.Matches, Note: namesAnother(beside, "beside", hit)}
	case beside != "":
		return j.noting(namesAnother(beside, "beside", hit))
	}
	near := t.firstNamed(m.Near)
	switch {
	case there && !m.Turns:
		return j
	case near == "" && !there:
		near = cmp.Or(t.firstNamed(m.Around), first(m.Likely))
	}
	if near == "" {
		return j
	}
	return j.noting(namesAnother(near, "near", hit))
}

// officeNote says whose words the record has, where a draft credits them to an office that the record
// does not know the speaker to have; empty where it does, or the draft credits none.
func officeNote(office string, h retrieval.Hit) string {
	if office == "" || h.Speaker == "" || names(office, h) {
		return ""
	}
	held := slices.Concat(lexicon.NameWords(string(h.Affiliation)), lexicon.ReadName(string(h.Label)).Titles, lexicon.ReadName(string(h.Speaker)).Titles)
	rank, _, _ := strings.Cut(strings.ToLower(office), " of ")
	if spoken := strings.Fields(rank); slices.Contains(held, spoken[len(spoken)-1]) {
		return ""
	}
	who := string(h.Speaker)
	if h.Affiliation != "" {
		who += ", " + string(h.Affiliation)
	}
	return "the draft credits " + strings.ToLower(office) + " with it; the record has these words of " + who
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

func namesAnother(name, where string, h retrieval.Hit) string {
	return "the draft names " + name + " " + where + " it; the record has these words of " + string(h.Speaker)
}

// noting is a judgement with one more note, if it is not empty.
func (j Judgement) noting(note string) Judgement {
	if j.Note != "" && note != "" {
		note += "; "
	}
	j.Note = note + j.Note
	return j
}

// firstNamed is the first of some names that has the family name of somebody who speaks in the
// record: whoever it is, a person. It is empty if none has.
func (t *Turns) firstNamed(claims []string) string {
	for _, claim := range claims {
		words := lexicon.ReadName(claim).Words
		for _, n := range t.names {
			if name := lexicon.ReadName(n.Name).Words; len(words) > 0 && len(name) > 0 && words[len(words)-1] == name[len(name)-1] {
				return claim
			}
		}
	}
	return ""
}

// isOf reports whether a name may be that of a turn's speaker, be it misspelt.
func isOf(name string, h retrieval.Hit) bool {
	if Agrees(lexicon.ReadName(name), h) {
		return true
	}
	_, _, near := Respelt(name, []retrieval.PrintedName{{Name: string(h.Speaker)}})
	return near
}

// names reports whether a text has the family name of a turn's speaker, or the office.
func names(text string, h retrieval.Hit) bool {
	speaker := lexicon.ReadName(string(h.Speaker))
	spoken := lexicon.NameWords(strings.Map(withoutMarks, text))
	if n := len(speaker.Words); n > 0 && slices.Contains(spoken, speaker.Words[n-1]) {
		return true
	}
	offices := slices.Concat(speaker.Titles, lexicon.ReadName(string(h.Label)).Titles)
	for _, word := range lexicon.NameWords(string(h.Affiliation)) {
		if lexicon.IsTitle(word) {
			offices = append(offices, word)
		}
	}
	return slices.ContainsFunc(offices, func(title string) bool {
		office := TitleInFull(title)
		return !courtesies[office] && !courtesies[title] && (slices.Contains(spoken, office) || slices.Contains(spoken, strings.TrimSuffix(title, ".")))
	})
}

// withoutMarks makes a space of what is no part of a name.
func withoutMarks(r rune) rune {
	if isWordRune(r) || strings.ContainsRune("'’-", r) {
		return r
	}
	return ' '
}

// courtesies are titles of anybody.
var courtesies = lexicon.Union(lexicon.Words("honorifics of family names"), lexicon.TitlesOfMen, lexicon.TitlesOfWomen)
