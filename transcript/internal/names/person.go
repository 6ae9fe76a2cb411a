package names

import (
	"strings"

	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// Person is what a document says of a person: the name, and the organisation that the
// person belongs to, empty where it is not known.
type Person struct{ Name, Affiliation string }

// ReadPerson reads a line that presents a person: "Jane Roe, Harbour Master" or
// "Ambassador Jane Roe". The office is the first word behind the name's comma, in small
// letters.
func ReadPerson(text string) (name, office string, ok bool) {
	r := NewReader(letters.Head(text, longestPresented))
	titled := r.TakeTitles() && r.Last().After == ""
	name, ok = r.FullName()
	if !ok || IsInstitution(r.Last().Text) || !strings.HasPrefix(r.Last().After, ",") && !(titled && (r.Done() || r.Last().After != "")) {
		return "", "", false
	}
	return TitleCaseCaps(name), r.Peek(0).Folded, true
}

const longestPresented = 120 // bytes of a line in which a name and its office stand
