package labels

import (
	"slices"
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/internal/names"
)

// Name is the name in a label, taken apart: CHAIR JANE ROE, HARBOUR RADIO.
type Name struct {
	Titles      []string
	Name        []string
	Affiliation string
}

func ReadName(text string) Name {
	var l Name
	text, after, comma := strings.Cut(WithoutNote(text), ",")
	if !comma {
		text, after, _ = cutDashes(text)
	}
	words := strings.Fields(lexicon.PlainMarks(text))
	if len(words) > 1 && articles[names.TitleWord(words[0], false)] {
		words = words[1:]
	}
	for len(words) > 0 && (lexicon.IsTitle(words[0]) || len(l.Titles) > 0 && lexicon.GoesOnOffice(words[0])) {
		l.Titles = append(l.Titles, lexicon.Bare(words[0]))
		words = words[1:]
	}
	if of := slices.Index(words, "of"); of > 0 && len(l.Titles) > 0 {
		words = words[:of] // Mr. Roe of Harbour
	}
	l.Name = words
	if len(l.Titles) > 0 && (lexicon.OfficeLinks[l.Titles[len(l.Titles)-1]] || linksWords(words)) {
		l.Titles, l.Name = strings.Fields(strings.ToLower(text)), nil // MINISTER OF TIDES
	}
	after = lexicon.PlainMarks(after)
	if first, _, _ := strings.Cut(after, " "); after != "" && len(text) > 4 && !lexicon.IsTitle(first) && !letters.IsRoman(after) && !nameSuffixes[lexicon.Bare(after)] {
		l.Affiliation = after
	}
	return l
}

// Full reports whether the label has more than a surname.
func (l Name) Full() bool {
	for _, w := range l.Name[:max(0, len(l.Name)-1)] {
		if !lexicon.IsInitial(w) && !lexicon.Particles[lexicon.Bare(w)] {
			return true
		}
	}
	return false
}

// Surname is the last word, folded; empty if the label names nobody.
func (l Name) Surname() string {
	if len(l.Name) == 0 {
		return ""
	}
	return lexicon.Fold(l.Name[len(l.Name)-1])
}

// linksWords reports whether a link such as "of" stands among words, as in an
// office and in no name.
func linksWords(words []string) bool {
	for _, w := range words {
		if lexicon.OfficeLinks[lexicon.Bare(w)] {
			return true
		}
	}
	return false
}

// cutDashes divides a text at a dash between blanks.
func cutDashes(text string) (before, after string, found bool) {
	for _, dash := range []string{" – ", " — ", " - "} {
		if before, after, found = strings.Cut(text, dash); found {
			return before, after, true
		}
	}
	return text, "", false
}

var nameSuffixes = lexicon.Words("suffixes of names")
