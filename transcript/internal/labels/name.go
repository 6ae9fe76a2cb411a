package labels

import (
	"slices"
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/internal/names"
)

// Name is the name in a label, taken apart.
type Name struct {
	Titles      []string // before the name, in small letters without a full stop; all of it where a label is an office
	Words       []string // the name itself, as printed
	Affiliation string   // behind a comma or dash, as printed
}

// ReadName takes the name in a label apart: CHAIR JANE ROE, HARBOUR RADIO. A label that is
// an office alone, MINISTER OF TIDES, has titles and no words.
func ReadName(text string) Name {
	var n Name
	text, after, comma := strings.Cut(WithoutNote(text), ",")
	if !comma {
		text, after, _ = cutDash(text)
	}
	words := strings.Fields(lexicon.PlainMarks(text))
	if len(words) > 1 && articles[names.TitleWord(words[0], false)] {
		words = words[1:]
	}
	for len(words) > 0 && !isInitials(text) && (lexicon.IsTitle(words[0]) || len(n.Titles) > 0 && lexicon.GoesOnOffice(words[0])) {
		n.Titles = append(n.Titles, lexicon.Bare(words[0]))
		words = words[1:]
	}
	if of := slices.Index(words, "of"); of > 0 && len(n.Titles) > 0 {
		words = words[:of] // Mr. Roe of Harbour
	}
	n.Words = words
	if len(n.Titles) > 0 && (lexicon.OfficeLinks[n.Titles[len(n.Titles)-1]] || hasOfficeLink(words)) {
		n.Titles, n.Words = strings.Fields(strings.ToLower(text)), nil // MINISTER OF TIDES
	}
	if after = lexicon.PlainMarks(after); len(text) >= shortestAffiliated && isAffiliation(after) {
		n.Affiliation = after
	}
	return n
}

// isInitials reports whether a label is two or three capitals and nothing else, which are
// rather somebody's initials than a title without a name: LT, DR.
func isInitials(text string) bool {
	return len(text) > 1 && len(text) < 4 && strings.Trim(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

const shortestAffiliated = 5 // bytes of a name; what follows shorter ones is rather a second speaker: JR, JP

// isAffiliation reports whether what follows a name is whom the person belongs to, rather
// than a title or a suffix of the name: ROE, Jr.
func isAffiliation(after string) bool {
	first, _, _ := strings.Cut(after, " ")
	return after != "" && !lexicon.IsTitle(first) && !letters.IsRoman(after) && !nameSuffixes[lexicon.Bare(after)]
}

// IsName reports whether the words have the form of a person's name.
func (n Name) IsName() bool { return lexicon.AreNameWords(n.Words) }

// Titled reports whether a title stands before a name: MR. ROE.
func (n Name) Titled() bool { return len(n.Titles) > 0 && len(n.Words) > 0 }

// Full reports whether there is a given name before the surname.
func (n Name) Full() bool {
	for _, w := range n.Words[:max(0, len(n.Words)-1)] {
		if !lexicon.IsInitial(w) && !lexicon.Particles[lexicon.Bare(w)] {
			return true
		}
	}
	return false
}

// Surname is the last of the words, folded; empty if there is none.
func (n Name) Surname() string {
	if len(n.Words) == 0 {
		return ""
	}
	return lexicon.Fold(n.Words[len(n.Words)-1])
}

// hasOfficeLink reports whether a link such as "of" stands among words, as in an office and
// in no name.
func hasOfficeLink(words []string) bool {
	for _, w := range words {
		if lexicon.OfficeLinks[lexicon.Bare(w)] {
			return true
		}
	}
	return false
}

// cutDash divides a text at a dash between blanks.
func cutDash(text string) (before, after string, found bool) {
	for _, dash := range []string{" – ", " — ", " - "} {
		if before, after, found = strings.Cut(text, dash); found {
			return before, after, true
		}
	}
	return text, "", false
}

var nameSuffixes = lexicon.Words("suffixes of names")
