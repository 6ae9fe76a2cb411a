package people

import (
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/internal/names"
)

// readOfficers gathers who is named with an office before the name: by "Remarks by President
// Roe", the President is Roe.
func (f *Front) readOfficers(text string) {
	r := names.NewReader(text)
	for !r.Done() {
		start := r.At
		if !r.TakeTitles() {
			r.At++
			continue
		}
		titles := r.Words[start:r.At]
		first := r.At
		name, ok := r.Name()
		if office := foldWords(titles); ok && !lexicon.Honorifics[office] && (naming{r.Words, first, r.At - 1}).isOfficer() {
			if !strings.Contains(name, " ") {
				name = names.TitleCase(names.Join(titles)) + " " + names.TitleCase(name)
			}
			f.officers[office] = append(f.officers[office], names.TitleCaseCaps(name))
		}
	}
}

// isOfficer reports whether what follows an office is the name of whoever holds it and takes
// part, and not the words of a title that go on behind the name: "President Roe Visiting
// Harbour School", "On President Roe".
func (n naming) isOfficer() bool {
	for _, w := range n.words[n.first+1 : n.last+1] {
		if strings.HasSuffix(w.Folded, "ing") || names.IsInstitution(w.Text) || eventWords[w.Folded] {
			return false
		}
	}
	return !n.isOfInstitution() && (!n.isMentioned() || n.isBilled())
}

// foldWords joins words in small letters, without their full stops.
func foldWords(words []names.Word) string {
	folded := make([]string, len(words))
	for i, w := range words {
		folded[i] = strings.TrimRight(w.Folded, ".")
	}
	return strings.Join(folded, " ")
}

// officer is the one person who is named with an office, in full where that is known; empty
// if nobody or several people are.
func (f *Front) officer(office string) string {
	best := ""
	for _, name := range f.officers[office] {
		switch {
		case best == "" || strings.HasSuffix(lexicon.Fold(name), " "+lexicon.Fold(letters.LastWord(best))) && lexicon.IsTitle(strings.Fields(best)[0]):
			best = name
		case lexicon.Fold(letters.LastWord(name)) != lexicon.Fold(letters.LastWord(best)):
			return ""
		}
	}
	return best
}
