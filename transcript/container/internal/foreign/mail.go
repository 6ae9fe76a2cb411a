package foreign

import (
	"strings"
	"unicode"

	"github.com/pullquote/pullquote/transcript/container/internal/text"
)

const mailBytes = 16 << 10 // at the start of a file, among which the header of an e-mail is looked for

// Fields of a header that mail servers and programs write, and those that people know.
// Nobody prints the former, so that a printed e-mail is none.
var (
	serverFields = text.WordSet("message-id mime-version received return-path delivered-to dkim-signature x-received")
	peopleFields = text.WordSet("from to subject date sender")
)

// isMail reports whether a file begins with the header of an e-mail, or of a mailbox: one
// that a server wrote as well as one that people know.
func isMail(start string) bool {
	start = text.UnifyLines(start)
	if strings.HasPrefix(start, "From ") { // the separator of a mailbox
		_, start, _ = strings.Cut(start, "\n")
	}
	servers, people := 0, 0
	for line := range strings.SplitSeq(start, "\n") {
		if line == "" {
			break
		}
		if unicode.IsSpace(rune(line[0])) { // goes on with the field above
			continue
		}
		name, _, isField := strings.Cut(line, ":")
		if !isField || strings.ContainsAny(name, " \t") {
			return false
		}
		switch name = strings.ToLower(name); {
		case serverFields[name]:
			servers++
		case peopleFields[name]:
			people++
		}
	}
	return servers > 0 && people > 0
}
