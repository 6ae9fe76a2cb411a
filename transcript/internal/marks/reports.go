package marks

import (
	"slices"
	"strings"

	"github.com/pullquote/pullquote/internal/lexicon"
	"github.com/pullquote/pullquote/transcript/internal/letters"
	"github.com/pullquote/pullquote/transcript/internal/names"
)

const (
	longestReport = 400 // bytes of a paragraph in which a clerk tells what happened
	reportVerb    = 8   // words behind its subject among which the verb of a report stands
)

// Words of reports, and those that only speakers use.
var (
	reportVerbs    = lexicon.Words("verbs of minutes")
	reportOfficers = lexicon.Words("officers of minutes")
	spokenWords    = lexicon.Union(lexicon.Words("first person singular"), lexicon.Words("first person plural"), lexicon.Words("second person"))
)

// reports reports whether a paragraph is a clerk's, who tells in the third person what somebody
// did; bearers are the labels of the document: "The clerk noted that ...", "Mr. Roe took the floor", "Seconded by Cllr Poe."
func reports(text string, bearers []string) bool {
	if len(text) > longestReport || letters.HasWord(letters.LowerWords(text), spokenWords) {
		return false
	}
	r := names.NewReader(text)
	switch {
	case reportVerbs[r.Peek(0).Folded] && r.Peek(1).Is("by"):
		return true
	case r.Take("the") && reportOfficers[r.Peek(0).Folded]:
		r.At++
	case r.TakeTitles() && !r.Done() && r.Peek(0).Capital():
		r.At++
	case slices.ContainsFunc(bearers, func(b string) bool { return strings.HasPrefix(text, b+" ") }):
	default:
		return false
	}
	for i := range reportVerb {
		if reportVerbs[r.Peek(i).Folded] {
			return true
		}
		if r.Peek(i).EndsSentence() {
			return false
		}
	}
	return false
}
