// Package names reads names from prose and title blocks: of people, with their titles
// and offices, of organisations and places; and dates. It divides a text into words with
// the punctuation behind them, over which a Reader moves; each of its methods passes
// what has the form that it names, or stays where it is. Who of those named speaks is
// decided elsewhere.
package names

import (
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// FullNames lists the full names of people in a text, those that begin in capitals
// apart: in running text, they are rather the names of organisations.
func FullNames(text string) []string {
	var names []string
	r := NewReader(text)
	for !r.Done() {
		start := r.At
		if name, ok := r.FullName(); ok && !letters.IsAllCaps(strings.Fields(name)[0]) {
			names = append(names, name)
			continue
		}
		r.At = start + 1
	}
	return names
}

// FullName passes a person's name of at least two words.
func (r *Reader) FullName() (string, bool) {
	start := r.At
	if name, ok := r.Name(); ok && strings.Contains(name, " ") {
		return name, true
	}
	r.At = start
	return "", false
}

// Name passes a person's name: up to MaxNameWords words with capitals, particles between
// them included.
func (r *Reader) Name() (string, bool) {
	start := r.At
	for r.At-start < MaxNameWords && !r.Done() {
		w := r.Peek(0)
		if !r.isInName(start) {
			break
		}
		r.At++
		if w.After != "" {
			break
		}
	}
	for r.At > start && lexicon.Particles[r.Last().Folded] && !r.Last().Capital() {
		r.At--
	}
	if !isName(r.Words[start:r.At]) {
		r.At = start
		return "", false
	}
	return Join(r.Words[start:r.At]), true
}

// MaxNameWords is the number of words that a person's name has at most.
const MaxNameWords = 5

// isInName reports whether the next word may be part of the name that begins at start.
// An everyday word that is also a given name (Will, May) begins one only before another
// name, and not before a country: "Will Kenya sign?"
func (r *Reader) isInName(start int) bool {
	w, next := r.Peek(0), r.Peek(1)
	switch {
	case lexicon.IsNameWord(w.Text):
		return true
	case r.At > start:
		return lexicon.Particles[w.Folded] && w.After == "" || lexicon.FamilyNames[w.Folded] && w.Capital()
	}
	named := lexicon.IsNameWord(next.Text) || lexicon.FamilyNames[next.Folded]
	return lexicon.GivenNames[w.Folded] && w.Capital() && w.After == "" && named && !isRegion(next.Text)
}

// isName reports whether words with the form of names are one. It must not end in an
// initial or a particle, and words in capitals, which may be acronyms, are names only if
// the whole name is in capitals.
func isName(words []Word) bool {
	if len(words) == 0 || len(words) > MaxNameWords {
		return false
	}
	caps, initials := 0, 0
	for _, w := range words {
		switch {
		case lexicon.IsInitial(w.Text):
			initials++
		case letters.IsAllCaps(w.Text) && !strings.Contains(w.Text, "."):
			caps++
		}
	}
	last := words[len(words)-1]
	return (caps == 0 || caps+initials == len(words)) && !lexicon.IsInitial(last.Text) && !lexicon.Particles[last.Folded]
}

// TakeTitles passes titles and offices before a name: Mr., Deputy Assistant Secretary of
// State.
func (r *Reader) TakeTitles() bool {
	start := r.At
	for !r.Done() && (lexicon.IsTitle(r.Peek(0).Text) || r.At > start && lexicon.GoesOnOffice(r.Peek(0).Text)) {
		r.At++
		if r.Last().After != "" {
			break
		}
	}
	return r.At > start
}

var behindAuthor = lexicon.Phrases("words behind an author")

// EndsByline reports whether a byline may end, or go on with something else, behind the
// name that was just passed. Where it may not, the words were no name: By Harbour Weekly
// Staff.
func (r *Reader) EndsByline() bool {
	w := r.Peek(0)
	return r.Last().After != "" || r.Done() || w.Is(behindAuthor...) || isMonth(w.Text) ||
		strings.ContainsAny(w.Text[:1], "0123456789")
}
