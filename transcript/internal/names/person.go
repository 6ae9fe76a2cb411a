package names

import (
	"strings"

	"github.com/pullquote/pullquote/transcript/internal/letters"
)

// Person is what is known of a person. An introduction gives it: "Jane Roe,
// Harbour Radio", "My name is Jane Roe, I'm with the Ferry Times", "This is Jane Roe
// from ...".
type Person struct{ Name, Affiliation string }

// ReadPerson reads "Jane Roe, Harbour Master" and "Ambassador Jane Roe".
func ReadPerson(text string) (name, office string, ok bool) {
	r := NewReader(letters.Head(text, 120))
	titled := r.TakeTitles() && r.Last().After == ""
	name, ok = r.FullName()
	if !ok || !strings.HasPrefix(r.Last().After, ",") && !(titled && (r.Done() || r.Last().After != "")) {
		return "", "", false
	}
	return TitleCaseCaps(name), r.Peek(0).Folded, true
}
