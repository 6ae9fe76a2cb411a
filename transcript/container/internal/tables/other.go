package tables

import "strings"

// otherData is what elements may be that have a text and are no speech.
type otherData int

const (
	nothingElse otherData = iota
	questions             // of a set on which search and answers are tested
	documents             // or samples: speech only if they say who speaks or when
)

// otherData tells by the names of the columns what elements may be.
func (cs *columns) otherData() otherData {
	switch {
	case cs.choose(asksScore) != nil:
		return questions
	case cs.choose(ownScore(documentNames)) != nil:
		return documents
	}
	return nothingElse
}

// ownScore accepts columns of the elements themselves that have one of these names.
func ownScore(names map[string]bool) func(*column) float64 {
	return func(c *column) float64 {
		if len(c.path) > 1 {
			return 0
		}
		return named(names)(c)
	}
}

// asksScore accepts columns of the elements themselves that hold questions of a set.
func asksScore(c *column) float64 {
	if c.numbers > 0 || c.average() < shortestQuestion {
		return 0
	}
	return ownScore(questionNames)(c)
}

const shortestQuestion = 3 // words, on average

// isClass reports whether a column of labels sorts samples into classes, and names nobody.
func (c *column) isClass() bool { return c != nil && c.key == "label" && 2*c.voices < c.n }

// mayBeDocument reports whether the words have a name that those of documents have, too, and stand
// beside what documents have.
func (s *speech) mayBeDocument() bool {
	return s.other == documents && (s.key() == "text" || s.key() == "sentence" || s.key() == "sentences")
}

// isText reports whether a file without a list of speech is known to have it all in one text: one
// with labels, or one whose name says so, that has most of the file's words and a sentence.
func (s *speech) isText() bool {
	switch {
	case s.words == nil || s.other == questions:
		return false
	case s.labelsInWords():
		return true
	case !strictNames[s.key()] || len(s.words) > shallow+1 || 2*s.share < 1 || s.mayBeDocument():
		return false
	}
	words := wordsOf(s.elements[0], s.words)
	return strings.ContainsAny(words, ".?!…。？！।؟") || len(strings.Fields(head(words, longestHead))) >= longSentence
}

const longSentence = 10 // words, from which on a text without a full stop is taken for a sentence
