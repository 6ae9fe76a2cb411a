package people

import (
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/internal/names"
)

// naming is a full name among the words of a text. That it is the name of somebody who takes
// part, only the words around it show: others are spoken of by their full names, too, and
// may have a speaker's surname.
type naming struct {
	words       []names.Word
	first, last int // of the name
}

// surname is the last word of the name, folded.
func (n naming) surname() string { return lexicon.Fold(n.words[n.last].Text) }

const (
	evidenceWords = 40 // before a name, in which its sentence says that the person takes part
	phraseGap     = 4  // words between a phrase that introduces and the name, at most
)

// before are the words of the sentence before the name, its titles apart.
func (n naming) before() []names.Word {
	end := n.first
	for end > 0 && n.words[end-1].After == "" && lexicon.GoesOnOffice(n.words[end-1].Text) && !lexicon.OfficeLinks[n.words[end-1].Folded] {
		end--
	}
	start := end
	for start > 0 && end-start < evidenceWords && !n.words[start-1].EndsSentence() {
		start--
	}
	return n.words[start:end]
}

// isIntroduced reports whether the person is introduced: "Joining us are Jane Roe of Harbour
// Radio and John Poe", "Jane Roe is our moderator".
func (n naming) isIntroduced() bool {
	return n.isBehind(introducings) || n.isBefore(behindIntroduced) && !n.isMentioned()
}

// isMentioned reports whether the word before the name shows that the person is spoken of.
func (n naming) isMentioned() bool {
	before := n.before()
	return len(before) > 0 && mentionings[before[len(before)-1].Folded]
}

// isBehind reports whether one of the phrases leads up to the name.
func (n naming) isBehind(phrases []string) bool {
	before := n.before()
	for i := range before {
		r := names.Reader{Words: before, At: i}
		if r.TakeAny(phrases...) && leadsTo(before[r.At:]) {
			return true
		}
	}
	return false
}

// leadsTo reports whether the words between a phrase and a name are no more than what the
// person is, or go on with a list of people. Whoever is mentioned in a list, "whose father,
// Karl Poe," is not of it.
func leadsTo(gap []names.Word) bool {
	if len(gap) == 0 {
		return true
	}
	last := gap[len(gap)-1]
	if last.Comma() || last.After == "(" || last.Is("and") {
		return len(gap) < 2 || !letters.HasWord(foldedOf(gap[max(0, len(gap)-3):]), owners)
	}
	return len(gap) <= phraseGap && !letters.HasWord(foldedOf(gap), mentionings)
}

// isBefore reports whether one of the phrases follows the name, or what the person is: "Jane
// Roe, your harbour master, is here", "Jane Roe of Harbour Radio is our moderator".
func (n naming) isBefore(phrases []string) bool {
	r := names.Reader{Words: n.words, At: n.last + 1}
	if r.TakeAny(phrases...) {
		return true
	}
	comma := n.words[n.last].Comma()
	if !comma && !r.Peek(0).Is("of", "from", "with", "at") {
		return false
	}
	for i := 0; i < appositionWords && !r.Done(); i++ {
		if r.At++; r.Last().EndsSentence() {
			return false
		}
		if (!comma || r.Last().Comma()) && r.TakeAny(phrases...) {
			return true
		}
	}
	return false
}

const appositionWords = 6 // that say what a person is, at most

// isAddressed reports whether the person is spoken to by name: "Thank you, Jane Roe.", "Jane
// Roe, what do you see?"
func (n naming) isAddressed() bool {
	before, behind := n.before(), n.words[n.last]
	if len(before) > 0 && !before[len(before)-1].Comma() || !behind.Comma() && !behind.EndsSentence() {
		return false
	}
	if behind.EndsSentence() {
		return letters.HasWord(foldedOf(before), addressing)
	}
	after := n.words[n.last+1 : min(len(n.words), n.last+1+phraseGap)]
	for i, w := range after {
		if w.EndsSentence() {
			after = after[:i+1]
			break
		}
	}
	return letters.HasWord(foldedOf(after), addressing) && !letters.HasWord(foldedOf(after), remindings)
}

// isSubject reports whether the sentence tells of the person, and not of their end: "Jane Roe
// came to the harbour in 1999."
func (n naming) isSubject() bool {
	if len(n.before()) > 0 {
		return false
	}
	for _, w := range n.words[n.last:min(len(n.words), n.last+evidenceWords)] {
		if endings[w.Folded] {
			return false
		}
		if w.EndsSentence() {
			break
		}
	}
	return true
}

// isBilled reports whether a line of a title block names the person as one who takes part: by
// itself, behind the word for the event, or with an honorific, as in "Interview with Jane
// Roe", "Statement of Jane Roe", "Hon. Jane Roe presiding". A title also says what the event
// is about: "Inquiry into the Death of Karl Poe".
func (n naming) isBilled() bool {
	before := n.before()
	last := names.Word{}
	if len(before) > 0 {
		last = before[len(before)-1]
	}
	switch {
	case n.isOfInstitution(), n.isMaker():
		return false
	case n.isIntroduced(), n.isBehind(billings):
		return true
	case last.Is("of") && len(before) > 1:
		return hasEventWord(before[len(before)-2].Text)
	case n.isMentioned():
		return false
	case strings.ContainsAny(last.After, ":–—-"):
		return hasEventWord(names.Join(before)) && n.isClosed()
	case len(before) == 0:
		return n.isSubject() && (n.isClosed() || n.isBefore(behindBilled))
	}
	return n.first > 0 && honorable[lexicon.Bare(n.words[n.first-1].Text)]
}

// billed is isBilled for the names of one line, in order: behind the first that is billed a
// list may go on with others. "Panel: Jane Roe, pilot; Karl Roe, crane driver".
func billed() func(naming) bool {
	begun := false
	return func(n naming) bool {
		begun = n.isBilled() || begun && n.goesOnList() && !n.isMentioned() && !n.isOfInstitution() && !n.isMaker()
		return begun
	}
}

// goesOnList reports whether a comma, a semicolon or "and" stands before the name.
func (n naming) goesOnList() bool {
	if n.first == 0 {
		return false
	}
	last := n.words[n.first-1]
	return last.Is("and") || strings.ContainsAny(last.After, ",;")
}

// isMaker reports whether the line says that the person made the text or a part of it, and not
// that they speak in it: "edited by Jane Roe", "Photographs: Karl Poe".
func (n naming) isMaker() bool {
	before := n.before()
	for i, w := range before {
		if !makings[w.Folded] {
			continue
		}
		r := names.Reader{Words: before, At: i + 1}
		r.Take("by")
		if r.Done() || r.At > i+1 && leadsTo(before[r.At:]) && before[len(before)-1].Is("and") {
			return true
		}
	}
	return false
}

// isOfInstitution reports whether the name is a part of an institution's or a place's: the
// Jane Roe School.
func (n naming) isOfInstitution() bool {
	next := names.Reader{Words: n.words, At: n.last + 1}
	return n.words[n.last].After == "" && names.IsInstitution(next.Peek(0).Text)
}

// isClosed reports whether punctuation other than a colon, or the end of the line, stands
// behind the name.
func (n naming) isClosed() bool {
	after := n.words[n.last].After
	return n.last+1 == len(n.words) || after != "" && !strings.Contains(after, ":")
}

// foldedOf are words in small letters.
func foldedOf(words []names.Word) []string {
	folded := make([]string, len(words))
	for i, w := range words {
		folded[i] = w.Folded
	}
	return folded
}

var (
	introducings     = lexicon.Phrases("introducing of others")
	behindIntroduced = lexicon.Phrases("words behind somebody introduced")
	billings         = lexicon.Phrases("words before people in titles")
	behindBilled     = lexicon.Phrases("words behind people in titles")
	mentionings      = lexicon.Words("words before somebody mentioned")
	remindings       = lexicon.Words("verbs of reminding")
	endings          = lexicon.Words("verbs of dying")
	owners           = lexicon.Words("owners")
	makings          = lexicon.Words("words before makers of texts")
	honorable        = lexicon.Words("honorifics of those who preside")
	addressing       = lexicon.Union(lexicon.Words("second person"), lexicon.Words("words of address"))
)
